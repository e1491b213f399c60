"""The pages of zones: who may go in, who is inside, the poster on the door, the equipment allowed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people import queries as people
from strate.workshop.people.roles import AUTHORISATIONS, may
from strate.workshop.safety import actions, queries, rules, wording
from strate.workshop.safety.forms import EquipmentForm, ZoneForm
from strate.workshop.safety.forms.fields import number
from strate.workshop.safety.pages.common import place_title, places, turned, ways
from strate.workshop.safety.queries import ZoneVisit


@signed_in
def zones(request: HttpRequest) -> HttpResponse:
    """The fenced places: what they are, and who is inside now."""
    titles = queries.places_titles()
    inside: dict[str, list[str]] = {}
    for visit in queries.inside():
        inside.setdefault(visit.place, []).append(hooks.name_of(visit.person))
    rows = [
        {
            "zone": z,
            "title": titles.get(z.place, z.place),
            "kinds": kinds(z),
            "inside": inside.get(z.place, []),
        }
        for z in queries.zones()
    ]
    others = [(c, t) for c, t in places() if c not in {r["zone"].place for r in rows}]
    may_describe = may(actor_of(request), "safety.describe_zone")
    context = {"rows": rows, "others": others, "may_describe": may_describe}
    equipment = [{"one": e, "place": titles.get(e.place, e.place)} for e in queries.equipment()]
    return show(request, "safety/zones.html", **context, equipment=equipment, ways=ways(request, "zones"))


def kinds(asked: rules.Conditions) -> list[tuple[Any, str]]:
    """What a place is, each with its sign."""
    return [(wording.ZONE_KINDS[k], wording.ZONE_SIGNS[k]) for k in asked.kinds]


def _conditions_or_404(place: str) -> rules.Conditions:
    found = queries.conditions(place)
    if place not in queries.places_titles():
        raise Http404
    return found


@signed_in
def zone(request: HttpRequest, place: str, outcome: Outcome | None = None) -> HttpResponse:
    """One place: what it asks, what I lack, go in, come out."""
    asked = _conditions_or_404(place)
    actor = actor_of(request)
    inside = queries.inside(asked.place)
    today = timezone.localdate(clock.now())
    lacking = Outcome(done=False, reasons=queries.paper_reasons(actor, asked, today)).spoken
    page = turned(request, queries.visits(asked.place))
    worn = queries.given_by(actor, asked.place, at=clock.now()).ppe_confirmed
    return show(
        request,
        "safety/zone.html",
        outcome=outcome,
        zone=asked,
        row=queries.zone_row(asked.place),
        heading=place_title(asked.place),
        kinds=kinds(asked),
        needs=[(AUTHORISATIONS.get(k, k), scope) for k, scope in asked.authorisations],
        lacking=lacking,
        ppe_worn=worn or not asked.ppe,
        inside=[_visit(v, asked) for v in inside],
        mine=any(v.person == actor.person for v in inside),
        colleagues=[(p.pk, p.name) for p in people.people()[:200] if p.pk != actor.person],
        typed=request.POST,
        page=page,
        visits=[_visit(v, asked) for v in page],
        equipment=queries.equipment(asked.place),
        may_describe=may(actor, "safety.describe_zone"),
        may_close=may(actor, "safety.close_visit"),
    )


def _visit(visit: ZoneVisit, asked: rules.Conditions) -> dict[str, Any]:
    late = visit.left_at is None and rules.overstayed(
        visit.entered_at, longest=asked.longest_stay, at=clock.now()
    )
    return {
        "visit": visit,
        "who": hooks.name_of(visit.person),
        "second": hooks.name_of(visit.second_person) if visit.second_person else "",
        "said_by": hooks.name_of(visit.left_said_by) if visit.left_said_by not in ("", visit.person) else "",
        "late": late,
    }


@signed_in
@require_POST
def cross(request: HttpRequest, place: str) -> HttpResponse:
    """Confirm the equipment, go in, or come out."""
    verb = request.POST.get("verb", "")
    if verb == "ppe":
        about = f"place:{queries.conditions(place).place}"
        materials = list(queries.conditions(place).materials)
        outcome = carry_out(
            request, actions.confirm_ppe, operation="powder", about=about, materials=materials
        )
    elif verb == "leave":
        outcome = carry_out(request, actions.leave_zone, place=place, person=request.POST.get("person", ""))
    else:
        oxygen = request.POST.get("oxygen_percent", "")
        outcome = carry_out(
            request, _enter, place=place, oxygen=oxygen, second=request.POST.get("second_person", "")
        )
    return redirect("safety:zone", place=place) if outcome.done else zone(request, place, outcome)


def _enter(*, oxygen: str, second: str, **values: Any) -> ZoneVisit:
    try:
        read = number(oxygen) if oxygen.strip() else None
    except ValidationError:
        raise RuleBroken("oxygen_not_understood", typed=oxygen[:20]) from None
    if read is not None and not 0 <= read <= 100:
        raise RuleBroken("oxygen_not_understood", typed=oxygen[:20])
    return actions.enter_zone(oxygen_percent=read, second_person=second, **values)


@signed_in
def describe(request: HttpRequest, place: str) -> HttpResponse:
    """HSE writes what a place asks (signed)."""
    before = _conditions_or_404(place)
    row = queries.zone_row(place)
    initial = {
        "kinds": before.kinds if before.place == place else (),
        "authorisations": "\n".join(f"{kind} {scope}" for kind, scope in before.authorisations),
        "documents": " ".join(before.documents),
        "materials": " ".join(before.materials),
        "ppe": before.ppe,
        "oxygen_min_percent": before.oxygen_min_percent,
        "second_person": before.second_person,
        "badge": before.badge,
        "longest_stay_min": int(before.longest_stay.total_seconds() // 60),
        "note": row.note if row else "",
        "source": before.source,
    }
    form, outcome = ZoneForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.describe_zone, signed=True, place=place, **form.cleaned_data)
        if outcome.done:
            return redirect("safety:zone", place=place)
    context = {"what": "zone", "signed": True, "subject": place_title(place)}
    return show(request, "safety/form.html", outcome=outcome, form=form, **context)


@signed_in
def new_equipment(request: HttpRequest) -> HttpResponse:
    """Declare a piece of equipment and its plate."""
    form = EquipmentForm(
        request.POST or None, places=places(), initial={"place": request.GET.get("place", "")}
    )
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.declare_equipment, **form.cleaned_data)
        if outcome.done:
            return redirect("safety:zones")
    return show(request, "safety/form.html", outcome=outcome, form=form, what="equipment")


@signed_in
def poster(request: HttpRequest, place: str) -> HttpResponse:
    """The sheet of paper on the door: what it is, what to wear, who may go in."""
    asked = _conditions_or_404(place)
    today = timezone.localdate(clock.now())
    named = [hooks.name_of(p) for p in queries.authorised_in(asked, today)]
    return show(
        request,
        "safety/poster.html",
        zone=asked,
        row=queries.zone_row(asked.place),
        heading=place_title(asked.place),
        kinds=kinds(asked),
        signs=list(dict.fromkeys(sign for _word, sign in kinds(asked))),
        flame=any(k.startswith("atex") for k in asked.kinds),
        cmr="cmr" in asked.kinds,
        named=named,
        today=today,
    )
