"""What is in stock, and everything about one lot."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, show
from strate.workshop.doors.speech import speak
from strate.workshop.feedstock import plugs, queries, shown, wording
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.pages.common import lot_or_404
from strate.workshop.people.roles import may
from strate.workshop.things.registry import Gesture

PAGE = 50


@signed_in
def lots(request: HttpRequest) -> HttpResponse:
    """The lots, newest first, found by code, supplier lot or material."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "etat", "matiere")}
    found = queries.lots(text=asked["q"], state=asked["etat"], material_code=asked["matiere"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "feedstock/lots.html",
        page=page,
        rows=[{"lot": each, "state": shown.state(each)} for each in page],
        asked=asked,
        states=[(code, word) for code, (word, _look) in wording.LOT_STATES.items()],
        materials=queries.materials(),
        may_receive=may(actor_of(request), "feedstock.receive"),
        may_announce=may(actor_of(request), "feedstock.announce"),
    )


@signed_in
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """One lot: what it is, how much is left and where, who released it, what can be done with it now."""
    each = lot_or_404(code)
    gestures = plugs.gestures_of(each)
    ledger = [shown.movement(line) for line in queries.movements(lot_code=code).order_by("-pk")[:100]]
    parents = [] if each.origin == "supplier" else list(queries.composition(code).items())
    return show(
        request,
        "feedstock/lot.html",
        lot=each,
        state=shown.state(each),
        on_hand_mg=queries.on_hand_mg(code),
        portions=[(shown.place(p.place), p.mass_mg) for p in queries.portions_of(code)],
        people={
            name: speak("by", getattr(each, name)) for name in ("received_by", "checked_by", "released_by")
        },
        next=gestures[0] if gestures else None,
        others=gestures[1:] + _others(request, each),
        held=queries.held(each.ref),
        ledger=ledger,
        parents=parents,
    )


def _others(request: HttpRequest, each: Lot) -> list[Gesture]:
    """Rarer gestures, offered to those who may."""
    by = actor_of(request)
    offered = [
        ("open_lot", _("Open it"), each.state == "released", "feedstock.open_lot"),
        ("weigh_again", _("Weigh it again"), each.state not in {"announced"}, "feedstock.weigh_again"),
        (
            "reject",
            _("Reject it"),
            each.state not in {"announced", "rejected", "exhausted"},
            "feedstock.reject",
        ),
    ]
    return [
        Gesture(word, reverse(f"feedstock:{page}", args=[each.code]))
        for page, word, possible, right in offered
        if possible and may(by, right)
    ]
