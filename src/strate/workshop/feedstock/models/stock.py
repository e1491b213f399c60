"""Materials, lots, containers, what each place holds, and the ledger of every gram."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from strate.workshop.feedstock.rules import ONE, Share

WIDTH = 44


class ShareField(models.CharField):
    """A `Share`, kept as zero-padded digits: exact on every database, and sorted like the number it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = WIDTH
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Share | None:
        return None if value is None else Share(int(value))

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Share) or value is None else Share(int(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(self.to_python(value).units).zfill(WIDTH)


class Material(models.Model):
    """A feedstock as the shop calls it: alloy, polymer or sand, with its densities and its mesh."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    family = models.CharField(max_length=20)
    density_g_cm3 = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    bulk_density_g_cm3 = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    sieve_um = models.PositiveIntegerField(null=True)
    # Carcinogenic, mutagenic or toxic to reproduction: unknown until the safety data sheet was read.
    cmr = models.CharField(max_length=10, default="unknown")
    source = models.CharField(max_length=200, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"material:{self.code}"


class Lot(models.Model):
    """Powder that is the same throughout: one supplier lot, or what came out of one machine after one build.

    Its make-up never changes after it is made; what happens to powder makes another lot of it.
    """

    code = models.CharField(max_length=40, unique=True)
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="lots")
    origin = models.CharField(max_length=12, default="supplier")
    supplier = models.CharField(max_length=120, blank=True)
    supplier_lot = models.CharField(max_length=80, blank=True)
    heat = models.CharField(max_length=80, blank=True)
    # The file of the certificate, by its digest; its number and type (EN 10204: 2.1, 2.2, 3.1, 3.2).
    certificate = models.CharField(max_length=64, blank=True)
    certificate_number = models.CharField(max_length=80, blank=True)
    certificate_type = models.CharField(max_length=12, blank=True)
    # The supplier's product: what its safety data sheet is about.
    product = models.CharField(max_length=160, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    # How it was made (`rules.properties.MAKING`), under which gas, when; its colour; how its seal came.
    making = models.CharField(max_length=24, blank=True)
    gas = models.CharField(max_length=40, blank=True)
    made_on = models.DateField(null=True)
    colour = models.CharField(max_length=40, blank=True)
    seal = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=12)
    announced_mass_mg = models.BigIntegerField(null=True)
    received_mass_mg = models.BigIntegerField(null=True)
    used_share = ShareField(default=Share)
    age_max = models.PositiveIntegerField(default=0)
    age_mean = ShareField(default=Share)
    # Mean hours spent at the temperature of a build, by mass.
    hours_mean = ShareField(default=Share)
    mesh_um = models.PositiveIntegerField(null=True)
    build = models.CharField(max_length=120, blank=True)
    expires_on = models.DateField(null=True)
    received_by = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "material"], name="lot_by_state"),
            models.Index(fields=["supplier_lot"], name="lot_by_supplier_lot"),
        ]

    @property
    def ref(self) -> str:
        return f"lot:{self.code}"

    @property
    def virgin(self) -> bool:
        return self.used_share.units == 0

    @property
    def all_used(self) -> bool:
        return bool(self.used_share.units == ONE)


class PowderContainer(models.Model):
    """A drum, a bottle, a bag, a silo, a hopper, a machine bin: with a label; its portions tell what it holds.

    Whatever its kind it is `container:CODE` in the ledger. `inside` is where it stands for good: the reference
    of another container (a bottle in its rack) or of a machine (the bin of a machine).
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, default="drum")
    place = models.CharField(max_length=60, blank=True)
    inside = models.CharField(max_length=120, blank=True)
    tare_mg = models.BigIntegerField(null=True)
    capacity_mg = models.BigIntegerField(null=True)
    # The material it is clean for ('' when it never held any); changing it is a gesture of its own.
    material = models.CharField(max_length=40, blank=True)
    seal = models.CharField(max_length=12, blank=True)
    since = models.DateTimeField(null=True)
    retired = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "retired"], name="container_by_kind")]

    @property
    def ref(self) -> str:
        return f"container:{self.code}"


class PowderPortion(models.Model):
    """How much of a lot a place holds: a container, a silo, a machine. The ledger must agree."""

    place = models.CharField(max_length=120)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="portions")
    mass_mg = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "lot"], name="one_portion_of_a_lot_by_place"),
            models.CheckConstraint(condition=Q(mass_mg__gte=0), name="no_portion_weighs_less_than_nothing"),
        ]


class PowderMovement(models.Model):
    """One line of the ledger: this mass of `lot` left `source` and entered `target` as `becomes`.

    A container, a machine or a silo holds portions; everything else is outside the stock: supplier, build,
    waste, sample, lost. The family tree of powder is the lines where `becomes` is set.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="movements")
    becomes = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="made_by")
    source = models.CharField(max_length=120)
    target = models.CharField(max_length=120)
    mass_mg = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    build = models.CharField(max_length=120, blank=True)
    event = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)
    # With what it was done, in which air; unknown stays empty.
    tool = models.CharField(max_length=120, blank=True)
    temperature_celsius = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    humidity_percent = models.DecimalField(max_digits=9, decimal_places=3, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(becomes__isnull=True) | ~Q(becomes=F("lot")), name="no_lot_is_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(mass_mg__gt=0), name="a_movement_moves_something"),
            models.CheckConstraint(
                condition=~Q(source=F("target")) | Q(becomes__isnull=False), name="a_movement_goes_somewhere"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "lot"], name="movement_by_source"),
            models.Index(fields=["target", "lot"], name="movement_by_target"),
            models.Index(fields=["build"], name="movement_by_build"),
            # The family tree is read both ways without opening a line, and caught up with by its facts.
            models.Index(
                fields=["becomes", "lot", "mass_mg"],
                name="movement_made_from",
                condition=Q(becomes__isnull=False),
            ),
            models.Index(
                fields=["lot", "becomes"], name="movement_made_into", condition=Q(becomes__isnull=False)
            ),
            models.Index(fields=["event"], name="movement_by_event"),
        ]
