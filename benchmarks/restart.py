"""How long a workshop stands still when the whole service is killed and started again (G6)."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.figures import Figure
from tests.peers.processes import free_port
from tests.peers.shop import ROOT, environment, furnish, tokens_of

COMMAND = "python -m benchmarks restart"
POUR = {"lot": "TI64-2601", "machine": "LPBF-1", "mass_mg": 10}


def figures(rounds: int = 5) -> list[Figure]:
    """Kill `strate run` and all its children at once, start it, and count until an action is accepted."""
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        home = Path(folder)
        furnish(home)
        taken = [one_start(home) for _ in range(rounds + 1)][1:]
    measured = f"median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s ({rounds} kills)"
    return [
        Figure(
            "G6",
            "service killed, started, first accepted action",
            measured,
            "≤ 5 s",
            max(taken) <= 5,
            COMMAND,
        )
    ]


def one_start(home: Path) -> float:
    port = free_port()
    begin = time.perf_counter()
    service = start(home, port)
    try:
        wait_for_an_action(port, tokens_of(home)["amina"])
        return time.perf_counter() - begin
    finally:
        kill(service.pid)
        service.wait()


def start(home: Path, port: int) -> "subprocess.Popen[bytes]":
    """`strate run --demo`: web, worker, gateway and printer, as in the workshop."""
    command = [sys.executable, "-m", "strate.cli", "run", "--demo"]
    env = environment(home, STRATE_PORT=str(port))
    with (home / "run.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)


def wait_for_an_action(port: int, token: str) -> None:
    url, headers = f"http://127.0.0.1:{port}/api/feedstock/load", {"Authorization": f"Bearer {token}"}
    for _ in range(2000):
        try:
            if httpx.post(url, json=POUR, headers=headers, timeout=10).status_code == 201:
                return
        except httpx.TransportError:
            time.sleep(0.03)
    raise TimeoutError("no action was accepted")


def kill(supervisor: int) -> None:
    """The supervisor first, so that it revives nobody; then each of its children with their own."""
    family = descendants(supervisor)
    for pid in (supervisor, *family):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(pid: int) -> list[int]:
    children = [
        int(p) for task in Path(f"/proc/{pid}/task").glob("*/children") for p in task.read_text().split()
    ]
    return [each for child in children for each in (child, *descendants(child))]
