"""A round due today is one guided gesture; what is above the operator's level is asked of maintenance."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from strate.workshop.journal import clock, guard
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from strate.workshop.maintenance import actions, queries, registry
from strate.workshop.procedures import actions as procedures

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hall(monkeypatch: pytest.MonkeyPatch, db: None, morning: object) -> Iterator[dict[str, Decimal]]:
    """One printer, whose counters a test may move."""
    counters = {"builds": Decimal(3), "hours": Decimal(100)}
    monkeypatch.setattr(registry, "_counters", [lambda ref: dict(counters)])
    with guard.lifted():
        Machine.objects.create(code="M1", title="Imprimante 1", kind="printer", family="metal")
    yield counters


@pytest.fixture()
def tasks(farid: Actor, driss: Actor, elsa: Actor) -> None:
    """A window at each build, a pressure each shift, a filter for maintenance; the round is approved."""
    for code, trigger, level, more in (
        ("window", "per_build", 1, {"blocking": True}),
        ("gas", "shift", 1, {"entry": {"kind": "measure", "unit": "bar", "min": "5"}}),
        ("filter", "hours", 3, {"limit": Decimal(50), "blocking": True}),
    ):
        actions.write_task(
            by=farid,
            code=code,
            title_fr=code,
            title_en=code,
            trigger=trigger,
            level=level,
            machine_kind="printer",
            **more,
        )
    procedures.load_defaults(by=driss, only=[actions.ROUND])
    procedures.submit(by=driss, procedure=actions.ROUND, version=1)
    procedures.approve(by=signed(elsa), procedure=actions.ROUND, version=1)


def test_a_blocking_task_due_stops_the_launch_and_says_who_lifts_it(tasks: None) -> None:
    reasons = queries.overdue_blocking("M1", clock.now())
    assert {(r.code, r.values["task"], r.lifted_by) for r in reasons} == {
        ("maintenance_overdue", "task:window", ("operator", "shift_leader")),
        ("maintenance_overdue", "task:filter", ("maintenance",)),
    }


def test_the_round_of_an_operator_has_one_step_per_task_due_at_their_level(tasks: None, amina: Actor) -> None:
    run = actions.start_round(by=amina, machine="M1")
    assert [s.get("task") for s in run.steps if s.get("task")] == ["window", "gas"]
    for step in run.steps:
        entry = {"value": "5,5"} if step["kind"] == "measure" else {"ok": "yes"}
        procedures.do_step(by=amina, run=run.pk, step=step["code"], entry=entry)
    assert [s.task.code for s in queries.due("M1", clock.now())] == ["filter"]
    assert {f.what for f in journal.of("machine:M1")} >= {"maintenance.done", "run.finished"}
    with refused("nothing_is_due"):
        actions.start_round(by=amina, machine="M1")


def test_a_pressure_too_low_in_a_round_is_a_deviation_and_the_task_stays_due(
    tasks: None, amina: Actor
) -> None:
    run = actions.start_round(by=amina, machine="M1")
    for step in run.steps:
        entry = {"value": "4,2"} if step["kind"] == "measure" else {"ok": "yes"}
        procedures.do_step(by=amina, run=run.pk, step=step["code"], entry=entry)
    assert "gas" in [s.task.code for s in queries.due("M1", clock.now())]
    assert queries.history("machine:M1")[0].outcome == "deviation"


def test_a_task_above_level_one_is_refused_to_an_operator_who_may_ask_for_it(
    tasks: None, amina: Actor, farid: Actor
) -> None:
    with refused("task_above_your_level"):
        actions.record(by=amina, task="filter", machine="M1")
    actions.request(by=amina, task="filter", machine="M1", note="Δp en hausse")
    with refused("already_asked"):
        actions.request(by=amina, task="filter", machine="M1")
    actions.record(by=farid, task="filter", machine="M1")
    assert queries.requests() == []
    assert [s.task.code for s in queries.due("M1", clock.now()) if s.task.level > 1] == []


def test_the_next_build_makes_its_task_due_again(tasks: None, hall: dict[str, Decimal], amina: Actor) -> None:
    actions.record(by=amina, task="window", machine="M1")
    assert "window" not in [s.task.code for s in queries.due("M1", clock.now())]
    hall["builds"] += 1
    assert "window" in [s.task.code for s in queries.due("M1", clock.now())]


def test_the_usual_tasks_are_proposed_once(farid: Actor) -> None:
    assert len(actions.load_defaults(by=farid)) > 20
    assert actions.load_defaults(by=farid) == []
    levels = {t.code: t.level for t in queries.tasks()}
    assert levels["lpbf-window"] == 1 and levels["lpbf-filter-change"] == 3
