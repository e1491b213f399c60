"""The tables of the work queue: a promise to do something, and who holds it now."""

from django.db import models

WAITING, LEASED, DONE, FAILED = "waiting", "leased", "done", "failed"


class Job(models.Model):
    """One piece of work. It is leased to a worker for a while; a worker that dies lets the lease run out."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    # Two promises of the same thing are one, as long as the first has not begun.
    dedupe = models.CharField(max_length=160, blank=True)
    not_before = models.DateTimeField()
    lease = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    promised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="job_by_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe"],
                condition=models.Q(state=WAITING) & ~models.Q(dedupe=""),
                name="one_waiting_job_each",
            )
        ]

    @property
    def ref(self) -> str:
        return f"job:{self.pk}"
