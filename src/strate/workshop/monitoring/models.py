"""One row for each layer of a build."""

from django.db import models


class LayerRecord(models.Model):
    """A layer as it was made: when, under which air and heat, and what happened in it. `seen` is false for a gap."""

    build = models.CharField(max_length=40)
    layer = models.PositiveIntegerField()
    closed_at = models.DateTimeField()
    seconds = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    # fine, interrupted, suspected, decided, unseen
    state = models.CharField(max_length=12, default="fine")
    oxygen_ppm = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    plate_celsius = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    gas_flow_m_s = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    filter_pressure_mbar = models.DecimalField(max_digits=8, decimal_places=3, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["build", "layer"], name="one_record_per_layer")]
        ordering = ["layer"]
