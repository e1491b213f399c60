"""What the machines say: the latest value of each signal, and every batch as it came."""

from django.db import models


class SignalNow(models.Model):
    """The latest value of a signal of a machine. Not a fact: it is overwritten by the next one."""

    machine = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    quality = models.CharField(max_length=12, default="good")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "name"], name="one_value_per_signal")]


class SignalBatch(models.Model):
    """A batch of signals as the gateway sent it, compressed; its digest can be a fact; kept once."""

    machine = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    first = models.BigIntegerField()
    count = models.PositiveIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "machine", "first"], name="one_batch_once")]
        indexes = [models.Index(fields=["machine", "from_at"], name="batch_by_machine")]


class SpoolMark(models.Model):
    """Up to which number each gateway's spool has been kept, for each machine: what comes again is known."""

    source = models.CharField(max_length=80)
    machine = models.CharField(max_length=40)
    next = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "machine"], name="one_mark_per_spool")]
