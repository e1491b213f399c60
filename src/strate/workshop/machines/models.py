"""Machines and peripherals, the tools and consumables fitted on them, and what they are told to do."""

from django.db import models


class Machine(models.Model):
    """A printer or a peripheral (sieve, furnace, depowdering station, saw, scale...), with its label."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, default="printer")
    family = models.CharField(max_length=20, default="metal")
    model = models.CharField(max_length=80, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=60, blank=True)
    # Build volume; 0 for a peripheral.
    width_mm = models.PositiveIntegerField(default=0)
    depth_mm = models.PositiveIntegerField(default=0)
    height_mm = models.PositiveIntegerField(default=0)
    # Which material it is clean for; changing it is a procedure of its own.
    material = models.CharField(max_length=40, blank=True)
    driver = models.CharField(max_length=20, blank=True)
    endpoint = models.CharField(max_length=200, blank=True)
    power = models.CharField(max_length=10, default="unknown")
    # Nothing is made on it: what is done there is a rehearsal, and stays one; said once, when it is entered.
    simulated = models.BooleanField(default=False)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "code"]

    @property
    def ref(self) -> str:
        return f"machine:{self.code}"


class Item(models.Model):
    """A tool or consumable with a label and a life: plate, recoater, filter, protective window, mesh."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    material = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, default="available")
    life_unit = models.CharField(max_length=20, blank=True)
    life_used = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    life_max = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    thickness_um = models.PositiveIntegerField(null=True)
    fitted_on = models.ForeignKey(Machine, null=True, on_delete=models.PROTECT, related_name="items")

    class Meta:
        ordering = ["kind", "code"]

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.code}"


class MachineCommand(models.Model):
    """Something a machine is told to do, fetched by its gateway, answered once."""

    id = models.UUIDField(primary_key=True)
    machine = models.ForeignKey(Machine, on_delete=models.PROTECT, related_name="commands")
    verb = models.CharField(max_length=30)
    args = models.JSONField(default=dict)
    about = models.CharField(max_length=120, blank=True)
    ordered_by = models.CharField(max_length=40, blank=True)
    ordered_at = models.DateTimeField()
    # What sets a machine in motion is not obeyed after this.
    expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default="waiting")
    result = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["machine", "state", "ordered_at"], name="command_waiting")]
