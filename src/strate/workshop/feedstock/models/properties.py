"""What is known of a lot (measured, certified, predicted), and the limits each of these must keep."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from strate.workshop.feedstock.models.stock import Lot, Material


class ExactField(models.CharField):
    """A Decimal, kept as it was written, digit for digit: 0.20 stays 0.20 on every database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 40
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return Decimal(value) if value else None

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Decimal) or value in (None, "") else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in (None, "") else format(self.to_python(value), "f")


class LotProperty(models.Model):
    """One thing known of a lot: the oxygen on its certificate, the flow measured here. Never overwritten.

    `code` is a word of `rules.properties.VOCABULARY`, `value` stands in its canonical unit. A newer row of the
    same lot, code and basis supersedes an older one: `superseded_by` of the older names it.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="properties")
    code = models.CharField(max_length=40)
    value = ExactField(null=True)
    # "<" or ">" when only a bound is known: below what the method can see.
    bound = models.CharField(max_length=1, blank=True)
    # What is not a number: does_not_flow, yes, white...
    text = models.CharField(max_length=60, blank=True)
    # As it was written, with its unit: « 1300 ppm ».
    written = models.CharField(max_length=80, blank=True)
    method = models.CharField(max_length=80, blank=True)
    instrument = models.CharField(max_length=60, blank=True)
    sample = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=12)
    known_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    event = models.UUIDField()
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes", db_constraint=False
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["lot", "code"], name="property_by_lot"),
            models.Index(
                fields=["lot"], condition=Q(superseded_by__isnull=True), name="property_that_counts"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["certificate", "measured", "predicted"]), name="property_has_a_basis"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(text=""), name="property_says_something"
            ),
        ]


class PowderLimit(models.Model):
    """One line of a specification: what a property must keep, for a material, a machine model, a routing.

    '' as machine model or routing means any. Bounds are inclusive. A draft judges nothing; approving a line
    retires the line it replaces. Lifetimes are lines too (`shelf_life_open_d`, `hours_at_temperature`...).
    """

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="limits")
    machine_model = models.CharField(max_length=80, blank=True)
    routing = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40)
    low = ExactField(null=True)
    high = ExactField(null=True)
    # For what is not a number: drying `required`, flow `flows`...
    wanted = models.CharField(max_length=60, blank=True)
    # Whether a lot of which this is unknown may be released.
    required = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    since = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    authored_by = models.CharField(max_length=40, blank=True)
    authored_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=40, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["material_id", "code", "machine_model", "routing", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="limit_has_a_source"),
            models.UniqueConstraint(
                fields=["material", "machine_model", "routing", "code"],
                condition=Q(state="approved"),
                name="one_limit_in_force",
            ),
            models.UniqueConstraint(
                fields=["material", "machine_model", "routing", "code"],
                condition=Q(state="draft"),
                name="one_limit_in_draft",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"limit:{self.pk}"
