"""Reading parts and their exchange files."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from strate.workshop.journal.refusals import NotFound
from strate.workshop.parts import rules
from strate.workshop.parts.models import ExchangeFile, Part


def part(code: str) -> Part:
    """A part by its code or reference."""
    found = Part.objects.filter(code=code.removeprefix("part:")).first()
    if not found:
        raise NotFound("no_such_part", part=code)
    return found


def parts(text: str = "") -> QuerySet[Part]:
    """The parts, by drawing number; the text is looked for in number, title and customer."""
    found = Part.objects.prefetch_related(Prefetch("files", ExchangeFile.objects.defer("verdict")))
    where = Q(code__icontains=text) | Q(title__icontains=text) | Q(customer__icontains=text)
    return found.filter(where) if text else found


def files(part_code: str) -> list[ExchangeFile]:
    """The exchange files of a part, latest first."""
    found = ExchangeFile.objects.filter(part__code=part_code.removeprefix("part:")).select_related("part")
    return list(found.order_by("-added_at", "-pk"))


def file(digest: str, *, part: str = "", revision: str = "") -> ExchangeFile:
    """An exchange file by its digest (and part and revision when the same file serves several)."""
    return _one(ExchangeFile.objects.select_related("part"), digest, part, revision)


def file_for_update(digest: str, *, part: str = "", revision: str = "") -> ExchangeFile:
    """The same inside an act: nobody else decides about it meanwhile."""
    return _one(
        ExchangeFile.objects.select_related("part").select_for_update(of=("self",)), digest, part, revision
    )


def _one(among: QuerySet[ExchangeFile], digest: str, part: str, revision: str) -> ExchangeFile:
    found = among.filter(digest=digest.removeprefix("file:"))
    found = found.filter(part__code=part.removeprefix("part:")) if part else found
    found = found.filter(revision=revision) if revision else found
    first = found.first()
    if not first:
        raise NotFound("no_such_exchange_file", file=digest[:12])
    return first


def approved_file(part_code: str, revision: str) -> ExchangeFile | None:
    """The file to be made for this revision of a part, when there is one."""
    found = ExchangeFile.objects.filter(part__code=part_code.removeprefix("part:"), revision=revision)
    first = found.filter(state=rules.APPROVED).select_related("part").first()
    return first if first and rules.may_be_printed(first.verdict, first.digest) else None


def measures(file_: ExchangeFile) -> dict[str, Any]:
    """What the kernel measured, or an empty dict for a refused file."""
    return dict(file_.verdict) if file_.state != rules.REFUSED else {}
