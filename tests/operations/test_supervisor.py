"""The supervisor keeps its processes alive, and leaves none behind."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from strate.web import preflight
from strate.web.supervisor import Supervisor

SOURCE = str(Path(preflight.__file__).resolve().parents[2])
SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]


def wait_for(condition, seconds=120.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def is_free(port):
    """Whether the port can be listened on: the kernel takes a moment to bury the child of a killed child."""
    try:
        preflight.check_port("127.0.0.1", port)
    except preflight.CannotStart:
        return False
    return True


def is_there(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # A dead child whose parent did not look at it yet is not there any more.
    return "\nState:\tZ" not in status


@pytest.fixture()
def supervisor(tmp_path):
    made = Supervisor(tmp_path / "logs")
    yield made
    made.stop()


def test_a_process_that_dies_is_started_again(supervisor):
    import threading

    child = supervisor.add("sleeper", SLEEPER)
    first = child.process.pid
    watcher = threading.Thread(target=supervisor.watch)
    watcher.start()
    time.sleep(child.patience)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: child.restarts == 1 and child.alive)
    assert child.process.pid != first
    supervisor.stopping.set()
    watcher.join()


def test_one_that_dies_at_once_is_given_more_and_more_time(supervisor):
    child = supervisor.add("hasty", [sys.executable, "-c", "raise SystemExit(3)"])
    child.process.wait()
    child.started -= 10
    supervisor._revive(child)
    assert child.restarts == 1 and child.patience == 1.0


def test_stopping_leaves_nobody_even_one_who_does_not_listen(supervisor, monkeypatch):
    from strate.web import supervisor as module

    monkeypatch.setattr(module, "GRACE_S", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print('up', flush=True); time.sleep(600)"
    )
    children = [supervisor.add("sleeper", SLEEPER), supervisor.add("deaf", [sys.executable, "-c", deaf])]
    wait_for(lambda: all("up" in (supervisor.logs / f"{c.name}.log").read_text() for c in children))
    supervisor.stop()
    assert not any(is_there(c.process.pid) for c in children)


SUPERVISED = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from strate.web.supervisor import Supervisor
    s = Supervisor(Path(sys.argv[1]))
    s.stop_on_signals()
    port = sys.argv[2]
    s.add("door", [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"])
    print("started", s.children[0].process.pid, flush=True)
    try:
        s.watch()
    finally:
        s.stop()
    """
)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture()
def house(tmp_path):
    port = preflight.free_port()
    program = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(tmp_path), str(port)],
        env={**os.environ, "PYTHONPATH": SOURCE}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    child = int(program.stdout.readline().split()[1])
    wait_for(lambda: listens(port))
    yield program, child, port
    program.kill()
    program.wait()
    program.stdout.close()


def test_ctrl_c_stops_every_process_and_gives_the_port_back(house):
    program, child, port = house
    program.send_signal(signal.SIGINT)
    assert program.wait(120) == 0
    assert not is_there(child)
    preflight.check_port("127.0.0.1", port)


def test_a_supervisor_that_is_killed_leaves_no_orphan_on_the_port(house):
    program, child, port = house
    program.kill()
    program.wait()
    wait_for(lambda: not is_there(child))
    wait_for(lambda: is_free(port))
