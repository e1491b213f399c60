"""Real workers in their own processes, killed without warning: nothing lost, nothing twice at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from strate.workshop.journal.actions import act
from strate.workshop.work import actions
from strate.workshop.work.models import DONE, Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("thawed_flush")]
CREW = Path(__file__).with_name("crew.py")


class Crew:
    """The workers of one test and what they wrote down."""

    def __init__(self, diary: Path):
        self.diary, self.hands = diary, []

    def hire(self, *, pause_s: float, lease_s: float) -> subprocess.Popen:
        name = str(connection.settings_dict["NAME"])
        args = [sys.executable, str(CREW), name, str(self.diary), str(pause_s), str(lease_s)]
        source = str(Path(__file__).resolve().parents[3] / "src")
        env = {**os.environ, "PYTHONPATH": source, "DJANGO_SETTINGS_MODULE": "strate.web.settings.testing"}
        self.hands.append(subprocess.Popen(args, env=env))
        return self.hands[-1]

    def lines(self, word: str) -> list[list[str]]:
        text = self.diary.read_text() if self.diary.exists() else ""
        return [line.split() for line in text.splitlines() if line.startswith(word)]

    def wait(self, word: str, count: int, seconds: float = 300) -> None:
        end = time.monotonic() + seconds
        while len(self.lines(word)) < count:
            assert time.monotonic() < end, self.diary.read_text()
            time.sleep(0.05)


@pytest.fixture()
def crew(tmp_path):
    found = Crew(tmp_path / "diary")
    yield found
    for hand in found.hands:
        hand.kill()
        hand.wait()


def promise(by, count):
    with act("test.promised", by=by) as done:
        for n in range(count):
            actions.later("weigh", {"n": n})
        done.tell()


def settled(count: int, seconds: float = 300) -> bool:
    end = time.monotonic() + seconds
    while Job.objects.filter(state=DONE).count() < count and time.monotonic() < end:
        time.sleep(0.05)
    return Job.objects.filter(state=DONE).count() == count


def test_a_worker_killed_in_the_middle_of_its_work_loses_nothing(amina, crew):
    promise(amina, 4)
    first = crew.hire(pause_s=0.3, lease_s=1.0)
    crew.wait("begin", 2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    crew.hire(pause_s=0.01, lease_s=1.0)
    assert settled(4)
    assert {n for _, n, _ in crew.lines("end")} == {"0", "1", "2", "3"}


def test_two_workers_never_do_the_same_work_at_once(amina, crew):
    # The work lasts longer than the lease: only its renewal keeps the other worker away.
    for _ in range(2):
        crew.hire(pause_s=2.5, lease_s=2.0)
    for promised in range(3, 33, 3):
        promise(amina, 3)
        assert settled(promised)
        begun = sorted(n for _, n, _ in crew.lines("begin"))
        if begun == ["0", "1", "2"]:
            return
        # A worker that stood still lost its lease, and rightly so: that round says nothing.
        assert crew.lines("stood"), begun
        crew.diary.unlink()
    pytest.fail("this computer never lets a worker renew its lease in time")
