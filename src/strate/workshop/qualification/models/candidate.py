"""A candidate's file: who, for what, by which modalities, judged by whom, and what the commission proposes."""

import secrets

from django.db import models

from strate.workshop.qualification.models.common import Dated
from strate.workshop.qualification.models.reference import Block, Reference

# The states of a file, in order. From `commission_concluded` on, the jury's half of the room moves it.
REGISTERED, MODALITIES, SIGNED, COLLECTING = "registered", "modalities", "signed", "collecting"
EVALUATED, COMMISSION_CONCLUDED, JURY = "evaluated", "commission_concluded", "jury"
DECIDED, ARCHIVED, CANCELLED = "decided", "archived", "cancelled"
STATES = (
    REGISTERED,
    MODALITIES,
    SIGNED,
    COLLECTING,
    EVALUATED,
    COMMISSION_CONCLUDED,
    JURY,
    DECIDED,
    ARCHIVED,
)
EMPLOYEE, VAE, JOB_SEEKER, OTHER = "employee", "vae", "job_seeker", "other"
PROPOSED_ACQUIRED, PROPOSED_NOT_ACQUIRED = "proposed_acquired", "proposed_not_acquired"
# No I, L, O, 0 or 1: a number is read aloud and copied by hand.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_number() -> str:
    """What a candidate is called before the jury: it says nothing of them."""
    return "C-" + "".join(secrets.choice(LETTERS) for _ in range(6))


class CandidateFile(models.Model):
    """A person registered for a whole certificate (`block` empty) or for one block of it."""

    number = models.CharField(max_length=20, unique=True, default=new_number)
    person = models.CharField(max_length=40, db_index=True)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="files")
    block = models.ForeignKey(Block, null=True, on_delete=models.PROTECT, related_name="files")
    status = models.CharField(max_length=12, default=EMPLOYEE)
    centre = models.CharField(max_length=160)
    company = models.CharField(max_length=160, blank=True)
    # Who signs for the company and gives its opinion: tutor, line manager, functional manager.
    company_person = models.CharField(max_length=40, blank=True)
    company_capacity = models.CharField(max_length=30, blank=True)
    place = models.CharField(max_length=200, blank=True)
    place_kind = models.CharField(max_length=30, blank=True)
    evaluation_from = models.DateField(null=True)
    evaluation_to = models.DateField(null=True)
    report_due = models.DateTimeField(null=True)
    report_due_source = models.CharField(max_length=400, blank=True)
    # Shown to those who evaluate, never to the jury.
    accommodations = models.TextField(blank=True)
    state = models.CharField(max_length=24, default=REGISTERED, db_index=True)
    registered_by = models.CharField(max_length=40)
    registered_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    # The candidate was told and said so: from here on signed work may count, and not before.
    collecting_from = models.DateTimeField(null=True)
    collecting_from_seq = models.BigIntegerField(null=True)
    concluded_at = models.DateTimeField(null=True)
    # Said to those the file concerns, and forgotten with its words: the journal keeps its digest only.
    cancelled_reason = models.TextField(blank=True)
    # Its words have gone with time or with its person; what was signed and every digest is there.
    forgotten = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)
    # Competence -> until when: held from earlier juries at registration, and therefore not evaluated again.
    kept = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "reference"],
                condition=models.Q(block=None) & ~models.Q(state__in=(DECIDED, ARCHIVED, CANCELLED)),
                name="one_open_file_per_person",
            ),
            models.UniqueConstraint(
                fields=["person", "reference", "block"],
                condition=~models.Q(state__in=(DECIDED, ARCHIVED, CANCELLED)),
                name="one_open_file_per_block",
            ),
        ]

    @property
    def ref(self) -> str:
        return f"candidate:{self.number}"


class FileSignature(Dated):
    """The centre, the company or (in its absence) the candidate signed the file as it stood: `digest` says how."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=12)
    person = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    class Meta(Dated.Meta):
        constraints = [models.UniqueConstraint(fields=["file", "side"], name="file_signed_once_per_side")]


class Modality(models.Model):
    """How one competence is evaluated: in real work, by presented projects, or both."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="modalities")
    competence = models.CharField(max_length=20)
    modes = models.JSONField(default=list)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "competence"], name="modality_once")]


class Applicability(models.Model):
    """Whether a conditional criterion (or condition) holds for this candidate: decided before, with its reason."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="applicability")
    target = models.CharField(max_length=20)
    applies = models.BooleanField()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "target"], name="applicability_once")]


class CommissionMember(models.Model):
    """Somebody who evaluates this candidate, and what qualifies them to."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="members")
    person = models.CharField(max_length=40, db_index=True)
    qualified_by = models.TextField()
    # Left the commission: what they wrote stays.
    left_at = models.DateTimeField(null=True)
    left_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="member_once_per_file")]


class Proposal(Dated):
    """What the commission proposes for one competence. It decides nothing: only the jury does."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="proposals")
    competence = models.CharField(max_length=20)
    outcome = models.CharField(max_length=24)
    reasons = models.TextField(blank=True)
    by = models.CharField(max_length=40)

    class Meta:
        ordering = ["competence"]
        constraints = [models.UniqueConstraint(fields=["file", "competence"], name="proposal_once")]
