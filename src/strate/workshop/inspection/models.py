"""Pieces one by one, what was looked at and measured on them, and the gauges."""

from django.db import models


class Gauge(models.Model):
    """A measuring instrument with its calibration; past its date it measures nothing."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    unit = models.CharField(max_length=12, default="mm")
    resolution = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    calibrated_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"gauge:{self.code}"


class Piece(models.Model):
    """One part that was made: its serial, where it comes from, what became of it."""

    serial = models.CharField(max_length=120, unique=True)
    build = models.CharField(max_length=40)
    order = models.CharField(max_length=40)
    part = models.CharField(max_length=60)
    revision = models.CharField(max_length=20)
    # made → good or scrap
    state = models.CharField(max_length=12, default="made")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["build", "order"], name="piece_by_build")]
        ordering = ["serial"]

    @property
    def ref(self) -> str:
        return f"piece:{self.serial}"


class VisualCheck(models.Model):
    """What the eye saw on a piece, with photos."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="checks")
    conform = models.BooleanField()
    defects = models.JSONField(default=list)
    photos = models.JSONField(default=list)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()


class Measurement(models.Model):
    """One dimension of a piece, by one gauge, against its limits (included)."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="measurements")
    name = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=5)
    unit = models.CharField(max_length=12)
    lower = models.DecimalField(max_digits=14, decimal_places=5, null=True)
    upper = models.DecimalField(max_digits=14, decimal_places=5, null=True)
    gauge = models.CharField(max_length=40)
    conform = models.BooleanField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.UUIDField()
    corrected = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering = ["at"]


class Scan(models.Model):
    """A scan of a piece beside its nominal: who sent it, against which tolerance, what came out."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="scans")
    file = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    # The exchange file it is compared with, and what people call it.
    nominal = models.CharField(max_length=64)
    nominal_name = models.CharField(max_length=200)
    gauge = models.CharField(max_length=40)
    lower = models.DecimalField(max_digits=14, decimal_places=5)
    upper = models.DecimalField(max_digits=14, decimal_places=5)
    zones = models.JSONField(default=list)
    # waiting → within, out, unknown (not seen enough, ambiguous) or refused by the kernel
    state = models.CharField(max_length=12, default="waiting")
    answer = models.JSONField(default=dict)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
