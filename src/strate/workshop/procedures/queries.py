"""What procedures there are, and where each gesture stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.procedures import registry, rules
from strate.workshop.procedures.kinds import Past, Situation
from strate.workshop.procedures.models import (
    Procedure,
    ProcedureRun,
    ProcedureVersion,
    ReadingWatch,
    RunThing,
    StepDone,
)
from strate.workshop.procedures.rules import readings

_RUN = Question(lambda run: ProcedureRun.objects.select_related("version__procedure").filter(pk=run))
_HELD_RUN = Question(
    lambda run: (
        ProcedureRun.objects.select_for_update(of=("self",))
        .select_related("version__procedure")
        .filter(pk=run)
    )
)
_STEPS_DONE = Question(lambda run: StepDone.objects.filter(run=run, corrected=False).order_by("pk"))
_SUB_RUNS = Question(
    lambda run: (
        ProcedureRun.objects.filter(parent=run, state=rules.DONE)
        .order_by("pk")
        .values_list("parent_step", "pk")
    )
)


def procedure(code: str) -> Procedure:
    found = Procedure.objects.filter(code=code).first()
    if not found:
        raise NotFound("no_such_procedure", procedure=code)
    return found


def procedures(kind: str = "") -> list[Procedure]:
    """All procedures, or those of one kind (`start_up`, `reading_sheet`, `spill`...)."""
    # A list shows no step: ten thousand cards are not read to write fifty titles.
    light = Prefetch("versions", ProcedureVersion.objects.defer("steps"))
    found = Procedure.objects.prefetch_related(light)
    return list(found.filter(kind=kind) if kind else found)


def versions(kind: str = "") -> QuerySet[ProcedureVersion]:
    """Every version of every procedure, or of those of one kind, with its steps."""
    found = ProcedureVersion.objects.select_related("procedure").order_by(
        "procedure__kind", "procedure__code", "number"
    )
    return found.filter(procedure__kind=kind) if kind else found


def version(code: str, number: int) -> ProcedureVersion:
    found = (
        ProcedureVersion.objects.select_related("procedure")
        .filter(procedure__code=code, number=number)
        .first()
    )
    if not found:
        raise NotFound("no_such_procedure", procedure=f"{code} v{number}")
    return found


def approved(code: str) -> ProcedureVersion:
    """The version that may be followed today."""
    found = ProcedureVersion.objects.select_related("procedure").filter(
        procedure__code=code, state=rules.APPROVED
    )
    current = found.first()
    if current is None:
        procedure(code)
        raise RuleBroken(
            "procedure_not_approved", procedure=f"procedure:{code}", lifted_by=("methods", "quality")
        )
    return current


def ready(kind: str = "", applies_to: str = "") -> list[ProcedureVersion]:
    """The approved versions that can be started now, for a kind and a family.

    Those written for this family come first; when it is not known, those written for every family do.
    """
    found = ProcedureVersion.objects.select_related("procedure").filter(state=rules.APPROVED)
    if kind:
        found = found.filter(procedure__kind=kind)
    found = found.order_by("procedure__code")
    fit = [
        v
        for v in found
        if not applies_to or not v.procedure.applies_to or applies_to in v.procedure.applies_to
    ]
    return sorted(fit, key=lambda v: bool(v.procedure.applies_to) != bool(applies_to))


def calls() -> dict[str, list[str]]:
    """Which procedures the versions in force call."""
    rows = ProcedureVersion.objects.filter(state=rules.APPROVED).values_list("procedure__code", "steps")
    return {
        code: [str(s.get("procedure")) for s in steps if s.get("kind") == "procedure"] for code, steps in rows
    }


def run(number: int) -> ProcedureRun:
    found = _RUN.first(number)
    if not found:
        raise NotFound("no_such_run", run=number)
    return found


def run_for_update(number: int) -> ProcedureRun:
    """The run, held until the end of the act: of two people on one step, one is first."""
    found = _HELD_RUN.first(number)
    if not found:
        raise NotFound("no_such_run", run=number)
    return found


def runs_about(ref: str, kind: str = "", state: str = "") -> list[ProcedureRun]:
    """The gestures made about a thing (`machine:M1`, `build:B7`), latest first."""
    found = ProcedureRun.objects.select_related("version__procedure").filter(things__ref=ref)
    if kind:
        found = found.filter(version__procedure__kind=kind)
    return list(found.filter(state=state) if state else found)


def open_runs(by: str = "", about: str = "") -> list[ProcedureRun]:
    """What is under way or interrupted: of whoever has it in hand, about a thing, or in the whole workshop."""
    found = ProcedureRun.objects.select_related("version__procedure").filter(
        state__in=(rules.OPEN, rules.INTERRUPTED)
    )
    if by:
        found = found.filter(Q(started_by=by, resumed_by="") | Q(resumed_by=by))
    return list(found.filter(things__ref=about) if about else found)


def called(text: str) -> QuerySet[Procedure]:
    """The procedures whose title, in either language, or code holds this text."""
    return Procedure.objects.filter(
        Q(title_fr__icontains=text) | Q(title_en__icontains=text) | Q(code__icontains=text)
    )


def all_runs(text: str = "", state: str = "", kind: str = "") -> QuerySet[ProcedureRun]:
    """Every gesture, the last first: by the title or code of its procedure, a thing it was about, its number."""
    found = ProcedureRun.objects.select_related("version__procedure").order_by("-pk")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(version__procedure__kind=kind)
    if not text:
        return found
    number = text.upper().removeprefix("N°").strip().removeprefix("G")
    things = RunThing.objects.filter(ref__icontains=text).values("run")
    asked = Q(version__procedure__in=called(text)) | Q(pk__in=things)
    return found.filter(asked | Q(pk=int(number)) if number.isdigit() and len(number) < 10 else asked)


def entered_in(runs: Iterable[int]) -> list[StepDone]:
    """What was entered in several gestures, as it stands after corrections."""
    return list(StepDone.objects.filter(run__in=list(runs), corrected=False).order_by("pk"))


def last_done(kind: str, ref: str, since: datetime | None = None) -> ProcedureRun | None:
    """The last finished gesture of this kind about a thing: « was this machine started by procedure? »."""
    found = ProcedureRun.objects.select_related("version__procedure").filter(
        state=rules.DONE, version__procedure__kind=kind, things__ref=ref
    )
    return (found.filter(ended_at__gte=since) if since else found).order_by("-ended_at").first()


def steps_done(of: ProcedureRun) -> dict[str, StepDone]:
    """The steps done, by code, each as it stands after corrections."""
    return {d.step: d for d in _STEPS_DONE.all(of.pk)}


def outcome(of: ProcedureRun, step: str) -> dict[str, Any] | None:
    """What was entered at a step; None when it is not done."""
    found = of.done.filter(step=step, corrected=False).first()
    return found.outcome if found else None


def current_step(of: ProcedureRun) -> dict[str, Any] | None:
    """The next gesture; None when all is done."""
    return of.steps[of.index] if of.index < len(of.steps) else None


def hands_in(of: ProcedureRun) -> set[str]:
    """Everybody who did a step of a gesture or of what was done inside it."""
    inside = Q(run=of) | Q(run__parent=of) | Q(run__parent__parent=of)
    return set(StepDone.objects.filter(inside).values_list("by", flat=True))


def deviations(runs: Iterable[ProcedureRun]) -> list[StepDone]:
    """What was recorded outside its limits."""
    return list(StepDone.objects.filter(run__in=list(runs), deviation=True, corrected=False))


def situation(of: ProcedureRun, done: Mapping[str, StepDone] | None = None) -> Situation:
    """What a step of this run may look at; the steps done, if they were just read."""
    known = steps_done(of) if done is None else done
    past = {code: Past(d.by, d.at, d.outcome) for code, d in known.items()}
    values = {ref.partition(":")[0]: ref for ref in reversed(of.about)} | dict(of.context)
    for step, child in _SUB_RUNS.all(of.pk) if of.pk else ():
        values[f"_sub_{step}"] = str(child)
    return Situation(tuple(of.about), values, past, of.started_at, of.pk)


def known_of(about: Iterable[str]) -> dict[str, str]:
    """What the rooms know of the things a gesture is about, at its start."""
    known: dict[str, str] = {}
    for ref in about:
        known = registry.known_of(ref) | known
    # What is known of a build names its material: what is known of the material counts too.
    for material in str(known.get("material", "")).split(","):
        known = registry.known_of(f"material:{material.strip().removeprefix('material:')}") | known
    return known


def forgotten(at: datetime) -> list[ProcedureRun]:
    """Gestures under way where nothing was done for a long time: « still working? »."""
    found = ProcedureRun.objects.select_related("version__procedure").filter(
        state=rules.OPEN, last_activity_at__lt=at - rules.FORGOTTEN_AFTER
    )
    return list(found)


def watch(number: int) -> ReadingWatch:
    """Regular readings by their number."""
    found = ReadingWatch.objects.select_related("version__procedure").filter(pk=number).first()
    if not found:
        raise NotFound("no_such_watch", watch=number)
    return found


def watches(thing: str = "") -> list[ReadingWatch]:
    """The regular readings going on; with a thing, also those about it that are over."""
    found = ReadingWatch.objects.select_related("version__procedure")
    return list(found.filter(thing=thing) if thing else found.filter(until=None))


def watches_open_on(thing: str) -> bool:
    """Whether something is read regularly about this thing now."""
    return ReadingWatch.objects.filter(thing=thing, until=None).exists()


def slots(of: ReadingWatch, *, at: datetime) -> list[readings.Slot]:
    """Every reading owed, the last first: read, late, missed, filled in afterwards, still to come."""
    rows = of.runs.exclude(state=rules.ABANDONED).values_list(
        "planned_at", "started_at", "state", "belated_why", "pk"
    )
    made = [
        readings.Made(planned, started, state == rules.DONE, bool(why), pk)
        for planned, started, state, why, pk in rows
        if planned is not None
    ]
    return readings.slots(of.since, of.every_min, made, at=at, until=of.until)


def slot(of: ReadingWatch, planned_at: datetime | None, *, at: datetime) -> readings.Slot | None:
    """The reading due at that hour; without one, the reading that something done now counts for."""
    owed = slots(of, at=at)
    if planned_at is not None:
        return next((s for s in owed if s.planned_at == planned_at), None)
    number = max(1, readings.number_at(of.since, of.every_min, at))
    return next((s for s in owed if s.number == number), None)


def readings_due(at: datetime) -> list[tuple[ReadingWatch, readings.Slot]]:
    """What is to be read now in the workshop, the latest first."""
    found = []
    for each in watches():
        now = slot(each, None, at=at)
        if now and now.made is None and now.state in (readings.DUE, readings.LATE):
            found.append((each, now))
    return sorted(found, key=lambda pair: pair[1].planned_at)
