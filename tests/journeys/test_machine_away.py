"""The network between gateway and machine goes away in the middle of a launch: it waits in sight, happens once."""

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

import pytest
from playwright.sync_api import Browser

from strate.kernels.geometry import samples
from tests.journeys.conftest import ROOT, start_site, stop_site
from tests.journeys.tablet import LARGE, Tablet
from tests.peers.network import BadNetwork

pytestmark = pytest.mark.journey


@dataclass
class Away:
    """A site whose build stands before its launch, and the network to its machine."""

    address: str
    home: Path
    network: BadNetwork


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Away]:
    home = tmp_path_factory.mktemp("away")
    process, address = start_site(home, "--scale", "400")
    stl = home / "cale.stl"
    stl.write_bytes(samples.bracket(height_mm=18.0, thickness_mm=5.0, hole_mm=4.0))
    env = {
        **os.environ,
        "STRATE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "strate.web.settings",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.ready", str(stl)], env=env, cwd=ROOT, check=True, timeout=120
    )
    network = _between(home)
    yield Away(address, home, network)
    network.close()
    stop_site(process)


def _between(home: Path) -> BadNetwork:
    """Puts a network we can cut between the gateway and the machine, then lets the gateway start again."""
    config = home / "gateway.json"
    told = json.loads(config.read_text())
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        [[endpoint]] = database.execute("SELECT endpoint FROM strate_machine WHERE code = 'LPBF-1'")
    network = BadNetwork(int(endpoint.rstrip("/").rpartition(":")[2]))
    machine = {"code": "LPBF-1", "driver": "opcua", "endpoint": network.endpoint, "mapping": "strate-lpbf"}
    config.write_text(json.dumps({**told, "machines": [machine], "patience_s": 6.0}))
    for pid in _running(str(config)):
        os.kill(pid, signal.SIGTERM)
    return network


@contextmanager
def _frozen(home: Path) -> Iterator[None]:
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


def _until(holds: Callable[[], bool], what: str | Callable[[], str], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(0.5)


def _told(home: Path, verb: str) -> list[str]:
    """What became of the orders of this kind, straight from the database."""
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        return [
            row[0]
            for row in database.execute("SELECT state FROM strate_machinecommand WHERE verb = ?", [verb])
        ]


def test_a_launch_cut_from_its_machine_waits_in_sight_and_happens_once(
    away: Away, browser: Browser, shots: Path
) -> None:
    context = browser.new_context(
        locale="fr-FR", timezone_id="Europe/Paris", viewport=LARGE, base_url=away.address
    )  # type: ignore[arg-type]
    tablet = Tablet(context.new_page(), shots / "machine-loin")
    tablet.watch()
    tablet.sign_in("amina")
    page = tablet.page

    _until(lambda: _gate_open(tablet), "the gate never opened")
    tablet.type("pin", "271828")
    # The gateway holds its breath while the order is written, then finds the machine out of reach.
    with _frozen(away.home):
        tablet.action()
        away.network.go_down()
    assert not page.locator("[data-refusal]").count(), page.inner_text("main")
    page.wait_for_url("**/suivi/")
    tablet.sees("n’a pas encore répondu au lancement", "exécuté une fois au plus")
    _until(lambda: _silent(tablet), "the screen never said that the machine is silent", 90)
    tablet.go("/fabrications/F-0001/suivi/")
    tablet.sees("muette", "exécuté une fois au plus")
    tablet.shot("lancement-en-attente")
    assert _told(away.home, "start") == ["waiting"]
    tablet.go("/machines/LPBF-1/")
    tablet.shot("machine-muette")
    assert page.locator(".no-data, [class*='hatch'], .is-unknown").count() >= 1, page.inner_text("main")
    away.network.come_up()
    _until(
        lambda: _told(away.home, "start") == ["done"],
        lambda: f"the launch: {_results(away.home)} {_log(away.home)}",
        90,
    )
    _until(lambda: not _silent(tablet), "the machine is never heard again", 60)
    tablet.go("/fabrications/F-0001/suivi/")
    tablet.shot("lancement-fait")
    assert _told(away.home, "start") == ["done"]
    assert tablet.errors == []
    context.close()


def _results(home: Path) -> list[Any]:
    with sqlite3.connect(f"file:{home / 'strate.sqlite3'}?mode=ro", uri=True) as database:
        return list(
            database.execute("SELECT verb, state, result, ordered_at, answered_at FROM strate_machinecommand")
        )


def _log(home: Path) -> str:
    """What the gateway last said, for whoever looks for the reason."""
    return (home / "logs" / "gateway.log").read_text(errors="replace")[-3000:]


def _gate_open(tablet: Tablet) -> bool:
    tablet.go("/fabrications/F-0001/lancer/")
    return tablet.page.locator(".refusal").count() == 0


def _silent(tablet: Tablet) -> bool:
    tablet.go("/machines/LPBF-1/signaux/")
    return tablet.page.locator("main .no-data").count() > 0
