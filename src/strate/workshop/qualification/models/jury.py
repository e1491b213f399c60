"""The jury: its seats and their declarations, the cases before it, votes, decisions, minutes and what follows."""

from typing import Any

from django.db import models

from strate.workshop.qualification.models.candidate import CandidateFile
from strate.workshop.qualification.models.common import Dated
from strate.workshop.qualification.models.reference import Reference

# The states of a jury, in order.
CONVENED, SITTING, DELIBERATED, CLOSED, CALLED_OFF = (
    "convened",
    "sitting",
    "deliberated",
    "closed",
    "called_off",
)
OPEN_JURIES = (CONVENED, SITTING, DELIBERATED)
EMPLOYER, UNION = "employer", "union"
VALIDATED, NOT_VALIDATED, ABSTAINS = "validated", "not_validated", "abstains"
FILED, UPHELD, REJECTED = "filed", "upheld", "rejected"


class Jury(models.Model):
    """One sitting of a joint jury for one reference; `rules` are those in force when it was convened."""

    code = models.CharField(max_length=40, unique=True)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="juries")
    held_on = models.DateField(db_index=True)
    starts = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200)
    rules: Any = models.JSONField(default=dict)
    unions_asked_on = models.DateField()
    region_informed_on = models.DateField(null=True)
    state = models.CharField(max_length=12, default=CONVENED, db_index=True)
    convened_by = models.CharField(max_length=40)
    convened_at = models.DateTimeField()
    # The jury itself finds that the conditions of organisation and of admission were met (art. 55.3).
    conditions_met_at = models.DateTimeField(null=True)
    called_off_reason = models.TextField(blank=True)
    # The names in its minutes and letters have gone with time; pseudonyms and every digest stay.
    names_gone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-held_on", "-pk"]

    @property
    def ref(self) -> str:
        return f"jury:{self.code}"


class Seat(models.Model):
    """Who sits, for which side; an excused juror keeps their line, and whoever replaces them has another."""

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="seats")
    person = models.CharField(max_length=40, db_index=True)
    side = models.CharField(max_length=10)
    organisation = models.CharField(max_length=160)
    company = models.CharField(max_length=160, blank=True)
    chair = models.BooleanField(default=False)
    # An employee-juror's employer is told some days before, in writing.
    leave_needed = models.BooleanField(default=False)
    leave_noticed_on = models.DateField(null=True)
    invited_on = models.DateField()
    # Candidate number -> the tie the juror declares; an empty object signed is a declaration too.
    ties = models.JSONField(default=dict)
    declared_at = models.DateTimeField(null=True)
    present_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)
    excused_reason = models.TextField(blank=True)
    # Present, but unable to sign the minutes: who stated it, when and why (the reason stays in the room).
    unable_at = models.DateTimeField(null=True)
    unable_reason = models.TextField(blank=True)
    unable_told_by = models.CharField(max_length=40, blank=True)
    unable_source = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        ordering = ["jury", "side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jury", "person"], name="juror_once_per_jury"),
            models.UniqueConstraint(
                fields=["jury"],
                condition=models.Q(chair=True, excused_at=None),
                name="one_chair_per_jury",
            ),
        ]


class Case(models.Model):
    """One candidate's file before one jury: never before two at once."""

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="cases")
    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="cases")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["jury", "file__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=models.Q(withdrawn_at=None, decided_at=None),
                name="one_jury_at_a_time",
            ),
            models.UniqueConstraint(fields=["jury", "file"], name="case_once_per_jury"),
        ]


class Vote(models.Model):
    """One juror's voice on one competence of one candidate."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="votes")
    competence = models.CharField(max_length=20)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="votes")
    voice = models.CharField(max_length=14)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "competence", "seat"], name="one_voice_per_competence")
        ]


class Decision(models.Model):
    """What the jury decided of one competence: it alone decides; the commission's proposal stays beside it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    competence = models.CharField(max_length=20)
    outcome = models.CharField(max_length=14)
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    casting = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["competence"]
        constraints = [models.UniqueConstraint(fields=["case", "competence"], name="decided_once")]


class Minutes(models.Model):
    """The minutes of a jury, locked: `content` never changes, `sha256` covers it, members sign that digest."""

    jury = models.OneToOneField(Jury, on_delete=models.PROTECT, related_name="minutes")
    content: Any = models.JSONField()
    sha256 = models.CharField(max_length=64)
    locked_by = models.CharField(max_length=40)
    locked_at = models.DateTimeField()
    event = models.CharField(max_length=40)
    # The printed minutes, made once every member present has signed.
    document = models.CharField(max_length=64, blank=True)


class MinutesSignature(Dated):
    """A member present signs the minutes as they were locked."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="signatures")
    sha256 = models.CharField(max_length=64)

    class Meta(Dated.Meta):
        constraints = [models.UniqueConstraint(fields=["minutes", "seat"], name="minutes_signed_once")]


class Rectification(models.Model):
    """A dated act that corrects one place of the minutes; the minutes themselves stay as they were."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="rectifications")
    place = models.CharField(max_length=120)
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]


class Notification(models.Model):
    """The letter that tells a candidate what the jury decided, what is kept and until when."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="notification")
    content: Any = models.JSONField()
    sent_on = models.DateField()
    complaint_until = models.DateField()
    sent_by = models.CharField(max_length=40)
    document = models.CharField(max_length=64)
    event = models.CharField(max_length=40)


class Complaint(models.Model):
    """A candidate disputes a decision; somebody who took no part in it answers."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    grounds = models.TextField()
    filed_by = models.CharField(max_length=40)
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    reviewer = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, default=FILED)
    outcome = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state=FILED), name="one_open_complaint_per_case"
            )
        ]

    @property
    def ref(self) -> str:
        return f"complaint:{self.pk}"


class Transmission(models.Model):
    """What was sent to the joint technical group: composition, deliberation, documents, each by its digest."""

    jury = models.OneToOneField(Jury, on_delete=models.PROTECT, related_name="transmission")
    # The group's own receipt: the day, who received there, who noted it here.
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=160, blank=True)
    receipt_noted_by = models.CharField(max_length=40, blank=True)
    # Its control: it found the papers in order, or addressed remarks to the jury.
    control = models.CharField(max_length=12, blank=True)
    controlled_on = models.DateField(null=True)
    control_words = models.TextField(blank=True)
    control_noted_by = models.CharField(max_length=40, blank=True)
    content: Any = models.JSONField()
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=40)
    document = models.CharField(max_length=64)
    event = models.CharField(max_length=40)
