"""What every signed or dated row of this room holds: when, and the entry of the journal that says so."""

from django.db import models


class Dated(models.Model):
    """A row that one entry of the journal tells of."""

    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        abstract = True
        ordering = ["pk"]
