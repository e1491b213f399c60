"""The ledger beside the balances: every place, every lot, what does not agree; the last movements of the house."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import show
from strate.workshop.feedstock import queries, shown

PAGE = 50


@signed_in
def audit(request: HttpRequest) -> HttpResponse:
    """Added up by the database at each look: nothing here is remembered."""
    found = queries.audit()
    gaps = [
        {
            "place": shown.place(place),
            "lot": lot,
            "stored_mg": stored,
            "ledger_mg": ledger,
            "gap_mg": stored - ledger,
        }
        for (place, lot), (stored, ledger) in found.gaps.items()
    ]
    lines = Paginator(queries.movements().order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "feedstock/audit.html",
        audit=found,
        gaps=gaps,
        page=lines,
        lines=[shown.movement(line) for line in lines],
    )
