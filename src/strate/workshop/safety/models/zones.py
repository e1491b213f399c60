"""The fenced-off places: what they ask before a person goes in, who is inside, what equipment may stand there."""

from django.db import models


class Zone(models.Model):
    """What a place asks of whoever enters it, as HSE wrote it down."""

    place = models.CharField(max_length=40, unique=True)
    # atex_20, cmr, inert, restricted...: a place may be several at once.
    kinds = models.JSONField(default=list)
    # Pairs (kind, scope) of authorisations; documents by their code.
    authorisations = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    materials = models.JSONField(default=list)
    ppe = models.JSONField(default=list)
    oxygen_min_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    second_person = models.BooleanField(default=False)
    badge = models.BooleanField(default=False)
    longest_stay_min = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=200, blank=True)
    described_by = models.CharField(max_length=40)
    described_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]

    @property
    def ref(self) -> str:
        return f"place:{self.place}"


class ZoneVisit(models.Model):
    """Somebody is, or was, inside: the register of entries and exits."""

    place = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    oxygen_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    second_person = models.CharField(max_length=40, blank=True)
    ppe = models.JSONField(default=list)
    left_at = models.DateTimeField(null=True)
    left_said_by = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(null=True)
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "person"],
                condition=models.Q(left_at__isnull=True),
                name="inside_a_zone_once",
            )
        ]
        indexes = [models.Index(fields=["place", "left_at"], name="inside_now")]


class ZoneEquipment(models.Model):
    """A vacuum cleaner, a sieve, a lamp: what its plate says of explosive atmospheres, and where it stands."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    # The machine it is, when it is one; else it stands by its own label.
    machine = models.CharField(max_length=60, blank=True, db_index=True)
    category = models.CharField(max_length=4, blank=True)
    marking = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=40, blank=True, db_index=True)
    declared_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"equipment:{self.code}"
