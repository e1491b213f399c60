"""What is still to be done, and what could not be."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from strate.workshop.journal import clock
from strate.workshop.work.models import FAILED, LEASED, WAITING, Job


def failed() -> list[Job]:
    """The work that somebody must look at, oldest first."""
    return list(Job.objects.filter(state=FAILED).order_by("pk"))


def find(number: str) -> Job | None:
    """A piece of work by its number."""
    return Job.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None


def waiting(kind: str = "") -> list[Job]:
    """The work not yet begun."""
    jobs = Job.objects.filter(state=WAITING).order_by("not_before", "pk")
    return list(jobs.filter(kind=kind) if kind else jobs)


def counts() -> dict[str, int]:
    """How much work waits, runs, and has failed; for how many seconds the oldest due has been waiting."""
    at = clock.now()
    oldest = Job.objects.filter(state=WAITING, not_before__lte=at).order_by("not_before").first()
    return {
        "waiting": Job.objects.filter(state=WAITING).count(),
        "running": Job.objects.filter(state=LEASED, lease_until__gte=at).count(),
        "failed": Job.objects.filter(state=FAILED).count(),
        "oldest_wait_s": int((at - oldest.not_before).total_seconds()) if oldest else 0,
    }


def sign_of_life() -> Path:
    """The file the worker touches as long as it lives."""
    path: Path = settings.STRATE.home / "worker.alive"
    return path


def worker_seen_at() -> datetime | None:
    """When the worker last gave a sign of life; None when it never did."""
    path = sign_of_life()
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
