"""Safety data sheets, documents to read, equipment confirmed, waste sorted."""

from django.db import models

from strate.workshop.safety import rules


class SafetySheet(models.Model):
    """One version of a supplier's safety data sheet: what matters on the floor, out of its 16 sections."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    supplier = models.CharField(max_length=120)
    product = models.CharField(max_length=160)
    material = models.CharField(max_length=60, db_index=True)
    language = models.CharField(max_length=2, default="fr")
    revision_date = models.DateField()
    digest = models.CharField(max_length=64, blank=True)
    un_number = models.CharField(max_length=10, blank=True)
    signal = models.CharField(max_length=10, blank=True)
    hazards = models.JSONField(default=list)
    precautions = models.JSONField(default=list)
    pictograms = models.JSONField(default=list)
    # Operation -> signs to wear, taken from section 8.
    ppe = models.JSONField(default=dict)
    first_aid = models.TextField(blank=True)
    extinguisher = models.TextField(blank=True)
    spill = models.TextField(blank=True)
    storage = models.TextField(blank=True)
    recycling = models.TextField(blank=True)
    disposal = models.TextField(blank=True)
    waste_stream = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, default=rules.DRAFT)
    typed_by = models.CharField(max_length=40)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    next_check = models.DateField(null=True)

    class Meta:
        ordering = ["material", "code", "-revision_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state=rules.REVIEWED), name="sheet_one_in_force"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"sheet:{self.code}"


class SheetRead(models.Model):
    """A person has read this version of a sheet; another version is read again."""

    sheet = models.ForeignKey(SafetySheet, on_delete=models.PROTECT, related_name="readings")
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="sheet_read_once")]


class ControlledDocument(models.Model):
    """One version of something to be read before work: a manual, a rule, a procedure, a drawing."""

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    digest = models.CharField(max_length=64, blank=True)
    summary = models.TextField(blank=True)
    roles = models.JSONField(default=list)
    machines = models.JSONField(default=list)
    in_force = models.BooleanField(default=True)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(in_force=True), name="document_one_in_force"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"document:{self.code}"


class DocumentRead(models.Model):
    """A person has read this version of a document."""

    document = models.ForeignKey(ControlledDocument, on_delete=models.PROTECT, related_name="readings")
    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="document_read_once")]


class PpeConfirmed(models.Model):
    """A person says they wear what the sheets ask for, for an operation at a place or machine."""

    person = models.CharField(max_length=40)
    operation = models.CharField(max_length=20)
    about = models.CharField(max_length=120, blank=True)
    items = models.JSONField(default=list)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["person", "operation", "about", "at"], name="ppe_by_person")]


class WasteContainer(models.Model):
    """A drum for one stream of waste; its waste code is the producer's choice, empty while not chosen."""

    code = models.CharField(max_length=60, unique=True)
    stream = models.CharField(max_length=30)
    waste_code = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=120, blank=True)
    mass_mg = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=rules.OPEN)
    opened_at = models.DateTimeField()
    collector = models.CharField(max_length=120, blank=True)
    tracking_note = models.CharField(max_length=60, blank=True)
    collected_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["stream", "code"]

    @property
    def ref(self) -> str:
        return f"drum:{self.code}"


class WasteEntry(models.Model):
    """A line of the waste register: what went in which drum, from which work."""

    container = models.ForeignKey(WasteContainer, on_delete=models.PROTECT, related_name="entries")
    stream = models.CharField(max_length=30)
    mass_mg = models.BigIntegerField()
    about = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about"], name="waste_by_work")]
