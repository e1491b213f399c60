"""Orders, and how many of their parts stand on which plate."""

from django.db import models
from django.db.models import F, Q


class Order(models.Model):
    """So many of a part for a date. The routing is kept as it was when the order was opened."""

    code = models.CharField(max_length=40, unique=True)
    customer = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=60)
    revision = models.CharField(max_length=20)
    file_digest = models.CharField(max_length=64, blank=True)
    quantity = models.PositiveIntegerField()
    due_on = models.DateField()
    priority = models.PositiveSmallIntegerField(default=2)
    routing = models.JSONField(default=dict)
    routing_code = models.CharField(max_length=40)
    routing_number = models.PositiveIntegerField()
    routing_digest = models.CharField(max_length=64)
    material = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="open")
    good = models.PositiveIntegerField(default=0)
    scrap = models.PositiveIntegerField(default=0)
    reserved = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    opened_by = models.CharField(max_length=40)
    opened_at = models.DateTimeField()

    class Meta:
        # The queue: urgent first, then due first, then came first; nothing in it moves by itself.
        ordering = ["priority", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=F("reserved")), name="no_more_on_plates_than_ordered"
            ),
        ]
        indexes = [models.Index(fields=["state", "priority", "due_on"], name="order_queue")]

    @property
    def ref(self) -> str:
        return f"order:{self.code}"

    @property
    def routing_name(self) -> str:
        return f"{self.routing_code} rev {self.routing_number}"


class Reservation(models.Model):
    """Parts of an order that stand on the plate of a build and are not counted yet."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reservations")
    build = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "build"], name="an_order_once_on_a_plate")]
        indexes = [models.Index(fields=["build"], name="reservation_by_build")]
