"""What the pages of a candidate's file share: finding it for whoever it concerns, and its way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of
from strate.workshop.journal.refusals import NotFound
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.wording import candidate as wording

LONGEST = 4000
FilePage = Callable[..., HttpResponse]


def of_a_file(*sides: str) -> Callable[[FilePage], FilePage]:
    """Decorator of a page of a file: for those who are one of these to it; for anybody else it does not exist."""

    def guarding(page: FilePage) -> FilePage:
        @signed_in
        @wraps(page)
        def guarded(request: HttpRequest, number: str, **more: Any) -> HttpResponse:
            try:
                found = files.file(number)
            except NotFound as unknown:
                raise Http404(number) from unknown
            mine = files.sides(found, actor_of(request))
            if not mine & set(sides or EVERY_SIDE):
                raise Http404(number)
            return page(request, found, mine, **more)

        return guarded

    return guarding


def typed(request: HttpRequest, name: str, longest: int = LONGEST) -> str:
    """A text as it was typed: a browser sends two signs for a line break and counts one."""
    return request.POST.get(name, "").replace("\r\n", "\n")[:longest]


EVERY_SIDE = (files.CENTRE_SIDE, files.CANDIDATE, files.MEMBER, files.COMPANY)


def heading(found: CandidateFile, mine: frozenset[str]) -> dict[str, Any]:
    """What the head of every page of a file shows."""
    title = found.block.title if found.block else found.reference.title
    return {
        "file": found,
        "mine": mine,
        "who": hooks.name_of(found.person),
        "title_of_file": title,
        "spoken": outline.of(found.reference).language,
        "state_word": wording.STATES[found.state],
        "status_word": wording.STATUSES[found.status],
        "way": way(found, mine),
    }


def way(found: CandidateFile, mine: frozenset[str]) -> list[dict[str, Any]]:
    """The pages of a file that are this person's, in the order of the campaign."""
    centre, member = files.CENTRE_SIDE in mine, files.MEMBER in mine
    candidate, company = files.CANDIDATE in mine, files.COMPANY in mine
    shown = [
        ("file", pgettext("candidate", "The file"), True),
        ("frame", _("Place and dates"), centre),
        ("modalities", _("Modalities"), centre),
        ("commission", _("Commission"), centre),
        ("evidence", _("Evidence"), (candidate or member) and found.collecting_from is not None),
        ("grids", _("Grids"), member or files.FORMER in mine),
        ("questions_asked", _("Questions"), member),
        (
            "report",
            pgettext("candidate", "Report"),
            (candidate or member or centre) and found.report_due is not None,
        ),
        ("opinion", _("Company's opinion"), (company or member) and found.status != "vae"),
        ("synthesis", _("Synthesis"), member or centre),
        ("result", _("Result of the jury"), (candidate or centre) and found.state in ("decided", "archived")),
    ]
    return [
        {"name": name, "label": label, "url": reverse(f"qualification:{name}", args=[found.number])}
        for name, label, visible in shown
        if visible
    ]
