"""Starts and stops the processes of the house together: web, gateway, worker and, for the demo, a simulated printer."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GRACE_S = 6.0
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
CALM_AFTER_S = 60.0


@dataclass
class Child:
    """One process, started again (with growing patience) whenever it dies by itself."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    patience: float = 0.5
    restarts: int = 0

    def start(self, log: Path) -> None:
        with log.open("ab") as out:
            # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops all in order.
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.env},
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_me(os.getpid()),
            )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Keeps its children alive until told to stop; then stops every one of them."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.children: list[Child] = []
        self.stopping = threading.Event()
        logs.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, command: Sequence[str], **env: str) -> Child:
        child = Child(name, command, env)
        child.start(self.logs / f"{name}.log")
        self.children.append(child)
        return child

    def watch(self) -> None:
        """Returns when `stop` is asked; a child that dies meanwhile is started again."""
        while not self.stopping.wait(0.3):
            for child in self.children:
                self._revive(child)

    def _revive(self, child: Child) -> None:
        if child.alive:
            if time.monotonic() - child.started > CALM_AFTER_S:
                child.patience = 0.5
            return
        if time.monotonic() - child.started < child.patience:
            return
        code = child.process.returncode if child.process else "?"
        print(f"strate: {child.name} stopped (code {code}); starting it again.", file=sys.stderr, flush=True)
        child.patience = min(child.patience * 2, 30.0)
        child.restarts += 1
        child.start(self.logs / f"{child.name}.log")

    def stop(self) -> None:
        """Ask every child to end, wait, then insist; none is left behind."""
        self.stopping.set()
        for child in reversed(self.children):
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_S
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(deadline - time.monotonic(), 0.05))
                except subprocess.TimeoutExpired:
                    _signal(child, signal.SIGKILL)
                    child.process.wait()

    def stop_on_signals(self) -> None:
        def asked(_signum: int, _frame: Any) -> None:
            self.stopping.set()

        signal.signal(signal.SIGINT, asked)
        signal.signal(signal.SIGTERM, asked)


def _end_with_me(parent: int) -> Callable[[], None]:
    """Run in the child before it becomes its program: it is asked to end when the supervisor dies, however it dies."""

    def prepare() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _signal(child: Child, number: signal.Signals) -> None:
    if child.process is None or child.process.poll() is not None:
        return
    try:
        os.killpg(child.process.pid, number)
    except ProcessLookupError:
        return


def web_command(address: str, port: int, workers: int = 2) -> list[str]:
    """The web server: granian, two processes of four threads (measured: p99 11 ms where gthread took 1.75 s)."""
    return [
        sys.executable,
        "-m",
        "strate.web.serve",
        "--interface",
        "wsgi",
        "--host",
        address,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "strate.web.wsgi:application",
    ]
