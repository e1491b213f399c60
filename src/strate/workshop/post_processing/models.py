"""What is done to the parts after the build."""

from django.db import models


class FurnaceCycle(models.Model):
    """One charge in one furnace: the recipe as the routing had it, and what the thermocouples said."""

    build = models.CharField(max_length=40)
    furnace = models.CharField(max_length=40)
    recipe = models.JSONField(default=dict)
    charged_by = models.CharField(max_length=40)
    charged_at = models.DateTimeField()
    soak_celsius = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    soak_min = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    highest_celsius = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    atmosphere = models.CharField(max_length=40, blank=True)
    quench_s = models.PositiveIntegerField(null=True)
    curve = models.CharField(max_length=64, blank=True)
    conform = models.BooleanField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["charged_at"]

    @property
    def ref(self) -> str:
        return f"cycle:{self.pk}"


class Finishing(models.Model):
    """Parts taken off their plate, supports removed, blasted: by whom, with what, with what is left of the plate."""

    build = models.CharField(max_length=40)
    operation = models.CharField(max_length=20)
    means = models.CharField(max_length=120, blank=True)
    plate = models.CharField(max_length=60, blank=True)
    plate_left_um = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["build", "operation"], name="one_finishing_of_a_kind")]
        ordering = ["at"]
