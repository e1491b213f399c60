"""What is made, and the files that machines read to make it."""

from django.db import models


class Part(models.Model):
    """Something that is made, by its drawing number."""

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    customer = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]

    @property
    def ref(self) -> str:
        return f"part:{self.code}"


class ExchangeFile(models.Model):
    """An exchange file of a revision of a part, the verdict of the geometry kernel and who approved it."""

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="files")
    revision = models.CharField(max_length=20)
    # verified → approved → retired; or refused by the kernel.
    state = models.CharField(max_length=12, default="verified")
    verdict = models.JSONField(default=dict)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "revision", "digest"], name="one_file_once")]
        ordering = ["-added_at"]

    @property
    def ref(self) -> str:
        return f"file:{self.digest}"
