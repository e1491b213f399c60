"""The page of the air: three small calculators, and what they recorded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.people.roles import may
from strate.workshop.safety import actions, queries, wording
from strate.workshop.safety.forms import DivisorsForm, DustForm, OxygenForm, SilicaForm
from strate.workshop.safety.pages.common import places, turned, ways

VERBS: dict[str, Any] = {
    "silica": actions.record_silica,
    "room_oxygen": actions.record_room_oxygen,
    "dust_class": actions.record_dust_class,
    "divisors": actions.decide_divisors,
}


@signed_in
def exposure(request: HttpRequest) -> HttpResponse:
    """Silica, oxygen of a room, dust class: worked out by the limits of that day, recorded."""
    asked = request.POST.get("kind", "")
    forms = _forms(request, asked)
    outcome = None
    form = forms.get(asked)
    if request.method == "POST" and form is not None and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value is not None}
        outcome = carry_out(request, VERBS[asked], signed=asked == "divisors", **given)
        if outcome.done:
            return redirect("safety:exposure")
    page = turned(request, queries.exposures())
    titles = queries.places_titles()
    return show(
        request,
        "safety/exposure.html",
        outcome=outcome,
        silica=forms["silica"],
        room=forms["room_oxygen"],
        dust=forms["dust_class"],
        divisors=forms["divisors"],
        limits=queries.silica_limits(timezone.localdate(clock.now())),
        decided=queries.all_limits(),
        rows=[_row(e, titles) for e in page],
        page=page,
        open=asked,
        may_measure=may(actor_of(request), "safety.measure_exposure"),
        ways=ways(request, "exposure"),
    )


def _forms(request: HttpRequest, asked: str) -> dict[str, Any]:
    """The form that was sent is bound; the others are blank."""
    today = timezone.localdate(clock.now())

    def sent(kind: str) -> Any:
        return request.POST if request.method == "POST" and asked == kind else None

    where = {"places": places(), "initial": {"measured_on": today}}
    return {
        "silica": SilicaForm(sent("silica"), prefix=None, auto_id="silica_%s", **where),
        "room_oxygen": OxygenForm(sent("room_oxygen"), auto_id="room_%s", **where),
        "dust_class": DustForm(sent("dust_class"), auto_id="dust_%s", initial={"measured_on": today}),
        "divisors": DivisorsForm(sent("divisors"), auto_id="limits_%s"),
    }


def _row(found: Any, titles: Any) -> dict[str, Any]:
    oxygen = found.kind == "room_oxygen"
    return {
        "one": found,
        "kind": wording.EXPOSURES[found.kind],
        "what": titles.get(found.place, found.place) or found.about or "—",
        "unit": "%" if oxygen else "",
        "verdict": wording.VERDICTS.get(found.verdict, found.verdict),
        "who": hooks.name_of(found.by),
        "limits": found.limits,
        "inputs": list(found.inputs.items()),
    }
