"""A real site for tests and benchmarks: the demo shop in a folder of its own, behind the real web server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

import strate
from tests import templates
from tests.peers.processes import PATIENCE_S, STARTS_WITHIN_S, free_port

SOURCE = str(Path(strate.__file__).parent.parent)
ROOT = str(Path(SOURCE).parent)
SETTINGS = "strate.web.settings"


def environment(home: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """What the processes of this site are told; nothing of the tests' own settings."""
    mine = {
        "STRATE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "STRATE_LOG": "WARNING",
        "PYTHONHASHSEED": "0",
    }
    return {
        **os.environ,
        **mine,
        "STRATE_DATABASE_URL": database_url,
        "PYTHONPATH": f"{SOURCE}:{ROOT}",
        **more,
    }


def furnish(home: Path, database_url: str = "") -> dict[str, str]:
    """Make the demo shop in this folder; returns the tokens of its people by key."""
    if templates.FOLDER in os.environ and not database_url:
        templates.lay("tokens", home)
        return tokens_of(home)
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.peers.furnish"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(home, database_url), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return tokens_of(home)


def tokens_of(home: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((home / "tokens.json").read_text())
    return found


class Shop:
    """The web server of a site (granian, as `strate run` starts it) and the ways to talk to it."""

    def __init__(self, home: Path, database_url: str = "", workers: int = 2) -> None:
        self.home, self.database_url, self.workers = home, database_url, workers
        self.tokens = tokens_of(home)
        self.port = free_port()
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Shop:
        from strate.web.supervisor import web_command

        self.log = (self.home / "web.log").open("ab")
        self.child = subprocess.Popen(
            web_command("127.0.0.1", self.port, self.workers),
            env=environment(self.home, self.database_url),
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._wait()
        return self

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/sante/", timeout=5).status_code in (200, 503):
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        self.stop()
        raise TimeoutError(f"the web server did not answer: {(self.home / 'web.log').read_text()[-2000:]}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.child is not None and self.child.poll() is None:
            os.killpg(self.child.pid, number)
            try:
                self.child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                os.killpg(self.child.pid, signal.SIGKILL)
                self.child.wait()
        self.log.close()

    def __enter__(self) -> Shop:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def cpu_seconds(self) -> float:
        """The processor time its processes have used: tells more than the clock on a busy machine."""
        assert self.child is not None
        # Of the numbers after the name, utime and stime are the 12th and 13th.
        ticks = sum(int(each[11]) + int(each[12]) for each in self._processes())
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> list[float]:
        """What each process that answers holds in memory."""
        assert self.child is not None
        pages = [int(each[21]) for each in self._processes() if int(each[1]) == self.child.pid]
        return [each * os.sysconf("SC_PAGE_SIZE") / 1e6 for each in pages]

    def _processes(self) -> Iterator[list[str]]:
        """What the system tells of each process of this server, after its name: state, parent, group …"""
        assert self.child is not None
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.child.pid:
                yield fields

    def caller(self, who: str = "", **headers: str) -> httpx.Client:
        """A program that calls the API in this person's name (nobody's when empty)."""
        mine = {"Authorization": f"Bearer {self.tokens.get(who, who)}"} if who else {}
        return httpx.Client(base_url=self.url, headers={**mine, **headers}, timeout=PATIENCE_S)

    def errors(self) -> list[dict[str, Any]]:
        """What the server has logged as an error: must stay empty."""
        lines = (self.home / "web.log").read_text(errors="replace").splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [one for one in told if one.get("level") in ("ERROR", "CRITICAL")]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`strate ARGUMENTS` on this site."""
        command = [sys.executable, "-m", "strate.cli", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=environment(self.home, self.database_url), capture_output=True, text=True
        )
