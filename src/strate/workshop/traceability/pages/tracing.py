"""Where matter comes from and where it went: one page, both ways, with what is written on every thing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, show
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.people.roles import may
from strate.workshop.things import registry
from strate.workshop.things.registry import Thing
from strate.workshop.traceability import queries, shown
from strate.workshop.traceability.queries import recall, tree

BOTH, BACK, FORTH = "deux", "amont", "aval"
# How large the drawing is: as wide as the page, in its own size, larger.
SIZES = {"page": 0, "100": 100, "150": 150}


@require_safe
@signed_in
def trace(request: HttpRequest, ref: str) -> HttpResponse:
    """Anything made of powder or holding some: what it is made of, what was made of it."""
    thing = thing_or_404(ref)
    behind = queries.builds_behind(thing.ref)
    if thing.ref.startswith(("order:", "part:")):
        if len(behind) == 1:
            return redirect("traceability:trace", ref=behind[0])
        builds = [registry.find(each) for each in behind]
        return show(request, "traceability/which.html", thing=thing, builds=builds)
    try:
        return show(request, "traceability/trace.html", thing=thing, **_told(request, thing))
    except NotFound as unknown:
        raise Http404(ref) from unknown
    except Refused as refused:
        outcome = Outcome(done=False, reasons=list(refused.reasons))
        return show(request, "traceability/which.html", outcome=outcome, thing=thing, builds=[])


def _told(request: HttpRequest, thing: Thing) -> dict[str, Any]:
    asked = _asked(request)
    of, by = queries.subject(thing.ref), actor_of(request)
    back = tree.backward(of) if asked["sens"] != FORTH else None
    forth = tree.forward(of) if asked["sens"] != BACK else None
    drawing = shown.drawing(of, back, forth)
    size = SIZES[asked["taille"]]
    return {
        "of": of,
        "kind": registry.kinds()[of.kind].label,
        "asked": asked,
        "filtered": bool(asked["q"] or asked["bloques"] == "1"),
        "drawing": drawing,
        "shown_width": drawing.width * size // 100 if size else 0,
        "worth": shown.worth(of, back),
        "tables": shown.tables(of, back, forth, text=asked["q"], held=asked["bloques"] == "1"),
        "may_recall": of.kind == "lot" and may(by, "traceability.recall"),
        "recalls": recall.recalls(thing.ref.removeprefix("lot:")) if of.kind == "lot" else [],
    }


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filters, as they stand in the address."""
    asked = {name: request.GET.get(name, "").strip() for name in ("sens", "q", "bloques", "taille")}
    asked["sens"] = asked["sens"] if asked["sens"] in (BOTH, BACK, FORTH) else BOTH
    asked["taille"] = asked["taille"] if asked["taille"] in SIZES else "100"
    return asked


def thing_or_404(ref: str) -> Thing:
    try:
        return registry.find(ref)
    except NotFound as unknown:
        if ref.startswith("build:") and queries.only_in_the_ledger(ref):
            return Thing(ref, ref.removeprefix("build:"))
        raise Http404(ref) from unknown
