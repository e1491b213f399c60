"""What was promised is done, once the act that promised it is kept, and never by two hands at once."""

from datetime import timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.guard import WrittenOutsideAnAct
from strate.workshop.notices import queries as notices
from strate.workshop.work import actions, queries, registry, rules, worker
from strate.workshop.work.models import DONE, FAILED, LEASED, WAITING, Job


@pytest.fixture()
def hand(monkeypatch):
    """A handler of work « print » that writes down what it was given, and fails when told to."""
    seen = []

    def print_it(payload):
        seen.append(payload)
        if payload.get("fails"):
            raise OSError("no paper")

    monkeypatch.setattr(registry, "_handlers", {"print": print_it})
    return seen


def promise(by, payload=None, **options):
    with act("test.promised", by=by) as done:
        actions.later("print", payload or {}, **options)
        done.tell()


def test_work_is_promised_only_inside_an_act(db):
    with pytest.raises(WrittenOutsideAnAct):
        actions.later("print", {})


def test_an_act_undone_takes_its_promise_with_it(amina, hand):
    with pytest.raises(ZeroDivisionError), act("test.promised", by=amina) as done:
        actions.later("print", {})
        done.tell()
        raise ZeroDivisionError
    assert not worker.run_once() and hand == []


def test_what_was_promised_is_done_once(amina, hand):
    promise(amina, {"label": "LOT-1"})
    assert worker.run_once() and not worker.run_once()
    assert hand == [{"label": "LOT-1"}] and Job.objects.get().state == DONE


def test_work_for_later_waits_for_its_hour(amina, hand, morning):
    promise(amina, after=morning + timedelta(hours=1))
    assert not worker.run_once()
    with clock.at(morning + timedelta(hours=1)):
        assert worker.run_once()


def test_the_same_promise_made_twice_before_it_begins_is_one(amina, hand):
    promise(amina, {"n": 1}, dedupe="label LOT-1")
    promise(amina, {"n": 2}, dedupe="label LOT-1")
    assert [j.payload for j in queries.waiting()] == [{"n": 1}]
    worker.run_once()
    promise(amina, {"n": 3}, dedupe="label LOT-1")
    assert worker.run_once() and hand == [{"n": 1}, {"n": 3}]


def test_failed_work_is_tried_again_later_each_time_waiting_longer(amina, hand, morning):
    promise(amina, {"fails": True})
    assert worker.run_once() and not worker.run_once()
    job = Job.objects.get()
    assert job.state == WAITING and "no paper" in job.last_error
    assert job.not_before == morning + rules.FIRST_PAUSE
    assert rules.pause_after(2) == 2 * rules.FIRST_PAUSE and rules.pause_after(40) == rules.LONGEST_PAUSE


def fail_for_good(by, morning):
    promise(by, {"fails": True})
    for hours in range(rules.MOST_TRIES):
        with clock.at(morning + timedelta(hours=2 * hours)):
            assert worker.run_once()


def test_work_that_fails_for_good_is_shown_and_told_to_the_administrators(amina, hugo, hand, morning):
    fail_for_good(amina, morning)
    assert [j.state for j in queries.failed()] == [FAILED]
    assert [n.code for n in notices.unread(hugo)] == ["work_failed"]
    assert "no paper" in notices.sentence(notices.unread(hugo)[0])


def test_only_an_administrator_has_failed_work_tried_again(amina, hugo, hand, morning, refused):
    fail_for_good(amina, morning)
    job = queries.failed()[0].pk
    with refused("not_allowed"):
        actions.retry(by=amina, job=job)
    assert actions.retry(by=hugo, job=job).state == WAITING
    with refused("work_not_failed"):
        actions.retry(by=hugo, job=job)
    with refused("no_such_job"):
        actions.give_up(by=hugo, job=job + 999, reason="?")


def test_a_worker_that_died_leaves_its_work_to_the_next_after_the_lease(amina, hand, morning):
    promise(amina)
    assert worker._take(60.0).state == LEASED
    assert not worker.run_once()
    with clock.at(morning + timedelta(seconds=61)):
        assert worker.run_once()
    assert len(hand) == 1 and Job.objects.get().tries == 2


def test_work_that_kills_its_worker_each_time_is_stopped_at_last(amina, hand, morning):
    promise(amina)
    for tries in range(rules.MOST_TRIES):
        with clock.at(morning + timedelta(minutes=2 * tries)):
            assert worker._take(60.0)
    with clock.at(morning + timedelta(hours=1)):
        assert worker.run_once()
    assert Job.objects.get().state == FAILED and hand == []


def test_a_worker_whose_lease_ran_out_cannot_say_it_is_done(amina, hand, morning):
    promise(amina)
    slow = worker._take(60.0)
    with clock.at(morning + timedelta(seconds=61)):
        worker._take(60.0)
        assert worker._end(slow, state=DONE) == 0
    assert Job.objects.get().state == LEASED


def test_a_failure_gives_way_to_the_same_promise_made_meanwhile(amina, hand):
    promise(amina, {"fails": True}, dedupe="label LOT-1")
    first = worker._take(60.0)
    promise(amina, {"n": 2}, dedupe="label LOT-1")
    worker._failed(first, "no paper")
    assert sorted(Job.objects.values_list("state", flat=True)) == [DONE, WAITING]


def test_work_nobody_here_knows_is_left_for_a_program_that_does(amina, hand):
    with act("test.promised", by=amina) as done:
        actions.later("unheard_of")
        done.tell()
    assert not worker.run_once()
    assert queries.counts()["waiting"] == 1
