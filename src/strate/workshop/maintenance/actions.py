"""The verbs of maintenance: write a task, make a round, record a care, ask for one."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from strate.workshop.doors.texts import PLAIN, Code, Number, Sentence, Title, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import queries as machines
from strate.workshop.maintenance import defaults, queries, registry, rounds, rules
from strate.workshop.maintenance.models import MaintenanceRequest, MaintenanceTask, TaskDone
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries as procedures_queries
from strate.workshop.procedures.queries import ProcedureRun

TaskCode = Annotated[str, Field(max_length=34, pattern=r"^[a-z0-9][a-z0-9-]*$")]
ShortWord = Annotated[str, Field(max_length=20, pattern=PLAIN)]
Level = Annotated[int, Field(ge=-100, le=100)]
Limit = Annotated[Decimal, Field(ge=0, lt=10**9, decimal_places=3)]
ROUND = "maintenance-round"


def write_task(
    *,
    by: Actor,
    code: TaskCode,
    title_fr: Title,
    title_en: Title,
    trigger: Code,
    level: Level = 1,
    machine: Word = "",
    machine_kind: ShortWord = "",
    family: ShortWord = "",
    why_fr: Sentence = "",
    why_en: Sentence = "",
    limit: Limit | None = None,
    counter: ShortWord = "",
    blocking: bool = False,
    entry: dict[str, Any] | None = None,
    procedure: Code = "",
    ppe: list[Code] | None = None,
    source: Sentence = "",
) -> MaintenanceTask:
    """Write a care (or write it anew): what, on which machines, which level, when, whether it blocks."""
    values = dict(locals())
    for name in ("by", "code"):
        del values[name]
    permit(by, "maintenance.write_task")
    rules.must_make_sense(trigger=trigger, level=level, limit=limit, counter=counter)
    values |= {"entry": entry or {"kind": "check"}, "ppe": ppe or [], "retired": False}
    with act("maintenance.task_written", by=by) as done:
        task, _new = MaintenanceTask.objects.update_or_create(code=code, defaults=values)
        done.tell(
            task, task=task.ref, title=title_fr, level=level, trigger=trigger, limit=limit, blocking=blocking
        )
    return task


def retire_task(*, by: Actor, task: Word, reason: Sentence) -> MaintenanceTask:
    """Withdraw a care; what was done of it stays written."""
    permit(by, "maintenance.write_task")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act("maintenance.task_retired", by=by, reason=reason.strip()) as done:
        found = queries.task(task)
        found.retired = True
        found.save()
        done.tell(found, task=found.ref)
    return found


def load_defaults(*, by: Actor) -> list[MaintenanceTask]:
    """Propose the usual cares of each kind of machine; those already written are left alone."""
    permit(by, "maintenance.write_task")
    known = set(MaintenanceTask.objects.values_list("code", flat=True))
    missing = [card for card in defaults.cards() if card["code"] not in known]
    if not missing:
        return []
    with act("maintenance.defaults_loaded", by=by) as done:
        tasks = [write_task(by=by, **card) for card in missing]
        done.tell(*tasks, tasks=[task.code for task in tasks], count=len(tasks))
    return tasks


def start_round(*, by: Actor, machine: Word) -> ProcedureRun:
    """Start the round of a machine: one step for each care due now that you may do."""
    permit(by, "maintenance.round")
    on = machines.machine(machine)
    due = queries.due(on.code, clock.now(), rules.highest_level(by.roles))
    if not due:
        raise RuleBroken("nothing_is_due", machine=on.ref)
    version = procedures_queries.approved(ROUND)
    steps = [*version.steps, *(rounds.step_of(standing.task) for standing in due)]
    return procedures.open_run(by=by, version=version, about=[on.ref], own_steps=steps)


def record(
    *,
    by: Actor,
    task: Word,
    machine: Word,
    outcome: Literal["done", "deviation"] = "done",
    value: Code = "",
    note: Sentence = "",
    run: Number | None = None,
) -> TaskDone:
    """Write that a care was given, or what was found; refused above your level."""
    permit(by, "maintenance.round")
    found, on = queries.task(task), machines.machine(machine)
    rules.must_be_of_level(found.ref, found.level, by.roles)
    if outcome == "deviation" and not (note.strip() or value):
        raise RuleBroken("deviation_needs_a_note", task=found.ref)
    with act("maintenance.done", by=by) as done:
        kept = TaskDone.objects.create(
            task=found,
            machine=on.ref,
            outcome=outcome,
            value=value[:40],
            note=note.strip()[:300],
            counters={name: str(v) for name, v in registry.counters_of(on.ref).items()},
            run=run,
            by=by.person,
            at=done.happened_at,
            event=done.event,
        )
        MaintenanceRequest.objects.filter(task=found, machine=on.ref, answered=False).update(answered=True)
        if outcome == "deviation":
            notify(by=by, to="role:maintenance", about=on.ref, code="maintenance_deviation", task=found.ref)
        result = " · ".join(said for said in (value, note.strip()) if said) or outcome
        told = {"outcome": outcome, "value": value, "note": note, "level": found.level}
        done.tell(on, found, task=found.ref, machine=on.ref, result=result, **told)
    return kept


def request(*, by: Actor, task: Word, machine: Word, note: Sentence = "") -> MaintenanceRequest:
    """Ask maintenance for a care that is above your level."""
    permit(by, "maintenance.round")
    found, on = queries.task(task), machines.machine(machine)
    if MaintenanceRequest.objects.filter(task=found, machine=on.ref, answered=False).exists():
        raise RuleBroken("already_asked", task=found.ref, machine=on.ref)
    with act("maintenance.requested", by=by) as done:
        asked = MaintenanceRequest.objects.create(
            task=found, machine=on.ref, note=note.strip()[:300], by=by.person, at=done.happened_at
        )
        notify(by=by, to="role:maintenance", about=on.ref, code="maintenance_requested", task=found.ref)
        done.tell(on, found, task=found.ref, machine=on.ref, note=note)
    return asked
