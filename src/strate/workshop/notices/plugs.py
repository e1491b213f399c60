"""What notices plug in: reading marks are no facts; a failed work of the server is told to the administrators."""

from strate.workshop.journal import guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.notices.actions import notify
from strate.workshop.work import registry

guard.leave_ungoverned("strate_noticeread")


@registry.when_failed
def _tell_administrators(failure: registry.Failure) -> None:
    ref = f"job:{failure.job}"
    with act("work.failed", by=SYSTEM) as done:
        notify(
            by=SYSTEM,
            to="role:admin",
            about=ref,
            code="work_failed",
            work=failure.kind,
            error=failure.error[:200],
        )
        done.tell(ref, work=failure.kind, error=failure.error[:500])
