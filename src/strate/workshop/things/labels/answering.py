"""What a page answers when labels are printed: the PDF, in the language and on the date of the reader."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from strate.workshop.doors import fonts
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.site import queries as site
from strate.workshop.things.labels.printing import SIZES, Label, press_labels
from strate.workshop.things.registry import labels_of


def pdf_of(refs: list[str], size: str, *, skip: int = 0) -> HttpResponse:
    """What any room answers when labels of its things are printed."""
    if size not in SIZES:
        raise Http404(size)
    try:
        told = labels_of(refs)
    except NotFound as unknown:
        raise Http404("ref") from unknown
    # The month in letters: nobody takes a day for a month on paper.
    today = date_format(timezone.localtime(clock.now()), "j N Y")
    made = [
        Label(ref, title, lines, status, signs, f"{site.value('name')} · {today}"[:40])
        for ref, (title, lines, status, signs) in told.items()
    ]
    pdf = press_labels(
        made,
        size=size,
        title=gettext("Labels"),
        at=clock.now(),
        lang=get_language() or "fr",
        font_paths=fonts.folders(),
        skip=min(skip, SIZES[size].on_a_page - 1),
    )
    headers = {"Content-Disposition": f'inline; filename="etiquettes-{size}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
