"""Regular readings: watched from when something starts until it ends; what was missed is told, never hidden."""

from datetime import datetime

from strate.workshop.doors.texts import Code, Minutes, Number, Sentence, Title
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.procedures import queries
from strate.workshop.procedures.actions.running import open_run
from strate.workshop.procedures.models import ProcedureRun, ReadingWatch
from strate.workshop.procedures.rules import readings


def watch(*, by: Actor, procedure: Code, about: list[Title], every_min: Minutes = 0) -> ReadingWatch:
    """Fill a reading sheet in every so many minutes from now on, about these things (the first one leads)."""
    permit(by, "procedures.run")
    version = queries.approved(procedure)
    period = every_min or version.procedure.every_min or 0
    if not period:
        raise RuleBroken("reading_without_period", procedure=version.ref)
    if not about:
        raise RuleBroken("run_about_nothing", procedure=version.ref)
    with act("reading.watched", by=by) as done:
        if ReadingWatch.objects.filter(procedure=procedure, thing=about[0], until=None).exists():
            raise RuleBroken("reading_already_watched", procedure=version.ref, thing=about[0])
        watched = ReadingWatch.objects.create(
            version=version,
            procedure=procedure,
            about=about,
            thing=about[0],
            every_min=period,
            since=done.happened_at,
            told_until=done.happened_at,
            opened_by=by.person,
        )
        done.tell(watched, version, *about, procedure=version.ref, every_min=period, about=about)
    return watched


def end_watch(*, by: Actor, watch: Number, reason: Sentence) -> ReadingWatch:
    """Stop the regular readings: it is over, and why."""
    permit(by, "procedures.run")
    if not reason.strip():
        raise RuleBroken("gesture_reason_missing")
    with act("reading.ended", by=by, reason=reason.strip()) as done:
        watched = _held(watch)
        if watched.until is not None:
            raise RuleBroken("reading_watch_over", at=watched.until)
        watched.until, watched.closed_by = done.happened_at, by.person
        watched.closed_why = reason.strip()[:300]
        watched.save()
        _tell_missed(by, watched, clock.now())
        done.tell(watched, *watched.about, procedure=watched.version.ref)
    return watched


def end_watches_of(*, by: Actor, thing: str, reason: str, at: datetime | None = None) -> None:
    """For the other rooms: what was watched is over (the build ended), so its readings are too."""
    for watched in ReadingWatch.objects.filter(thing=thing, until=None):
        with act("reading.ended", by=by, reason=reason, happened_at=at) as done:
            watched.until, watched.closed_by, watched.closed_why = done.happened_at, by.person, reason[:300]
            watched.save()
            _tell_missed(by, watched, clock.now())
            done.tell(watched, *watched.about, procedure=watched.version.ref)


def begin_reading(
    *, by: Actor, watch: Number, planned_at: datetime | None = None, why: Sentence = ""
) -> ProcedureRun:
    """Begin the reading that is due; one whose hour is past is named by it, and says why it comes afterwards."""
    permit(by, "procedures.run")
    with act("reading.begun", by=by) as done:
        watched = _held(watch)
        _tell_missed(by, watched, clock.now())
        if watched.until is not None and planned_at is None:
            raise RuleBroken("reading_watch_over", at=watched.until)
        slot = queries.slot(watched, planned_at, at=clock.now())
        owed = readings.must_be_owed(slot, planned_at or clock.now(), why)
        belated = owed.state == readings.MISSED
        run = open_run(
            by=by,
            version=watched.version,
            about=list(watched.about),
            reading=(watched, owed.planned_at),
            belated_why=why.strip()[:300] if belated else "",
        )
        ReadingWatch.objects.filter(pk=watch).update(told_until=clock.now())
        done.tell(
            run,
            watched,
            *watched.about,
            procedure=watched.version.ref,
            planned_at=owed.planned_at,
            belated=belated,
        )
    return run


def tell_missed_readings(*, by: Actor) -> list[ReadingWatch]:
    """Tell, once each, the readings whose time ran out with nobody to read."""
    now = clock.now()
    behind = [w for w in ReadingWatch.objects.filter(until=None) if _missed(w, now)]
    for watched in behind:
        _tell_missed(by, watched, now)
    return behind


def _missed(watched: ReadingWatch, now: datetime) -> list[datetime]:
    ran_out = readings.closed(
        watched.since, watched.every_min, after=watched.told_until, at=now, until=watched.until
    )
    read = set(watched.runs.filter(planned_at__in=ran_out).values_list("planned_at", flat=True))
    return [planned for planned in ran_out if planned not in read]


def _tell_missed(by: Actor, watched: ReadingWatch, now: datetime) -> None:
    missed = _missed(watched, now)
    if not missed:
        return
    with act("reading.missed", by=by) as done:
        ReadingWatch.objects.filter(pk=watched.pk).update(told_until=now)
        told = {"procedure": watched.version.ref, "planned_at": [str(each) for each in missed]}
        notify(by=by, to="role:shift_leader", about=watched.thing, code="reading_missed", **told)
        done.tell(watched, *watched.about, **told)


def _held(number: int) -> ReadingWatch:
    queries.watch(number)
    held = ReadingWatch.objects.select_for_update(of=("self",)).select_related("version__procedure")
    return held.get(pk=number)
