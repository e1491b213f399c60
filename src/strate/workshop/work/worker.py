"""The server's own hands: takes one piece of work at a time, does it, and never loses one by dying."""

import logging
import threading
import time
import traceback
from datetime import timedelta
from uuid import uuid4

from django.db import connection, connections, transaction
from django.db.models import F, Q, QuerySet
from django.db.utils import DatabaseError, IntegrityError

from strate.workshop.journal import clock
from strate.workshop.work import queries, registry, rules
from strate.workshop.work.models import DONE, FAILED, LEASED, WAITING, Job

LEASE_S = 60.0
IDLE_S = 0.5
ERROR_LENGTH = 4000
log = logging.getLogger(__name__)


def run_forever(stop: threading.Event, *, idle_s: float = IDLE_S, lease_s: float = LEASE_S) -> None:
    """Work until told to stop; a database that is away for a moment is waited for."""
    rounds = Rounds()
    while not stop.is_set():
        _beat()
        rounds.make()
        try:
            worked = run_once(lease_s=lease_s)
        except DatabaseError:
            log.exception("the database did not answer; trying again")
            connections.close_all()
            worked = False
        if not worked:
            stop.wait(idle_s)


class Rounds:
    """What the server looks after by itself, each at its own pace; one that fails stops neither work nor the others."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def make(self, *, at_s: float | None = None) -> list[str]:
        """Do what is due; gives the names of what was done."""
        now, done = time.monotonic() if at_s is None else at_s, []
        for each in registry.routines():
            if self._next.get(each.name, 0.0) > now:
                continue
            self._next[each.name] = now + each.every_s
            try:
                each.do()
                done.append(each.name)
            # Whatever a routine raises is written down; it is tried again at its next round.
            except Exception:
                log.exception("routine %s failed", each.name)
        return done


def _beat() -> None:
    """Leave a sign of life that the health page reads; a file, so that beating costs the database nothing."""
    queries.sign_of_life().touch()


def run_once(*, lease_s: float = LEASE_S) -> bool:
    """Do one piece of work that is due; False when there is none."""
    job = _take(lease_s)
    if job is None:
        return False
    with _Renewal(job, lease_s):
        error = _do(job)
    if error:
        _failed(job, error)
    else:
        _end(job, state=DONE, last_error="")
    return True


def _due() -> "QuerySet[Job]":
    at = clock.now()
    free = Q(state=WAITING, not_before__lte=at) | Q(state=LEASED, lease_until__lt=at)
    return Job.objects.filter(free, kind__in=registry.kinds()).order_by("not_before", "pk")


def _take(lease_s: float) -> Job | None:
    """Lease one job: locked rows are skipped where the database can, and only one worker wins in any case."""
    if not _due().exists():  # asked without the writer's lock: an idle worker disturbs nobody
        return None
    with transaction.atomic():
        due = _due()
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        lease, until = str(uuid4()), clock.now() + timedelta(seconds=lease_s)
        taken = (
            _due()
            .filter(pk=job.pk, lease=job.lease)
            .update(state=LEASED, lease=lease, lease_until=until, tries=F("tries") + 1)
        )
    if not taken:
        return None
    job.refresh_from_db()
    return job


def _do(job: Job) -> str:
    """Call the handler; the error it ended with, or nothing. A worker that died each time is an error too."""
    if job.tries > rules.MOST_TRIES:
        return job.last_error or "the worker died each time it tried"
    handler = registry.handler_of(job.kind)
    if handler is None:
        return f"nobody here does {job.kind}"
    try:
        handler(job.payload)
    except Exception:  # whatever a handler raises is written down, shown, and tried again
        log.exception("work %s (%s) failed, try %s", job.pk, job.kind, job.tries)
        return traceback.format_exc()[-ERROR_LENGTH:]
    return ""


def _failed(job: Job, error: str) -> None:
    if not rules.gives_up(job.tries):
        try:
            with transaction.atomic():
                again = clock.now() + rules.pause_after(job.tries)
                _end(job, state=WAITING, last_error=error, not_before=again)
        except IntegrityError:
            # The same thing was promised again meanwhile: that promise stands for this one.
            _end(job, state=DONE, last_error=error)
        return
    if _end(job, state=FAILED, last_error=error):
        registry.tell_failure(registry.Failure(job.pk, job.kind, error.strip().splitlines()[-1], job.payload))


def _end(job: Job, **values: object) -> int:
    """Write what became of it, unless the lease had run out and another worker holds it now."""
    if values["state"] != WAITING:
        values["ended_at"] = clock.now()
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=LEASED).update(lease_until=None, **values)


class _Renewal:
    """While the work goes on its lease is renewed, so that long work is not done twice at once."""

    def __init__(self, job: Job, lease_s: float) -> None:
        self._job, self._lease_s = job, lease_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._renew, name=f"lease-{job.pk}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _renew(self) -> None:
        try:
            while not self._over.wait(self._lease_s / 3):
                until = clock.now() + timedelta(seconds=self._lease_s)
                Job.objects.filter(pk=self._job.pk, lease=self._job.lease).update(lease_until=until)
        except DatabaseError:
            log.exception("the lease of work %s could not be renewed", self._job.pk)
        finally:
            connection.close()
