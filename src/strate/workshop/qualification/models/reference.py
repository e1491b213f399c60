"""What a certificate asks for: references by version, shared blocks, what the centre decides, questions."""

from typing import Any

from django.db import models

from strate.workshop.qualification.models.common import Dated

DRAFT, APPROVED, REPLACED = "draft", "approved", "replaced"
EXAMPLE, WITHDRAWN = "example", "withdrawn"


class Reference(models.Model):
    """One version of a reference. Once approved its content never changes: `digest` covers every word of it."""

    code = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=240)
    kind = models.CharField(max_length=20, default="CQPM")
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    # Counts the changes of a draft, so that two people never write over each other.
    edition = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=DRAFT)
    typed_by = models.CharField(max_length=40)
    typed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="reference_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(state=APPROVED), name="reference_one_in_force"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"reference:{self.code}/{self.version}"


class Block(models.Model):
    """A block of competences of the branch: it belongs to no certificate, several may name it.

    `identity` never changes; `code` is null while its source does not give one (`literal` is what it says instead).
    """

    identity = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=40, null=True, unique=True)
    literal = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=240)

    class Meta:
        ordering = ["identity"]

    @property
    def ref(self) -> str:
        return f"block:{self.identity}"


class BlockInReference(models.Model):
    """A version of a reference names a block, under its own short name (B1) and in its own order."""

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="blocks")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="uses")
    name = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "block"], name="block_once_in_reference"),
            models.UniqueConstraint(fields=["reference", "name"], name="block_name_once_in_reference"),
        ]


class CentreValue(models.Model):
    """What the source leaves blank and the centre decided, with where it takes it from; the last one counts."""

    key = models.CharField(max_length=60)
    # A reference code, a block's identity, or nothing: for all of them.
    about = models.CharField(max_length=120, blank=True)
    value: Any = models.JSONField()
    source = models.CharField(max_length=400)
    # Why it was decided so, or changed.
    reason = models.TextField(blank=True)
    set_by = models.CharField(max_length=40)
    set_at = models.DateTimeField()
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["key", "about", "-pk"]
        indexes = [models.Index(fields=["key", "about", "-id"], name="centre_value_last")]


class EvidenceMap(Dated):
    """How far signed work goes for each criterion of a reference, as this site decided; the last one counts."""

    reference = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta:
        ordering = ["reference", "-pk"]
        indexes = [models.Index(fields=["reference", "-id"], name="evidence_map_last")]


class Question(models.Model):
    """A question of the bank, tied to what is to be known; an example is not asked before somebody approved it."""

    code = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=80)
    # The knowledge item (B1.N2), or a criterion.
    about = models.CharField(max_length=20)
    text = models.TextField()
    expected = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=DRAFT)
    typed_by = models.CharField(max_length=40)
    approved_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["reference", "about", "code"]
        indexes = [models.Index(fields=["reference", "about", "state"], name="question_by_knowledge")]

    @property
    def ref(self) -> str:
        return f"question:{self.code}"
