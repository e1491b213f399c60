"""What is awarded: certificates and their numbers, what was withdrawn, archives, and the layouts of the centre."""

from typing import Any

from django.db import models

from strate.workshop.qualification.models.candidate import CandidateFile

WHOLE, BLOCK, INTERNAL = "whole", "block", "internal"


class Award(models.Model):
    """One certificate: the CQPM, a block of it, or an attestation that is worth no CQPM (`internal`)."""

    number = models.CharField(max_length=40, unique=True)
    file = models.ForeignKey(CandidateFile, on_delete=models.PROTECT, related_name="awards")
    kind = models.CharField(max_length=10)
    # A block's identity; empty for the whole.
    scope = models.CharField(max_length=120, blank=True)
    competences = models.JSONField(default=list)
    # Minutes from which it follows, by their digest; nothing for an internal attestation.
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    issued_by = models.CharField(max_length=40)
    issuer = models.CharField(max_length=120)
    # Its place in the list of what was withdrawn.
    position = models.PositiveIntegerField(unique=True)
    credential: Any = models.JSONField()
    credential_sha256 = models.CharField(max_length=64)
    document = models.CharField(max_length=64)
    revoked_on = models.DateField(null=True)
    revoked_by = models.CharField(max_length=40, blank=True)
    revoked_reason = models.TextField(blank=True)
    # The name on its page has had its time: nobody opens the page any more, the credential (no name in it) stays.
    names_gone = models.BooleanField(default=False)
    event = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "kind", "scope"],
                condition=models.Q(revoked_on=None),
                name="one_certificate_of_a_kind",
            )
        ]

    @property
    def ref(self) -> str:
        return f"certificate:{self.number}"


class Archive(models.Model):
    """A candidate's folder as it was closed: its files, and the digest of the list of them."""

    file = models.OneToOneField(CandidateFile, on_delete=models.PROTECT, related_name="archive")
    digest = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    event = models.CharField(max_length=40)


class Layout(models.Model):
    """A layout the centre put in place of ours for one kind of document; the last one in force is used."""

    kind = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    in_force = models.BooleanField(default=True)
    put_by = models.CharField(max_length=40)
    put_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="layout_version_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(in_force=True), name="layout_one_in_force"
            ),
        ]


class IssuerKey(models.Model):
    """A public key the centre signs certificates with; the private half lies in the keys' folder."""

    did = models.CharField(max_length=80, unique=True)
    centre = models.CharField(max_length=160)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=models.Q(until=None), name="one_issuer_key_in_use"
            )
        ]
