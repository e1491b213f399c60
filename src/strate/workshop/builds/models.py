"""A build, the orders on its plate, its interruptions, and the moments where it changed hands."""

from django.db import models


class Build(models.Model):
    """One job on one machine. `state` moves as `rules.MOVES` says and no other way."""

    code = models.CharField(max_length=40, unique=True)
    machine = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default="prepared")
    # What is to be respected, as it was when the orders were opened: the routing's own snapshot.
    routing = models.JSONField(default=dict)
    material = models.CharField(max_length=40)
    file_digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    layer_um = models.PositiveIntegerField(default=0)
    layers_planned = models.PositiveIntegerField(default=0)
    layers_done = models.PositiveIntegerField(default=0)
    need_mg = models.BigIntegerField(default=0)
    need_lines = models.JSONField(default=list)
    # What the arithmetic alone gave, and what past builds of this machine and material say of it.
    reckoned_mg = models.BigIntegerField(default=0)
    past = models.JSONField(default=dict)
    parts_mg = models.BigIntegerField(default=0)
    machine_digest = models.CharField(max_length=64, blank=True)
    machine_parameters = models.JSONField(default=dict)
    loaded_share = models.DecimalField(max_digits=40, decimal_places=38, null=True)
    prepared_by = models.CharField(max_length=40)
    prepared_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    balance = models.JSONField(default=dict)
    # The shadow of each part seen from above, and how the plate was judged: what the tablet draws.
    plate = models.JSONField(default=dict)

    class Meta:
        ordering = ["-prepared_at"]

    @property
    def ref(self) -> str:
        return f"build:{self.code}"

    @property
    def machine_ref(self) -> str:
        return f"machine:{self.machine}"


class BuildOrder(models.Model):
    """An order made in a build, with how many of its parts stand on the plate."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="orders")
    order = models.CharField(max_length=40)
    part = models.CharField(max_length=60)
    revision = models.CharField(max_length=20)
    quantity = models.PositiveIntegerField()
    file_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["build", "order"], name="one_order_once_per_build")]


class PlateCopy(models.Model):
    """One copy of a part where it stands on the plate: its middle from the front left corner, how far it is turned."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="copies")
    label = models.CharField(max_length=60)
    order = models.CharField(max_length=40)
    file_digest = models.CharField(max_length=64)
    x_um = models.IntegerField()
    y_um = models.IntegerField()
    turn_mdeg = models.IntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["build", "label"], name="one_label_once_per_plate")]


class Interruption(models.Model):
    """The build stopped before its end: where, why, and what somebody with the right decided."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="interruptions")
    layer = models.PositiveIntegerField()
    cause = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    oxygen_max_ppm = models.IntegerField(null=True)
    opened = models.BooleanField(default=False)
    decision = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["started_at"]
