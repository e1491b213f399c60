"""The tables of the journal; triggers in the database refuse to change or delete their rows."""

from django.db import models


class Fact(models.Model):
    """Something that was done. `envelope` is the canonical text that was hashed; the columns only help to search."""

    seq = models.BigIntegerField()
    chain = models.CharField(max_length=64)
    event = models.UUIDField(unique=True)
    what = models.CharField(max_length=80)
    by = models.CharField(max_length=40, blank=True)
    station = models.CharField(max_length=80, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    corrects = models.UUIDField(null=True)
    envelope = models.TextField()
    link = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="fact_seq_is_gapless_key")]
        indexes = [
            models.Index(fields=["what", "seq"], name="fact_by_what"),
            models.Index(fields=["by", "seq"], name="fact_by_person"),
            # What one person did of one kind, latest first: a hundred thousand facts later, still at once.
            models.Index(fields=["by", "what", "seq"], name="fact_by_person_kind"),
            models.Index(fields=["corrects"], name="fact_by_corrected"),
        ]
        ordering = ["seq"]


class FactThing(models.Model):
    """Which things a fact speaks of, by their reference `kind:code`."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="things")
    ref = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["ref", "fact"], name="fact_by_thing")]


class ChainHead(models.Model):
    """The last link of a chain: locked last, by whoever is about to add to it."""

    chain = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField(default=0)
    link = models.CharField(max_length=64)


class Checkpoint(models.Model):
    """A signed head of the chain (how many facts, which last link): kept outside too, so that a cut tail shows."""

    chain = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    link = models.CharField(max_length=64)
    at = models.DateTimeField()
    why = models.CharField(max_length=40)
    jws = models.TextField()

    class Meta:
        ordering = ["seq", "pk"]


class Command(models.Model):
    """A command that was carried out, under the key its sender gave it: sent again, it is not done again."""

    key = models.CharField(max_length=80, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    by = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=list)
    at = models.DateTimeField()
