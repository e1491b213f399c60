"""The child that reads an untrusted file reaches nothing: no network, no file to write, no other program."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.guarding import guard, slots
from strate.kernels.geometry.guarding.guard import contours_in_child, verify_in_child
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_refusal

TRIED = """
import json, os, socket, subprocess, sys, threading
from strate.kernels.geometry.refusal import Limits
from strate.kernels.geometry.guarding.sandbox import shut
held = open(sys.argv[1])
shut(Limits())
def tried(act):
    try:
        act()
    except OSError:
        return "refused"
    return "done"
print(json.dumps({
    "socket": tried(socket.socket),
    "write": tried(lambda: open(sys.argv[1] + ".new", "w")),
    "append": tried(lambda: open(sys.argv[1], "a")),
    "remove": tried(lambda: os.remove(sys.argv[1])),
    "rename": tried(lambda: os.rename(sys.argv[1], sys.argv[1] + ".old")),
    "folder": tried(lambda: os.mkdir(sys.argv[1] + ".d")),
    "fork": tried(os.fork),
    "program": tried(lambda: os.execv("/bin/true", ["true"])),
    "child": tried(lambda: subprocess.run(["/bin/true"])),
    "kill": tried(lambda: os.kill(os.getppid(), 0)),
    "read": tried(lambda: open(sys.argv[1]).read()),
    "thread": tried(lambda: threading.Thread(target=len, args=("",)).start()),
}))
"""


def test_what_is_shut_is_shut_and_reading_still_works(tmp_path: Path) -> None:
    path = tmp_path / "part.stl"
    path.write_bytes(b"x")
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(path)], capture_output=True, timeout=60, check=True
    )
    said = json.loads(done.stdout)
    assert {name for name, how in said.items() if how == "done"} == {"read", "thread"}
    assert [each.name for each in tmp_path.iterdir()] == ["part.stl"] and path.read_bytes() == b"x"


def test_nothing_is_left_beside_a_file_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "part.stl"
    path.write_bytes(samples.cube(10))
    verify_in_child(path, layer_um=30)
    assert [each.name for each in tmp_path.iterdir()] == ["part.stl"]


def test_an_answer_too_long_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "part.stl"
    path.write_bytes(samples.bracket())
    with pytest.raises(FileRefused, match="answer_too_long") as caught:
        contours_in_child(path, layer_um=30, limits=Limits(max_answer_bytes=10_000))
    assert "10\u202f000 octets" in say_refusal(caught.value, "fr")


def test_a_child_that_talks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader taken over by its file could say anything, for ever."""
    talker = tmp_path / "talker.py"
    talker.write_text("import sys\nwhile True:\n    sys.stdout.write('x' * 1000)\n")
    monkeypatch.setattr(guard, "CHILD", "talker")
    monkeypatch.setattr(guard, "_HOME", str(tmp_path))
    with pytest.raises(FileRefused, match="answer_too_long"):
        verify_in_child(tmp_path / "part.stl", limits=Limits(max_answer_bytes=100_000))


def test_only_a_few_files_are_read_at_once_and_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_ROOM", threading.BoundedSemaphore(2))
    monkeypatch.setattr(slots, "PLACES", f"test-{uuid4()}")
    most, now, lock, two = 0, 0, threading.Lock(), threading.Barrier(2)

    def work() -> None:
        nonlocal most, now
        with slots.a_slot(120):
            with lock:
                now += 1
                most = max(most, now)
            two.wait(120)  # nobody leaves before two are inside
            with lock:
                now -= 1

    several = [threading.Thread(target=work) for _ in range(8)]
    for each in several:
        each.start()
    for each in several:
        each.join()
    assert most == 2


def test_waiting_too_long_for_a_place_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_ROOM", threading.BoundedSemaphore(1))
    monkeypatch.setattr(slots, "PLACES", f"test-{uuid4()}")
    with slots.a_slot(1), pytest.raises(FileRefused, match="readers_busy") as caught, slots.a_slot(0.05):
        pass
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")


@pytest.mark.skipif(sys.platform != "linux", reason="places are shared between processes on Linux only")
def test_processes_share_the_places_and_the_dead_give_theirs_back() -> None:
    hold = "import sys, time\nfrom strate.kernels.geometry.guarding import slots\nslots.AT_ONCE = 1\n"
    hold += f"slots.PLACES = 'test-{uuid4()}'\n"
    hold += "with slots.a_slot(120):\n    print('held', flush=True)\n    time.sleep(600)\n"
    first = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    assert first.stdout is not None and first.stdout.readline() == b"held\n"
    second = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE)
    try:
        time.sleep(0.3)
        first.kill()
        first.wait()
        assert second.stdout is not None and second.stdout.readline() == b"held\n"
    finally:
        for each in (first, second):
            each.kill()
            each.wait()
            each.stdout.close()
