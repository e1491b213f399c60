"""A real site, a real browser: what the journeys stand on."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import templates
from tests.journeys import efforts
from tests.journeys.tablet import LARGE, PATIENCE_S, Tablet
from tests.peers.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
# Debian's browser; the flags keep it from looking for its maker's servers.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
]
READY_WITHIN_S = 300.0
STOPS_AT_LAYER = 40
expect.set_options(timeout=1000 * PATIENCE_S)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each gesture of the main job costs a hand, at the end of the tests."""
    for report in terminalreporter.getreports("passed"):
        for line in dict(report.user_properties).get(efforts.TOLD, ()):
            terminalreporter.write_line(line)


def start_site(
    home: Path, *options: str, demo: bool = True, first: bool = False
) -> tuple[subprocess.Popen[str], str]:
    """`strate run` as a user would start it, for the `first` time or not; the process and the address it prints."""
    if not first and not (home / "strate.sqlite3").exists():
        templates.lay("shop" if demo else "empty", home)
    env = {**os.environ, "STRATE_HOME": str(home), "STRATE_PORT": str(free_port()), "LANG": "fr_FR.UTF-8"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    env.pop("STRATE_DATABASE_URL", None)
    env["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, "-m", "strate.cli", "run", *(["--demo"] if demo else []), *options]
    process = subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said: list[str] = []
    deadline = time.monotonic() + READY_WITHIN_S
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://localhost:\d+", line):
            # What it says later is read too: a full pipe would hold it up.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return process, found.group(0)
        if time.monotonic() > deadline:
            break
    process.kill()
    raise AssertionError("the site did not start:\n" + "".join(said))


def stop_site(process: subprocess.Popen[str]) -> None:
    """Ctrl-C."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo site whose printer stops once on the way."""
    home = tmp_path_factory.mktemp("site")
    process, address = start_site(home, "--scale", "400", "--stop-at", str(STOPS_AT_LAYER))
    yield address
    stop_site(process)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[list[str]], Browser]]:
    """Starts Debian's Chromium with some flags; one Playwright drives every browser of the run."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: make test installs it"
    with sync_playwright() as playwright:
        yield lambda flags: playwright.chromium.launch(
            executable_path=path, args=flags, env={**os.environ, "LANGUAGE": "fr"}
        )


@pytest.fixture(scope="session")
def browser(launch: Callable[[list[str]], Browser]) -> Iterator[Browser]:
    """The browser of a tablet: flat drawings only, as most journeys need."""
    opened = launch(FLAGS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the screenshots of the journeys are kept (git ignores them)."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture()
def tablet(browser: Browser, site: str, shots: Path) -> Iterator[Tablet]:
    """A ten-inch tablet on the wall of the hall, in French."""
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        has_touch=True,
        viewport=LARGE,
        base_url=site,
        accept_downloads=True,
    )
    held = Tablet(context.new_page(), shots)
    held.watch()
    yield held
    context.close()
    assert held.errors == []
