"""The tables of what went wrong, to whom it was told, and who those are."""

from django.db import models

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"


class Anomaly(models.Model):
    """Something that is not as it should be, seen by somebody, on one or more things."""

    kind = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    severity = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=OPEN)
    recipient = models.CharField(max_length=40)
    reported_by = models.CharField(max_length=40, blank=True)
    reported_at = models.DateTimeField()
    station = models.CharField(max_length=80, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "recipient"], name="anomaly_by_recipient")]
        ordering = ["-pk"]

    @property
    def number(self) -> str:
        return f"A-{self.pk}"

    @property
    def ref(self) -> str:
        return f"anomaly:{self.number}"


class AnomalyThing(models.Model):
    """A thing an anomaly is about."""

    anomaly = models.ForeignKey(Anomaly, on_delete=models.PROTECT, related_name="things")
    ref = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["ref", "anomaly"], name="anomaly_by_thing")]


class Recipient(models.Model):
    """Who receives anomalies, as the site decided: roles here, or somebody outside reached by these roles."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    contact = models.CharField(max_length=200, blank=True)
    closed = models.BooleanField(default=False)


class RecipientRule(models.Model):
    """To whom the site sends one kind of anomaly, when it decided otherwise than the catalogue."""

    kind = models.CharField(max_length=60, primary_key=True)
    recipient = models.CharField(max_length=40)
