"""The table of what is stopped, why, and who may let it go."""

from django.db import models

PLACED, LIFTED = "placed", "lifted"


class Hold(models.Model):
    """One reason that stops one thing. A thing may have several; it goes on when none is left."""

    about = models.CharField(max_length=120)
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    text = models.CharField(max_length=500, blank=True)
    # What made it necessary: an anomaly, a nonconformity, a count... by its reference.
    origin = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default=PLACED)
    placed_by = models.CharField(max_length=40, blank=True)
    placed_at = models.DateTimeField()
    liftable_by = models.JSONField(default=list)
    by_another = models.BooleanField(default=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["about", "state"], name="hold_by_thing")]
        ordering = ["-pk"]

    @property
    def number(self) -> str:
        return f"B-{self.pk}"

    @property
    def ref(self) -> str:
        return f"hold:{self.number}"
