"""A site whose build stands before its launch, and the network to its machine, which can be cut."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from strate.kernels.geometry import samples
from tests.journeys.conftest import ROOT, start_site, stop_site
from tests.journeys.hands import LONGEST_S
from tests.journeys.tablet import Tablet
from tests.peers.network import BadNetwork


@dataclass
class Away:
    """A site whose build stands before its launch, and the network to its machine."""

    address: str
    home: Path
    network: BadNetwork


@contextmanager
def before_the_launch(home: Path, *, patience_s: float) -> Iterator[Away]:
    """The gateway keeps an order this long for a machine out of reach, or cut off in the middle."""
    process, address = start_site(home, "--scale", "400")
    _make_ready(home)
    network = _between(home, patience_s)
    yield Away(address, home, network)
    network.close()
    stop_site(process)


def _make_ready(home: Path) -> None:
    stl = home / "cale.stl"
    stl.write_bytes(samples.bracket(height_mm=18.0, thickness_mm=5.0, hole_mm=4.0))
    env = {
        **os.environ,
        "STRATE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "strate.web.settings",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    subprocess.run([sys.executable, "-m", "tests.journeys.ready", str(stl)], env=env, cwd=ROOT, check=True)


def _between(home: Path, patience_s: float) -> BadNetwork:
    """Puts a network we can cut between the gateway and the machine, then lets the gateway start again."""
    config = home / "gateway.json"
    settings = json.loads(config.read_text())
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        [[endpoint]] = database.execute("SELECT endpoint FROM strate_machine WHERE code = 'LPBF-1'")
    network = BadNetwork(int(endpoint.rstrip("/").rpartition(":")[2]))
    machine = {"code": "LPBF-1", "driver": "opcua", "endpoint": network.endpoint, "mapping": "strate-lpbf"}
    config.write_text(json.dumps({**settings, "machines": [machine], "patience_s": patience_s}))
    for pid in _running(str(config)):
        os.kill(pid, signal.SIGTERM)
    return network


@contextmanager
def frozen(home: Path) -> Iterator[None]:
    pids = _running(str(home / "gateway.json"))
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _running(words: str) -> list[int]:
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            command = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if words in command and "strate.gateway" in command:
            found.append(int(each.name))
    return found


def until(holds: Callable[[], bool], what: str | Callable[[], str], seconds: float = LONGEST_S) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(0.5)


def told(home: Path, verb: str) -> list[str]:
    """What became of the orders of this kind, straight from the database."""
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        return [
            row[0]
            for row in database.execute("SELECT state FROM strate_machinecommand WHERE verb = ?", [verb])
        ]


def results(home: Path) -> list[Any]:
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        return list(
            database.execute("SELECT verb, state, result, ordered_at, answered_at FROM strate_machinecommand")
        )


def log(home: Path) -> str:
    """What the gateway last said, for whoever looks for the reason."""
    return (home / "logs" / "gateway.log").read_text(errors="replace")[-3000:]


def gate_open(tablet: Tablet) -> bool:
    tablet.go("/fabrications/F-0001/lancer/")
    return tablet.page.locator(".refusal").count() == 0


def silent(tablet: Tablet) -> bool:
    tablet.go("/machines/LPBF-1/signaux/")
    return tablet.page.locator("main .no-data").count() > 0
