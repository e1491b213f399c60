"""What notices plug in: reading marks are no facts; failed work of the server is told to administrators."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal import guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.notices.actions import notify
from strate.workshop.things.registry import Kind, Thing, register
from strate.workshop.work import queries as work
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


def _find_work(code: str) -> Thing | None:
    job = work.find(code)
    if job is None:
        return None
    state = {"waiting": "waiting", "leased": "running", "done": "done", "failed": "alarm"}[job.state]
    return Thing(job.ref, f"{job.kind} · {job.pk}", url=reverse("notices:work"), state=state)


register(Kind("job", _("Work of the server"), find=_find_work, icon="settings"))
