"""The pages after the build: the furnace, the plate, the supports."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.attachments.pages import kept
from strate.workshop.builds import queries as builds
from strate.workshop.builds.queries import Build
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.machines import queries as hall
from strate.workshop.post_processing import actions, forms, queries, rules, shown, wording


def _build(code: str) -> Build:
    try:
        return builds.build(code)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def after(request: HttpRequest, code: str) -> HttpResponse:
    """What the routing asks of the parts after the build, and what is done."""
    found = _build(code)
    wanted, done = queries.wanted(found), queries.finishings(found.code)
    operations = [
        (name, wording.FINISHINGS[name], name in wanted, done.get(name)) for name in rules.FINISHINGS
    ]
    return show(
        request,
        "post_processing/after.html",
        **_furnace(found),
        operations=operations,
        missing=_missing(found),
    )


def _furnace(found: Build) -> dict[str, Any]:
    recipe = queries.recipe_of(found)
    cycles = queries.cycles(found.code)
    return {
        "build": found,
        "recipe": recipe,
        "highest_celsius": rules.highest_allowed(recipe) if recipe else None,
        "cycles": [(cycle, shown.curve_of(cycle)) for cycle in cycles],
        "waiting": next((cycle for cycle in cycles if not cycle.ended_at), None),
    }


def _missing(found: Build) -> list[dict[str, Any]]:
    return Outcome(done=False, reasons=queries.missing(found.code)).spoken


@signed_in
def charge(request: HttpRequest, code: str) -> HttpResponse:
    """Charge the parts into a furnace: which one, under which recipe."""
    found, outcome = _build(code), None
    if request.method == "POST":
        outcome = carry_out(
            request, actions.charge, build=found.code, furnace=request.POST.get("furnace", "")[:60]
        )
        if outcome.done:
            return redirect("post_processing:after", code=found.code)
    furnaces = [(oven, queries.in_furnace(oven.code)) for oven in hall.machines("furnace")]
    return show(request, "post_processing/charge.html", outcome=outcome, furnaces=furnaces, **_furnace(found))


@signed_in
def record(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write down what the furnace did, the recipe in sight; its recorder's file when there is one."""
    found, outcome = _build(code), None
    cycle = next((c for c in queries.cycles(found.code) if c.pk == number), None)
    if cycle is None:
        raise Http404
    initial = {"atmosphere": cycle.recipe.get("atmosphere", "")}
    form = forms.CycleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome = _recorded(request, number, form.cleaned_data)
        if outcome.done:
            return redirect("post_processing:after", code=found.code)
    low_high = _band(cycle.recipe)
    return show(
        request,
        "post_processing/record.html",
        outcome=outcome,
        form=form,
        cycle=cycle,
        band=low_high,
        **_furnace(found),
    )


def _recorded(request: HttpRequest, number: int, typed: dict[str, Any]) -> Outcome:
    try:
        files = kept(request, "curve")
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.record_cycle, cycle=number, curve=files[0] if files else "", **typed)


def _band(recipe: dict[str, Any]) -> dict[str, Any]:
    wanted, tolerance = (
        recipe.get("celsius"),
        recipe.get("tolerance_celsius") or rules.DEFAULT_TOLERANCE_CELSIUS,
    )
    if wanted is None:
        return {}
    middle, plus = rules.Decimal(str(wanted)), rules.Decimal(str(tolerance))
    return {"low": middle - plus, "high": middle + plus, "highest": rules.highest_allowed(recipe)}


@signed_in
def finish(request: HttpRequest, code: str, operation: str) -> HttpResponse:
    """One finishing: by what means; for the separation, what is left of the plate."""
    found, outcome = _build(code), None
    if operation not in rules.FINISHINGS:
        raise Http404
    means = queries.means_of(found, operation)
    form = forms.FinishForm(request.POST or None, initial={"means": means})
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.finish, build=found.code, operation=operation, **form.values())
        if outcome.done:
            return redirect("post_processing:after", code=found.code)
    word = wording.FINISHINGS[operation]
    plates = operation == "separation"
    return show(
        request,
        "post_processing/finish.html",
        outcome=outcome,
        form=form,
        build=found,
        word=word,
        plates=plates,
    )


app_name = "post_processing"
urlpatterns = [
    path("finition/<str:code>/", after, name="after"),
    path("finition/<str:code>/enfourner/", charge, name="charge"),
    path("finition/<str:code>/cycle/<int:number>/", record, name="record"),
    path("finition/<str:code>/<slug:operation>/", finish, name="finish"),
]
