"""The tables of what was told to whom, and who has read it."""

from django.db import models


class Notice(models.Model):
    """One thing to know. It is kept as a code and its values, and spoken in the language of who reads it."""

    about = models.CharField(max_length=120)
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    by = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="notice_by_thing")]
        ordering = ["-at", "-pk"]

    @property
    def ref(self) -> str:
        return f"notice:{self.pk}"


class NoticeTo(models.Model):
    """One of those it is meant for: `role:quality`, `person:p-…` or `station:…`."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="addressees")
    to = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["to", "notice"], name="notice_by_addressee")]


class NoticeRead(models.Model):
    """This person has seen it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    person = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="notice_read_once")]
