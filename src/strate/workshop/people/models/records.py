"""What lets a person act: three separate records, and the demands that name them."""

from django.db import models

from strate.workshop.people.models.who import Person


class Authorisation(models.Model):
    """The employer's decision that a person may: a machine, a material, a zone, power-on, a licence."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorisations")
    kind = models.CharField(max_length=30)
    scope = models.CharField(max_length=120, blank=True)
    granted_on = models.DateField()
    expires_on = models.DateField(null=True)
    suspended = models.BooleanField(default=False)
    # Ended for good: nobody reinstates it.
    withdrawn = models.BooleanField(default=False)
    # In training: counts only while this person holds the same themselves, without anybody over them.
    under = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="supervises")
    reason = models.CharField(max_length=200, blank=True)
    granted_by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "scope"], name="authorisation_by_person")]


class OperatorQualification(models.Model):
    """Somebody was tested on a machine model with a material: theory, practice, sight (ISO/ASTM 52942, 52926).

    Machine model, material and process are its essential variables: another one is another qualification.
    Of the sight test only the date is kept, never its content.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="qualifications")
    scheme = models.CharField(max_length=40)
    edition = models.CharField(max_length=20, blank=True)
    process = models.CharField(max_length=20)
    machine_model = models.CharField(max_length=80)
    material = models.CharField(max_length=60)
    abilities = models.JSONField(default=list)
    theory_on = models.DateField(null=True)
    theory_examiner = models.CharField(max_length=120, blank=True)
    practice_on = models.DateField(null=True)
    practice_examiner = models.CharField(max_length=120, blank=True)
    vision_on = models.DateField(null=True)
    issued_on = models.DateField()
    expires_on = models.DateField()
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    disqualified_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    granted_by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["person", "machine_model"], name="qualification_by_person")]

    @property
    def ref(self) -> str:
        return f"person:{self.person_id}"


class Certification(models.Model):
    """A certificate somebody holds: a CQPM awarded here, or one known from elsewhere with its proof."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certifications")
    reference = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    # Empty: the whole of it; else the block that was awarded.
    block = models.CharField(max_length=40, blank=True)
    body = models.CharField(max_length=160)
    number = models.CharField(max_length=80, blank=True)
    awarded_on = models.DateField()
    expires_on = models.DateField(null=True)
    awarded_here = models.BooleanField(default=False)
    proof = models.CharField(max_length=64, blank=True)
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    granted_by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["person", "reference"], name="certification_by_person")]


class Demand(models.Model):
    """What the site asks of whoever does an act: a record of one of the three sorts, and why.

    Empty machine model or material: whatever it is. `kind` and `scope` name an authorisation; abilities name what
    a qualification must cover; `scope` names the certificate.
    """

    act = models.CharField(max_length=40)
    machine = models.CharField(max_length=80, blank=True)
    material = models.CharField(max_length=60, blank=True)
    record = models.CharField(max_length=20)
    kind = models.CharField(max_length=30, blank=True)
    scope = models.CharField(max_length=120, blank=True)
    ability = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200)
    since = models.DateField()
    retired = models.BooleanField(default=False)
    set_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["act", "machine", "material", "pk"]

    @property
    def ref(self) -> str:
        return f"demand:{self.pk}"
