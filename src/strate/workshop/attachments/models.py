"""The tables of what is attached: the files themselves lie in the data folder, under their digest."""

from django.db import models


class Attachment(models.Model):
    """A file kept once, whatever number of things it is attached to."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # A picture is kept without where it was taken: the digest of what was sent is noted.
    original_digest = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=40, blank=True)

    @property
    def ref(self) -> str:
        return f"file:{self.digest}"


class AttachmentUse(models.Model):
    """This file is about that thing."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="uses")
    about = models.CharField(max_length=120)
    caption = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "attachment"], name="attached_once")]
        ordering = ["pk"]
