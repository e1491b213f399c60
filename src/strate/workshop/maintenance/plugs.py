"""What maintenance plugs into the rooms below: rights, its effect on a step, and how a task is found."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.maintenance import actions, queries, rounds
from strate.workshop.maintenance.models import MaintenanceTask
from strate.workshop.people.roles import (
    HSE,
    MAINTENANCE,
    METHODS,
    OPERATOR,
    QUALITY,
    SHIFT_LEADER,
    declare,
    may,
)
from strate.workshop.procedures.kinds import Outcome
from strate.workshop.procedures.queries import ProcedureRun
from strate.workshop.procedures.registry import effect
from strate.workshop.things.registry import Gesture, Kind, Thing, gesture, register

declare("maintenance.write_task", MAINTENANCE, METHODS, QUALITY, HSE)
declare("maintenance.round", OPERATOR, SHIFT_LEADER, MAINTENANCE)


def title(task: MaintenanceTask) -> str:
    """The name of a task in the reader's language."""
    return task.title_en if (get_language() or "fr").startswith("en") else task.title_fr


def _find(code: str) -> Thing | None:
    found = MaintenanceTask.objects.filter(code=code).first()
    return Thing(found.ref, title(found), "/maintenance/") if found else None


@gesture
def _due(ref: str, by: Actor) -> Gesture | None:
    """On a scanned machine: how many cares are due."""
    if not ref.startswith("machine:") or not may(by, "maintenance.round"):
        return None
    code = ref.removeprefix("machine:")
    try:
        count = len(queries.due(code, clock.now()))
    except NotFound:
        return None
    words = ngettext("Maintenance: %(n)s task due", "Maintenance: %(n)s tasks due", count) % {"n": count}
    return Gesture(words, f"/maintenance/{code}/") if count else None


register(Kind("task", _("Maintenance task"), find=_find))


@effect(rounds.EFFECT)
def _write_in_the_machines_book(by: Actor, run: ProcedureRun, step: dict[str, Any], outcome: Outcome) -> None:
    values = outcome.values
    actions.record(
        by=by,
        task=step["task"],
        machine=run.thing("machine"),
        outcome="deviation" if outcome.deviation else "done",
        value=f"{values.get('value', '')} {values.get('unit', '')}".strip()
        or ("" if values.get("ok", True) else "NOK"),
        note=str(values.get("note", "")),
        run=run.pk,
    )
