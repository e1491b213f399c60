"""Routings and their versions; an approved version never changes."""

from django.db import models
from django.db.models import Q


class Routing(models.Model):
    """How something is made: a code and a title; what it says is in its versions."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"routing:{self.code}"


class RoutingVersion(models.Model):
    """One version of a routing: `content` is its typed JSON, `digest` the fingerprint of exactly that."""

    routing = models.ForeignKey(Routing, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="draft")
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=500, blank=True)
    # Everybody who wrote something in it: none of them may approve it.
    authors = models.JSONField(default=list)
    submitted_by = models.CharField(max_length=40, blank=True)
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["routing_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["routing", "number"], name="one_number_once_per_routing"),
            models.UniqueConstraint(
                fields=["routing"], condition=Q(state="approved"), name="one_approved_version_per_routing"
            ),
        ]

    @property
    def name(self) -> str:
        """As it is quoted: « G-BRACKET rev 2 »."""
        return f"{self.routing.code} rev {self.number}"

    @property
    def ref(self) -> str:
        return f"routing:{self.routing.code}/{self.number}"
