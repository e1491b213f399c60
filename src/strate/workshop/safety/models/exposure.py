"""What the air holds: exposure worked out from measurements, and the limits it is judged on."""

from django.db import models


class Divisors(models.Model):
    """The limits of the silica index from a date on, as the site took them from the text in force."""

    valid_from = models.DateField(unique=True)
    inhalable = models.DecimalField(max_digits=8, decimal_places=4)
    quartz = models.DecimalField(max_digits=8, decimal_places=4)
    cristobalite = models.DecimalField(max_digits=8, decimal_places=4)
    tridymite = models.DecimalField(max_digits=8, decimal_places=4)
    source = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-valid_from"]


class Exposure(models.Model):
    """A measurement of the air or of a dust, with what was worked out of it and by which limits."""

    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=120, blank=True)
    inputs = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    result = models.CharField(max_length=40)
    verdict = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True)
    measured_on = models.DateField()
    by = models.CharField(max_length=40)
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["place", "kind"], name="exposure_by_place")]
