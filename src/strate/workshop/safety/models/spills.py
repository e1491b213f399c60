"""An accidental release: what, where, how much, who was there, why; closed by HSE."""

from django.db import models

from strate.workshop.safety import rules


class Spill(models.Model):
    """Powder, sand or binder that got where it should not be."""

    material = models.CharField(max_length=60, blank=True)
    product = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    size = models.CharField(max_length=10)
    # What the sheet said at that moment: fire class, agents, never, damp cleaning.
    orders = models.JSONField(default=dict)
    mass_mg = models.BigIntegerField(null=True)
    estimated = models.BooleanField(default=True)
    persons = models.JSONField(default=list)
    cause = models.CharField(max_length=20, blank=True)
    cause_said = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=rules.SPILT, db_index=True)
    run = models.CharField(max_length=60, blank=True)
    anomaly = models.CharField(max_length=60, blank=True)
    drum = models.CharField(max_length=60, blank=True)
    reported_by = models.CharField(max_length=40)
    reported_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    @property
    def code(self) -> str:
        return f"DA-{self.pk}"

    @property
    def ref(self) -> str:
        return f"spill:{self.code}"


class SpillThing(models.Model):
    """A thing the spill touched: a lot, a container, a machine."""

    spill = models.ForeignKey(Spill, on_delete=models.PROTECT, related_name="things")
    ref = models.CharField(max_length=120, db_index=True)
    contaminated = models.BooleanField(default=False)
