"""What happened to powder between two movements: samples, drying, contamination, limits passed over, tools."""

from django.db import models
from django.db.models import Q

from strate.workshop.feedstock.models.stock import Lot


class PowderSample(models.Model):
    """Some grams taken from a lot to be measured; a measurement names it as `sample:CODE`."""

    code = models.CharField(max_length=60, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="samples")
    place = models.CharField(max_length=120)
    mass_mg = models.BigIntegerField()
    purpose = models.CharField(max_length=200, blank=True)
    taken_by = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    event = models.UUIDField()

    class Meta:
        ordering = ["-pk"]

    @property
    def ref(self) -> str:
        return f"sample:{self.code}"


class Drying(models.Model):
    """One time a container of powder was in an oven; open until it is weighed again, and not poured meanwhile."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="dryings")
    place = models.CharField(max_length=120)
    oven = models.CharField(max_length=120, blank=True)
    set_celsius = models.DecimalField(max_digits=9, decimal_places=2)
    atmosphere = models.CharField(max_length=40, blank=True)
    before_mg = models.BigIntegerField()
    after_mg = models.BigIntegerField(null=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_at__isnull=True), name="one_oven_at_a_time"
            )
        ]


class Carried(models.Model):
    """The material a machine, sieve, oven, vacuum or tool holds traces of; another needs a change of material."""

    about = models.CharField(max_length=120, unique=True)
    material = models.CharField(max_length=40)
    since = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    run = models.CharField(max_length=120, blank=True)


class Contamination(models.Model):
    """Why a lot is contaminated, where it lay, and what it comes from (a spill, a torn mesh)."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="contaminations")
    place = models.CharField(max_length=120, blank=True)
    mass_mg = models.BigIntegerField()
    cause = models.CharField(max_length=400)
    origin = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]


class PassedOver(models.Model):
    """A limit passed over by somebody with the right, with the reason they signed: shown for ever where it counts."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="passed_over")
    place = models.CharField(max_length=120)
    build = models.CharField(max_length=120, blank=True)
    codes = models.JSONField(default=list)
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.UUIDField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["build"], name="passed_over_by_build")]
