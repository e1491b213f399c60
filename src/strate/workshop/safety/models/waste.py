"""Drums of waste and what went in them."""

from django.db import models

from strate.workshop.safety import rules


class WasteContainer(models.Model):
    """A drum for one stream of waste; its waste code is the producer's choice, empty while not chosen."""

    code = models.CharField(max_length=60, unique=True)
    stream = models.CharField(max_length=30)
    waste_code = models.CharField(max_length=10, blank=True)
    code_chosen_by = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)
    mass_mg = models.BigIntegerField(default=0)
    capacity_mg = models.BigIntegerField(null=True)
    # What may share this drum: the group of its first metal; wet once something wet went in.
    group = models.CharField(max_length=60, blank=True)
    wet = models.BooleanField(default=False)
    reactive = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=rules.OPEN)
    opened_at = models.DateTimeField()
    stored_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=40, blank=True)
    full_told = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)
    collector = models.CharField(max_length=120, blank=True)
    destination = models.CharField(max_length=160, blank=True)
    tracking_note = models.CharField(max_length=60, blank=True)
    collected_mass_mg = models.BigIntegerField(null=True)
    collected_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["stream", "code"]

    @property
    def ref(self) -> str:
        return f"drum:{self.code}"


class WasteEntry(models.Model):
    """A line of the waste register: what went in which drum, from which work."""

    container = models.ForeignKey(WasteContainer, on_delete=models.PROTECT, related_name="entries")
    stream = models.CharField(max_length=30)
    mass_mg = models.BigIntegerField()
    material = models.CharField(max_length=60, blank=True)
    lot = models.CharField(max_length=120, blank=True)
    wet = models.BooleanField(default=False)
    about = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["about"], name="waste_by_work"),
            models.Index(fields=["at"], name="waste_by_day"),
        ]
