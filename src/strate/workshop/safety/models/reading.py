"""Safety data sheets, documents to read, equipment confirmed."""

from django.db import models

from strate.workshop.safety import rules


class SafetySheet(models.Model):
    """One version of the safety data sheet of a supplier's product: what matters on the floor, of its 16 sections."""

    # The product's own code: several products may be the same material.
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
    # Section 3: substance, number, least and most mass percent, as written.
    composition = models.JSONField(default=list)
    # Operation -> signs to wear, taken from section 8.
    ppe = models.JSONField(default=dict)
    # Operation -> the same in words: « FFP3 or half-mask P3, long nitrile gloves ».
    ppe_words = models.JSONField(default=dict)
    first_aid = models.TextField(blank=True)
    extinguisher = models.TextField(blank=True)
    # Section 5 in a form that gestures can follow: A, B, C, D; what may be used, what must never be.
    fire_class = models.CharField(max_length=1, blank=True)
    agents = models.JSONField(default=list)
    never = models.JSONField(default=list)
    spill = models.TextField(blank=True)
    # Section 6: may what remains be cleaned damp; empty while the sheet does not say.
    damp_cleaning = models.CharField(max_length=3, blank=True)
    storage = models.TextField(blank=True)
    recycling = models.TextField(blank=True)
    disposal = models.TextField(blank=True)
    waste_stream = models.CharField(max_length=30, blank=True)
    # Which metals may share a drum: titanium, aluminium, iron... empty when the sheet's product is kept alone.
    waste_group = models.CharField(max_length=20, blank=True)
    # The other sections, by number, in the words of the sheet.
    sections = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=rules.DRAFT)
    typed_by = models.CharField(max_length=40)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    next_check = models.DateField(null=True)
    check_told_on = models.DateField(null=True)

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


class ProductOf(models.Model):
    """Which supplier's product a lot is: the sheet of that product speaks for it, not those of its cousins."""

    about = models.CharField(max_length=120, primary_key=True)
    product = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()


class Said(models.Model):
    """Something a person says of themselves, when, and the fact that keeps it."""

    person = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        abstract = True


class SheetRead(Said):
    """A person has read this version of a sheet; another version is read again."""

    sheet = models.ForeignKey(SafetySheet, on_delete=models.PROTECT, related_name="readings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="sheet_read_once")]
        indexes = [models.Index(fields=["person"], name="sheets_read_by")]


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
    materials = models.JSONField(default=list)
    operations = models.JSONField(default=list)
    in_force = models.BooleanField(default=True)
    read_before = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)

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


class DocumentRead(Said):
    """A person has read this version of a document."""

    document = models.ForeignKey(ControlledDocument, on_delete=models.PROTECT, related_name="readings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="document_read_once")]
        indexes = [models.Index(fields=["person"], name="documents_read_by")]


class PpeConfirmed(Said):
    """A person says they wear what the sheets ask for, for an operation at a place or machine."""

    operation = models.CharField(max_length=20)
    about = models.CharField(max_length=120, blank=True)
    items = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["person", "operation", "about", "at"], name="ppe_by_person")]
