"""The dossiers: one for each order, from its seal to the files handed over."""

from django.db import models

SEALED, FILED = "sealed", "filed"


class Dossier(models.Model):
    """What proves an order. Open as long as there is no row: sealing makes it, filing adds its two files."""

    code = models.CharField(max_length=60, unique=True)
    order = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, default=SEALED)
    sealed_by = models.CharField(max_length=40)
    sealed_at = models.DateTimeField()
    sealed_event = models.UUIDField()
    # Known once filed: the number of the sealing fact, and the signed head of the chain that stands on it.
    sealed_seq = models.BigIntegerField(null=True)
    checkpoint = models.TextField(blank=True)
    pdf_digest = models.CharField(max_length=64, blank=True)
    bundle_digest = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=64, blank=True)
    filed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sealed_at"]

    @property
    def ref(self) -> str:
        return f"dossier:{self.code}"


class DossierFact(models.Model):
    """A fact that a sealed dossier tells in full: from then on it is never corrected."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="facts")
    event = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "dossier"], name="one_fact_once_per_dossier")]
