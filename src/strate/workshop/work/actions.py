"""The verbs of the work queue: promise, try again, give up."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.guard import WrittenOutsideAnAct, open_acts
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.journal.rules import plain
from strate.workshop.work.models import DONE, FAILED, WAITING, Job

# As `doors.texts` has them; the doors stand above this room.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Why = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]


def later(
    kind: str, payload: dict[str, Any] | None = None, *, dedupe: str = "", after: datetime | None = None
) -> None:
    """Promise that the server will do this: kept if and only if the act around it is kept."""
    if open_acts.get() == 0:
        raise WrittenOutsideAnAct(f"work {kind} was promised outside an act")
    at = clock.now()
    values = {"payload": plain(payload or {}), "not_before": after or at, "promised_at": at}
    if not dedupe:
        Job.objects.create(kind=kind, **values)
        return
    # On conflict do nothing: somebody promised it before and it has not begun. That promise is held until
    # our own transaction ends, so that the work cannot begin before what we write can be seen.
    same = Job.objects.filter(kind=kind, dedupe=dedupe, state=WAITING).select_for_update()
    for _attempt in range(2):
        Job.objects.bulk_create([Job(kind=kind, dedupe=dedupe, **values)], ignore_conflicts=True)
        if same.first():
            return


def retry(*, by: Actor, job: Number, reason: Why = "") -> Job:
    """Try again a piece of work that had failed."""
    found = _failed(by, job)
    with act("work.retried", by=by, reason=reason) as done:
        taken = Job.objects.filter(pk=job, state=FAILED).update(
            state=WAITING, tries=0, dedupe="", not_before=clock.now(), ended_at=None
        )
        if not taken:
            raise RuleBroken("work_not_failed", job=job)
        done.tell(found, work=found.kind)
    found.refresh_from_db()
    return found


def give_up(*, by: Actor, job: Number, reason: Why) -> Job:
    """Decide that a failed piece of work will not be done: it is no longer shown as waiting for somebody."""
    found = _failed(by, job)
    with act("work.given_up", by=by, reason=reason) as done:
        if not Job.objects.filter(pk=job, state=FAILED).update(state=DONE, ended_at=clock.now()):
            raise RuleBroken("work_not_failed", job=job)
        done.tell(found, work=found.kind, error=found.last_error)
    found.refresh_from_db()
    return found


def _failed(by: Actor, job: int) -> Job:
    # The rooms of people and roles stand above this one: the role is read on the actor itself.
    if "admin" not in by.roles:
        raise RuleBroken("not_allowed", right="work.retry", lifted_by=("admin",))
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise NotFound("no_such_job", job=job)
    return found
