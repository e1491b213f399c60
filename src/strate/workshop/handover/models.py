"""The tables of what was left to the next shift, and of shifts taken over."""

from django.db import models


class HandoverNote(models.Model):
    """What one person leaves for the next: a text, what to watch, the machines as they stand."""

    place = models.CharField(max_length=120, blank=True)
    machines = models.JSONField(default=list)
    text = models.TextField()
    watch = models.JSONField(default=list)
    states = models.JSONField(default=dict)
    author = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    shift = models.CharField(max_length=30)
    acknowledged_by = models.CharField(max_length=40, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        # By the time in UTC: on the night the clocks go back, half past two comes twice.
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["place", "written_at"], name="note_by_place")]

    @property
    def number(self) -> str:
        return f"C-{self.pk}"

    @property
    def ref(self) -> str:
        return f"note:{self.number}"


class ShiftTaken(models.Model):
    """Somebody took over the work of a place for one shift, having read what was left."""

    place = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    shift = models.CharField(max_length=30)
    shift_starts_at = models.DateTimeField()
    shift_ends_at = models.DateTimeField()
    # What was on the screen when it was signed: notes, anomalies, holds, unfinished work.
    shown = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "shift_starts_at"], name="taken_by_person")]

    @property
    def ref(self) -> str:
        return f"shift:{self.shift}"
