"""Starting and ending the real processes: the printer and the gateway."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import strate
from strate.web.preflight import free_port
from tests.peers.product import Product

SOURCE = str(Path(strate.__file__).parent.parent)
STARTS_WITHIN_S = 180.0
# How long a test waits for what it means: it costs nothing when all is well, and a busy computer is no defect.
PATIENCE_S = 120.0


class Process:
    """A child process that said in JSON that it is ready."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.start()

    def start(self) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", *self.arguments],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": SOURCE},
            text=True,
        )
        self.ready = self._first_line()

    def _first_line(self) -> dict[str, Any]:
        waiting = selectors.DefaultSelector()
        waiting.register(self.child.stdout, selectors.EVENT_READ)
        if not waiting.select(STARTS_WITHIN_S):
            self.kill()
            raise TimeoutError(f"{self.arguments[0]} did not say it was ready")
        line = self.child.stdout.readline()
        told = json.loads(line or '{"ready": false, "error": "ended without a word"}')
        if not told["ready"]:
            raise RuntimeError(told["error"])
        return told

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()

    def stop(self) -> None:
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self.child.stdout.close()

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        return str(self.ready["endpoint"])

    @property
    def port(self) -> int:
        return int(self.endpoint.rsplit(":", 1)[1].strip("/"))


def start_printer(*more: str, state_file: Path, scale: float = 400, seed: int = 7) -> Process:
    return Process(
        "strate.simulators.lpbf",
        "--port",
        str(free_port()),
        "--name",
        "M1",
        "--scale",
        str(scale),
        "--seed",
        str(seed),
        "--state-file",
        str(state_file),
        *more,
    )


def start_gateway(folder: Path, product: Product, endpoint: str, **more: Any) -> Process:
    """A line is taken for dead after a minute, unless the test is about that: processes may stand still a while."""
    machine = {
        "code": "M1",
        "driver": "opcua",
        "endpoint": endpoint,
        "mapping": "strate-lpbf",
        "stale_seconds": 60.0,
        **more,
    }
    config = folder / "gateway.json"
    config.write_text(
        json.dumps(
            {
                "url": product.url,
                "token": product.token,
                "spool": "spool.sqlite3",
                "heartbeat_s": 1.0,
                "poll_s": 0.2,
                "patience_s": PATIENCE_S,
                "machines": [machine],
            }
        )
    )
    return Process("strate.gateway", "--config", str(config))


def eventually(true: Any, *, within_s: float = PATIENCE_S, what: str = "") -> Any:
    """Wait until it is so, and give back what was found."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {within_s} s: {what or true}")
