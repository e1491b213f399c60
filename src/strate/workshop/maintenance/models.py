"""The cares a machine needs, and each time one was given."""

from django.db import models


class MaintenanceTask(models.Model):
    """A care: what, at which level, when it is due, and whether it stops the machine when it is late."""

    code = models.CharField(max_length=60, unique=True)
    # Which machines: one by its code, or a kind and family; empty means any.
    machine = models.CharField(max_length=60, blank=True)
    machine_kind = models.CharField(max_length=30, blank=True)
    family = models.CharField(max_length=20, blank=True)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    why_fr = models.CharField(max_length=300, blank=True)
    why_en = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=1)
    trigger = models.CharField(max_length=12)
    limit = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    counter = models.CharField(max_length=30, blank=True)
    blocking = models.BooleanField(default=False)
    # How it is entered in a round: `check`, or `measure` with unit and limits.
    entry = models.JSONField(default=dict)
    procedure = models.CharField(max_length=60, blank=True)
    ppe = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["level", "trigger", "code"]

    @property
    def ref(self) -> str:
        return f"task:{self.code}"


class TaskDone(models.Model):
    """A care that was given to a machine, or found wanting."""

    task = models.ForeignKey(MaintenanceTask, on_delete=models.PROTECT, related_name="done")
    machine = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, default="done")
    note = models.CharField(max_length=300, blank=True)
    value = models.CharField(max_length=40, blank=True)
    counters = models.JSONField(default=dict)
    run = models.BigIntegerField(null=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["machine", "task", "at"], name="task_by_machine")]


class MaintenanceRequest(models.Model):
    """A care asked of maintenance because it is above the level of whoever noticed it."""

    task = models.ForeignKey(MaintenanceTask, on_delete=models.PROTECT, related_name="requests")
    machine = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
