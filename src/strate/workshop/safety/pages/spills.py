"""The pages of spills: told in three taps, followed, recorded, closed by HSE."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.holds import queries as holds
from strate.workshop.people import queries as people
from strate.workshop.people.roles import may
from strate.workshop.safety import actions, queries, registry, rules, wording
from strate.workshop.safety.forms import RecordForm
from strate.workshop.safety.pages.common import kilograms, or_404, places, turned, ways
from strate.workshop.safety.queries import Spill
from strate.workshop.things import registry as things

SPILLABLE = ("lot", "container", "silo", "hopper", "bin", "build", "machine", "material")
OFFERED = 8


@signed_in
def report(request: HttpRequest) -> HttpResponse:
    """« Spill! »: what, where, how much; already filled from what was scanned or what is in hand."""
    offered = _offered(request)
    chosen = request.POST.getlist("about") if request.method == "POST" else [ref for ref, _t in offered[:1]]
    outcome = None
    if request.method == "POST":
        outcome = _report(request, [*chosen, request.POST.get("scanned", "").strip()])
        if outcome.done and isinstance(outcome.result, Spill):
            return _onwards(outcome.result)
        if outcome.done:
            return redirect("safety:spills")
    place = request.POST.get("place") or _place_of([*chosen, *(ref for ref, _title in offered)])
    return show(
        request,
        "safety/spill_report.html",
        outcome=outcome,
        typed=request.POST,
        offered=offered,
        chosen=chosen,
        places=places(),
        place=place,
        sizes=wording.SPILL_SIZES.items(),
        dangers=wording.SPILL_DANGERS.items(),
        **_seen(request),
        **_alarm(request, chosen, place),
    )


@signed_in
@require_POST
def orders(request: HttpRequest) -> HttpResponse:
    """What to do now, read again each time a box is ticked: nothing is kept."""
    return show(
        request,
        "safety/_spill_alarm.html",
        **_alarm(request, request.POST.getlist("about"), request.POST.get("place", "")),
    )


def _seen(request: HttpRequest) -> dict[str, Any]:
    """How much, and what else was told: as ticked."""
    told = request.POST.getlist("danger")
    size = "large" if request.POST.get("size") == "large" else "small"
    return {"size": size, "told": [each for each in rules.DANGERS if each in told]}


def _alarm(request: HttpRequest, refs: list[str], place: str) -> dict[str, Any]:
    """What to do, by what is ticked and what was scanned, as far as it is known."""
    scanned = request.POST.get("scanned", "").strip()
    found = [thing.ref for thing in things.matching(scanned)] if scanned else []
    seen = _seen(request)
    known = [ref for ref in dict.fromkeys([*refs, *found]) if ref]
    alarm = queries.alarm(known, place=place[:120], size=seen["size"], dangers=seen["told"])
    inside = [hooks.name_of(person) for person in alarm.inside]
    return {"alarm": alarm, "inside": inside, "urgent": bool(seen["told"])}


def _report(request: HttpRequest, refs: list[str]) -> Outcome:
    about = [ref for ref in refs if ref]
    seen = _seen(request)
    place = request.POST.get("place", "")[:120]
    return carry_out(request, _told, about=about, place=place, size=seen["size"], dangers=seen["told"])


def _told(*, about: list[str], **values: Any) -> Spill:
    """What was scanned may be a bare code: it is found exactly, or refused."""
    return actions.report_spill(about=things.resolve(about), **values)


def _onwards(found: Spill) -> HttpResponse:
    """Straight to the guided gesture when there is one."""
    if found.run:
        return redirect(things.find(found.run).url)
    return redirect("safety:spill", code=found.code)


def _offered(request: HttpRequest) -> list[tuple[str, str]]:
    """The things most likely spilt: those named, those of the page one comes from, those in hand; the powder first."""
    named = [*request.GET.getlist("about"), *_of_page(request.GET.get("from", ""))]
    refs = [*named, *registry.in_hand(actor_of(request))]
    powders = [m.lot for ref in refs for m in registry.matters_of([ref]) if m.lot]
    found: dict[str, str] = {}
    for ref in [*_lots_first(named), *powders, *refs]:
        if ref.partition(":")[0] in SPILLABLE and ref not in found:
            found[ref] = hooks.title_of(ref)
    return list(found.items())[:OFFERED]


def _lots_first(refs: list[str]) -> list[str]:
    """On the page of a build, its powder was spilt, not the build."""
    return [m.lot for ref in refs for m in registry.matters_of([ref]) if m.lot and ref != m.lot] or refs


def _of_page(path: str) -> list[str]:
    """What a page is about: the codes in its address that name a thing that can be spilt."""
    path = path.partition("?")[0]
    try:
        match = resolve(path) if path.startswith("/") else None
    except Resolver404:
        match = None
    codes = [str(value) for value in match.kwargs.values()] if match else []
    found = [thing.ref for code in codes for thing in things.matching(code)]
    return [ref for ref in found if ref.partition(":")[0] in SPILLABLE]


def _place_of(refs: list[str]) -> str:
    return next((place for ref in refs if (place := registry.place_of(ref))), "")


@signed_in
def spills(request: HttpRequest) -> HttpResponse:
    """Every spill, those under way first."""
    page = turned(request, queries.spills(under_way_first=True))
    rows = [_row(s) for s in page]
    return show(request, "safety/spills.html", rows=rows, page=page, ways=ways(request, "spills"))


def _row(found: Spill) -> dict[str, Any]:
    return {
        "spill": found,
        "pressing": found.state != rules.SETTLED,
        "state": wording.SPILL_STATES[found.state],
        "what": ", ".join(hooks.title_of(ref) for ref in queries.touched_by(found))
        or found.material
        or _("unknown matter"),
        "place": queries.places_titles().get(found.place, found.place),
        "who": hooks.name_of(found.reported_by),
    }


@signed_in
def spill(request: HttpRequest, code: str, outcome: Outcome | None = None, form: Any = None) -> HttpResponse:
    """One spill: where it stands, its record, HSE's conclusion."""
    found = or_404(queries.spill, code)
    actor = actor_of(request)
    stream = queries.spill_stream(found) or rules.SPILT_STREAM
    group = found.material if "," not in found.material else ""
    touched = queries.touched_by(found)
    held = [h for h in holds.on(*touched) if h.origin in (found.ref, found.anomaly, found.run)]
    return show(
        request,
        "safety/spill.html",
        outcome=outcome,
        **_row(found),
        form=form or RecordForm(people=_people(found), initial=_initial(request, found)),
        orders=queries.orders_said(found.orders),
        run_url=things.find(found.run).url if found.run else "",
        anomaly=anomalies.one(found.anomaly) if found.anomaly else None,
        held=[{"hold": h, "title": hooks.title_of(h.about)} for h in held],
        persons=[hooks.name_of(p) for p in found.persons],
        cause=wording.SPILL_CAUSES.get(found.cause, ""),
        drums=queries.drums_for(stream, group)[:4],
        stream=wording.STREAMS[stream],
        reviewer=hooks.name_of(found.reviewed_by) if found.reviewed_by else "",
        may_settle=may(actor, "safety.settle_spill") and found.state != rules.SETTLED,
        may_record=found.state != rules.SETTLED,
        new_drum=f"{reverse('safety:new_drum')}?{urlencode({'stream': stream})}",
    )


def _people(found: Spill) -> list[tuple[str, str]]:
    """Who may have been there: everybody who works here, whoever reported it first."""
    known = [(p.pk, p.name) for p in people.people()[:100]]
    return sorted(known, key=lambda row: (row[0] != found.reported_by, row[1]))


def _initial(request: HttpRequest, found: Spill) -> dict[str, Any]:
    kg = kilograms(found.mass_mg) if found.mass_mg is not None else ""
    persons = found.persons or [found.reported_by]
    return {"mass": kg, "cause": found.cause, "cause_said": found.cause_said, "persons": persons}


@signed_in
@require_POST
def record(request: HttpRequest, code: str) -> HttpResponse:
    """The record of a spill."""
    found = or_404(queries.spill, code)
    form = RecordForm(request.POST, people=_people(found))
    if not form.is_valid():
        return spill(request, code, None, form)
    given = dict(form.cleaned_data)
    given |= {"mass_mg": given.pop("mass"), "estimated": not given.pop("weighed")}
    outcome = carry_out(request, actions.record_spill, spill=found.code, **given)
    return redirect("safety:spill", code=found.code) if outcome.done else spill(request, code, outcome, form)


@signed_in
@require_POST
def settle(request: HttpRequest, code: str) -> HttpResponse:
    """HSE's conclusion, signed."""
    found = or_404(queries.spill, code)
    conclusion = request.POST.get("conclusion", "")
    outcome = carry_out(request, actions.settle_spill, signed=True, spill=found.code, conclusion=conclusion)
    return redirect("safety:spill", code=found.code) if outcome.done else spill(request, code, outcome)
