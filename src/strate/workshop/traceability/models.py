"""The recalls: which lot was called back, why, and how many things were stopped for it."""

from django.db import models


class Recall(models.Model):
    """Everything made of a lot, stopped in one act; each hold is then lifted by itself."""

    lot = models.CharField(max_length=40)
    reason = models.TextField()
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["lot"], name="recall_by_lot")]

    @property
    def number(self) -> str:
        return f"R-{self.pk}"

    @property
    def ref(self) -> str:
        return f"recall:{self.number}"
