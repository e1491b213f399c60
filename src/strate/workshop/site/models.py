"""What the site has decided, and the places it is made of."""

from django.db import models


class Setting(models.Model):
    """One decision of the site: a key of the registry and its value as text."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.CharField(max_length=400, blank=True)


class Place(models.Model):
    """A place of the site: a hall, a room, a cabinet; some are fenced off (explosive dust, inert gas)."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    zone = models.CharField(max_length=20, default="none")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="inside")
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"place:{self.code}"
