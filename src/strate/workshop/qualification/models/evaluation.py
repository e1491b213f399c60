"""What is looked at and written down: evidence, grids, questions, reports, presentations, the company's opinion."""

from django.db import models

from strate.workshop.qualification.models.candidate import CandidateFile
from strate.workshop.qualification.models.common import Dated
from strate.workshop.qualification.models.reference import Question

# A grid that reached the house after the commission had concluded is kept, and never counted.
GRID_DRAFT, GRID_SIGNED, GRID_LATE = "draft", "signed", "late"


class EvidenceNote(models.Model):
    """What the candidate says of a piece of evidence: a comment, a withdrawal; or a piece they add themselves.

    A fact of the journal is evidence without any row here; `event` is empty for a piece that is not a fact.
    """

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="evidence_notes")
    key = models.CharField(max_length=64)
    event = models.CharField(max_length=40, blank=True)
    # Criteria the candidate ties it to, besides those of the map.
    targets = models.JSONField(default=list)
    title = models.CharField(max_length=240, blank=True)
    comment = models.TextField(blank=True)
    attachment = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    happened_on = models.DateField(null=True)
    added = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="evidence_once_per_file")]


class Grid(models.Model):
    """What one assessor saw of one competence of one candidate; `version` counts its savings."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="grids")
    competence = models.CharField(max_length=20)
    assessor = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=8, default=GRID_DRAFT)
    version = models.PositiveIntegerField(default=0)
    remarks = models.TextField(blank=True)
    observed_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    event = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["competence", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "competence", "assessor"],
                condition=~models.Q(state=GRID_LATE),
                name="one_grid_per_assessor",
            )
        ]

    @property
    def ref(self) -> str:
        return f"grid:{self.pk}"


class GridRow(models.Model):
    """What the assessor found of one condition, criterion, part of a criterion or expected result."""

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="rows")
    target = models.CharField(max_length=20)
    finding = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["grid", "target"], name="grid_row_once")]


class GridEvidence(models.Model):
    """A piece of evidence an assessor cites in a row: its digest stays even when the candidate withdraws it."""

    row = models.ForeignKey(GridRow, on_delete=models.CASCADE, related_name="evidence")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["row", "key"], name="evidence_once_per_row")]
        indexes = [models.Index(fields=["key"], name="citations_of_evidence")]


class QuestionAsked(Dated):
    """A question put to the candidate and what they answered, word for word as typed."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="questions")
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="asked")
    about = models.CharField(max_length=20)
    competence = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    answer = models.TextField()
    verdict = models.CharField(max_length=16)
    by = models.CharField(max_length=40)


class Report(models.Model):
    """The candidate's report as the centre received it, to the second, against its deadline."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="reports")
    receipt = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=240)
    attachment = models.CharField(max_length=64)
    attachment_name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    # A late report waits for the centre: taken or not, with its reason.
    accepted = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_reason = models.TextField(blank=True)
    sent_by = models.CharField(max_length=40)
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]

    @property
    def ref(self) -> str:
        return f"report:{self.receipt}"


class Presentation(Dated):
    """The candidate presented projects to members of the commission."""

    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="presentations")
    competences = models.JSONField(default=list)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    members = models.JSONField(default=list)
    minutes = models.TextField(blank=True)
    by = models.CharField(max_length=40)


class CompanyOpinion(Dated):
    """What the company thinks of the candidate, activity by activity: an opinion, not an evaluation."""

    file = models.OneToOneField(CandidateFile, on_delete=models.PROTECT, related_name="opinion")
    by = models.CharField(max_length=40)
    capacity = models.CharField(max_length=30)
    # Activity -> {"opinion": ..., "text": ...}
    activities = models.JSONField(default=dict)
