"""Reading parts and their exchange files."""

from typing import Any

from django.db.models import QuerySet

from strate.workshop.journal.refusals import NotFound
from strate.workshop.parts.models import ExchangeFile, Part


def part(code: str) -> Part:
    """A part by its code or reference."""
    found = Part.objects.filter(code=code.removeprefix("part:")).first()
    if not found:
        raise NotFound("no_such_part", part=code)
    return found


def parts(text: str = "") -> QuerySet[Part]:
    found = Part.objects.prefetch_related("files")
    return found.filter(code__icontains=text) | found.filter(title__icontains=text) if text else found


def file(digest: str, *, part: str = "", revision: str = "") -> ExchangeFile:
    """An exchange file by its digest (and part and revision when the same file serves several)."""
    found = ExchangeFile.objects.select_related("part").filter(digest=digest.removeprefix("file:"))
    found = found.filter(part__code=part.removeprefix("part:")) if part else found
    found = found.filter(revision=revision) if revision else found
    first = found.first()
    if not first:
        raise NotFound("no_such_file", file=digest[:12])
    return first


def approved_file(part_code: str, revision: str) -> ExchangeFile | None:
    """The file to be made for this revision of a part, when there is one."""
    found = ExchangeFile.objects.filter(part__code=part_code.removeprefix("part:"), revision=revision)
    return found.filter(state="approved").select_related("part").first()


def measures(file_: ExchangeFile) -> dict[str, Any]:
    """What the kernel measured, or an empty dict for a refused file."""
    return dict(file_.verdict) if file_.state != "refused" else {}
