"""Which processes the house is made of, and what each is told when it starts."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from strate.web.supervisor import Child, Supervisor, web_command

LOCAL_GATEWAY = "Passerelle locale"


def start_web(supervisor: Supervisor, address: str, port: int, workers: int = 2) -> Child:
    """The pages and the API."""
    return supervisor.add("web", web_command(address, port, workers))


def start_worker(supervisor: Supervisor) -> Child:
    """What the server does later: sealed dossiers, notices, clean-ups."""
    return supervisor.add("worker", [sys.executable, "-m", "strate.cli", "worker"])


def start_simulator(
    supervisor: Supervisor, home: Path, *, name: str, port: int, scale: float, inject: Sequence[str] = ()
) -> Child:
    """A stand-in printer, a process of its own that speaks real OPC UA: the product knows only its address."""
    command = [
        sys.executable,
        "-m",
        "strate.simulators.lpbf",
        "--port",
        str(port),
        "--name",
        name,
        "--scale",
        str(scale),
        "--state-file",
        str(home / f"simulator-{name}.json"),
        "--start-off",
    ]
    for each in inject:
        command += ["--inject", each]
    return supervisor.add(f"simulator-{name}", command)


def start_gateway(supervisor: Supervisor, home: Path, url: str) -> Child:
    """The gateway follows every connected machine; its notebook survives it."""
    path = home / "gateway.json"
    path.write_text(json.dumps(gateway_config(home, url), indent=1))
    return supervisor.add("gateway", [sys.executable, "-m", "strate.gateway", "--config", str(path)])


def gateway_config(home: Path, url: str) -> dict[str, Any]:
    """What the gateway is told: where the house is, with which token; which machines to follow it asks the house."""
    return {
        "url": url,
        "token_file": str(gateway_token(home)),
        "spool": str(home / "gateway.spool"),
        "heartbeat_s": 2.0,
        "poll_s": 0.5,
    }


def gateway_token(home: Path) -> Path:
    """The secret of this machine's own gateway, made once; one whose secret is lost here opens nothing any more."""
    from strate.workshop.journal.actor import SYSTEM
    from strate.workshop.people import actions as people
    from strate.workshop.people import queries

    path = home / "keys" / "gateway.token"
    if not path.exists():
        for lost in queries.gateway_tokens():
            if lost.title == LOCAL_GATEWAY and not lost.revoked:
                people.revoke_token(
                    by=SYSTEM, token=lost.digest, reason="Secret perdu, remplacé au démarrage"
                )
        secret = people.create_token(by=SYSTEM, title=LOCAL_GATEWAY, purpose="gateway")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)
    return path
