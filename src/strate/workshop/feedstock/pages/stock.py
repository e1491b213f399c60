"""What is in stock, and everything about one lot."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, show
from strate.workshop.doors.speech import mass, speak
from strate.workshop.feedstock import plugs, queries, rules, shown, wording
from strate.workshop.feedstock.gestures import offered
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.pages.common import lot_or_404
from strate.workshop.feedstock.pages.door import certificate_text
from strate.workshop.feedstock.rules import properties
from strate.workshop.people.roles import may
from strate.workshop.things import registry as things
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
        may_certify=may(actor_of(request), "feedstock.certify"),
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
        facts=identity(each),
        labels=urlencode([("ref", c.ref) for c, _mass in queries.containers_of(code)] or [("ref", each.ref)]),
        **_matter(request, each),
        next=gestures[0] if gestures else None,
        others=[
            *gestures[1:],
            *offered(each, actor_of(request)),
            *_others(request, each),
            *things.gestures(each.ref, actor_of(request)),
        ],
        happened=shown.happened(each),
        held=queries.held(each.ref),
        concerned=_concerned(each),
        ledger=ledger,
        parents=parents,
    )


def _concerned(each: Lot) -> dict[str, Any]:
    """What is wrong with its family: what it is made of that is stopped; stopped itself, what was made of it."""
    above = queries.held_ancestors([each])
    below, count = queries.made_of(each) if queries.held(each.ref) else ([], 0)
    return {
        "above": [str(reason.values["ancestor"]).removeprefix("lot:") for reason in above],
        "below": [{"lot": lot, "state": shown.state(lot)} for lot in below],
        "count": count,
    }


def _matter(request: HttpRequest, each: Lot) -> dict[str, Any]:
    """What is known of it, and all that was ever written."""
    by = actor_of(request)
    known = queries.known_properties(each)
    limits = queries.limits_for(each.material.code)
    past = queries.property_history(each.code)[:200]
    rows = shown.property_rows(properties.verdicts(known, limits))
    limited = sorted((row for row in rows if row["state"] != "free"), key=lambda row: not row["stops"])
    return {
        "rows": limited,
        "free": [row for row in rows if row["state"] == "free"],
        "cmr": properties.is_cmr(known),
        "past": [shown.past_row(row) for row in past],
        "may_measure": may(by, "feedstock.measure"),
        "may_certify": may(by, "feedstock.certify"),
    }


def identity(each: Lot) -> list[tuple[str, str]]:
    """Who it is: what its label, its papers and its signatures say; what is not known is left out."""
    bought = each.origin == "supplier"
    coming = each.announced_mass_mg if each.state == rules.ANNOUNCED else None
    said = [
        (_("Announced"), mass(coming) if coming else ""),
        (_("Supplier"), each.supplier),
        (_("Supplier's lot"), each.supplier_lot),
        (_("Certificate"), certificate_text(each) if bought or each.certificate else ""),
        (_("Product"), each.product),
        (_("Heat number"), each.heat),
        (_("Purchase order"), each.order_number),
        (_("How it was made"), " · ".join(w for w in (_word(wording.MAKING, each.making), each.gas) if w)),
        (_("Made on"), speak("on", each.made_on) if each.made_on else ""),
        (_("Expires on"), speak("on", each.expires_on)),
        (_("Colour"), each.colour),
        (pgettext("powder", "Seal"), _word(wording.SEALS, each.seal)),
        (_("Mean age"), speak("value", each.age_mean.decimal.quantize(Decimal("0.01")))),
        (_("Sieved at (µm)"), speak("value", each.mesh_um) if each.mesh_um else ""),
        (_("Received by"), _signed(each, "received")),
        (_("Checked by"), _signed(each, "checked")),
        (_("Released by"), _signed(each, "released")),
    ]
    return [(word, value) for word, value in said if value]


def _signed(each: Lot, what: str) -> str:
    who, at = getattr(each, f"{what}_by"), getattr(each, f"{what}_at")
    return f"{speak('by', who)}, {speak('at', at)}" if who else ""


def _word(words: dict[str, Any], code: str) -> str:
    return str(words[code]) if code in words else ""


def _others(request: HttpRequest, each: Lot) -> list[Gesture]:
    """Rarer gestures, offered to those who may."""
    by = actor_of(request)
    offered = [
        ("open_lot", _("Open it"), each.state == "released", "feedstock.open_lot"),
        ("weigh_again", _("Weigh it again"), each.state not in {"announced"}, "feedstock.weigh_again"),
        (
            "reject",
            _("Reject it"),
            each.state not in {"announced", "rejected", "exhausted", "returned"},
            "feedstock.reject",
        ),
    ]
    return [
        Gesture(word, reverse(f"feedstock:{page}", args=[each.code]))
        for page, word, possible, right in offered
        if possible and may(by, right)
    ]
