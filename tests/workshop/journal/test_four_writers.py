"""Four people write at the same moment, from threads and from processes: one chain, without a hole."""

import os
import signal
import time
from functools import partial

import pytest
from django.db import connection

from strate.workshop.journal import audit
from strate.workshop.journal.actions import Order, act, commanding
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import AlreadyDone
from tests.workshop.at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("thawed_flush")]
EACH = 40


def kept(diary):
    return [line.split()[1] for line in diary.read_text().splitlines() if line.startswith("kept")]


def all_written(diary):
    stored = {str(event) for event in Fact.objects.values_list("event", flat=True)}
    return set(kept(diary)) <= stored


def test_four_threads_leave_an_unbroken_chain():
    def write(name):
        for n in range(EACH):
            with act("test.said", by=Actor(person=f"p-{name}")) as done:
                done.tell(f"lot:{name}", n=n)

    assert at_once(*(partial(write, name) for name in "abcd")) == []
    assert audit.verify_site().facts == 4 * EACH
    assert list(Fact.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 4 * EACH + 1))


def test_four_processes_leave_an_unbroken_chain(hire, tmp_path):
    diary = tmp_path / "diary"
    for each in [hire(diary, name, EACH) for name in "abcd"]:
        assert each.wait(300) == 0
    assert audit.verify_site().facts == 4 * EACH == len(kept(diary))
    assert all_written(diary)


def test_the_same_command_sent_by_four_hands_at_once_is_done_once():
    def send():
        with commanding(Order("one-key", "f" * 64)), act("test.said", by=Actor(person="p-amina")) as done:
            done.tell("lot:A")

    late = at_once(send, send, send, send)
    assert [type(error) for error in late] == [AlreadyDone] * 3 and Fact.objects.count() == 1


def test_a_writer_killed_in_the_middle_loses_nothing_it_was_promised(hire, tmp_path):
    diary = tmp_path / "diary"
    writer = hire(diary, "amina", 100_000)
    end = time.monotonic() + 300
    while not diary.exists() or len(kept(diary)) < 20:
        assert time.monotonic() < end and writer.poll() is None
        time.sleep(0.02)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    assert all_written(diary)
    assert audit.verify_site().facts >= len(kept(diary))


@pytest.mark.long
@pytest.mark.parametrize("round_", range(40))
def test_writers_killed_at_random_moments_lose_nothing(hire, tmp_path, round_):
    diary = tmp_path / "diary"
    hands = [hire(diary, name, 100_000) for name in "abcd"]
    while not diary.exists() or diary.read_text().count("ready") < len(hands):
        time.sleep(0.02)
    time.sleep(0.05 + 0.037 * (round_ % 17))
    for hand in hands:
        hand.kill()
        hand.wait()
    connection.close()
    print(f"round {round_}: {len(kept(diary))} acknowledged facts, four writers killed")
    assert all_written(diary)
    assert audit.verify_site().facts >= len(kept(diary))
