"""After the build: open, weigh the powder back, close."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from strate.workshop.builds import actions, forms, powder, queries, shown
from strate.workshop.builds.models import Build
from strate.workshop.builds.pages.common import back, build_or_404, page
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, carry_out
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.telemetry import queries as telemetry


@signed_in
def open_chamber(request: HttpRequest, code: str) -> HttpResponse:
    """Open when it is cool; until then the page says how warm it still is."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        outcome = carry_out(request, actions.open_chamber, build=found.code)
        if outcome.done:
            return back(found)
    standing = [] if outcome else Outcome(done=False, reasons=queries.open_reasons(found)).spoken
    plate = telemetry.reading(found.machine, "plate_celsius")
    return page(request, "open", found, outcome, standing=standing, plate=plate)


@signed_in
def weigh(request: HttpRequest, code: str) -> HttpResponse:
    """Weigh the powder back; what cannot be explained is told before it is signed away."""
    found, outcome = build_or_404(code), None
    if found.balance and request.method != "POST":
        return back(found)
    form = forms.WeighForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.weigh_back, build=found.code, **form.masses())
        if outcome.done:
            return back(found)
    inside = feedstock.in_machine(found.machine)
    return page(request, "weigh", found, outcome, form=form, inside=inside, balance=_so_far(found, form))


@signed_in
def weighed(request: HttpRequest, code: str) -> HttpResponse:
    """The mass balance of what is typed so far, line by line."""
    found = build_or_404(code)
    balance = _so_far(found, forms.WeighForm(request.POST))
    return render(request, "builds/_balance.html", {"balance": balance})


def _so_far(found: Build, form: forms.WeighForm) -> dict[str, Any] | None:
    """Nothing typed yet is nothing found yet; an empty machine has no balance."""
    if not feedstock.in_machine(found.machine).mass_mg:
        return None
    masses: dict[str, Any] = {"recovered_mg": 0, "parts_mg": None}
    if form.is_bound:
        form.is_valid()
        masses = {k: v for k, v in form.masses().items() if k.endswith("_mg")} | {
            "recovered_mg": form.cleaned_data.get("recovered_mg") or 0
        }
    so_far = shown.balance(powder.balance_for_fact(powder.balance(found, powder.WeighedBack(**masses))))
    # Nobody is alarmed before the scale has said anything.
    return so_far if form.is_bound else {**so_far, "out": False}


@signed_in
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the build when nothing is missing; a balance out of tolerance is explained here first."""
    found, outcome = build_or_404(code), None
    form = forms.ReasonForm(request.POST or None)
    explaining = bool(request.POST.get("explain"))
    if request.method == "POST" and explaining and form.is_valid():
        why = form.cleaned_data["reason"]
        outcome = carry_out(request, actions.explain_balance, build=found.code, reason=why)
        if outcome.done:
            return redirect("builds:close", code=found.code)
    elif request.method == "POST" and not explaining:
        outcome = carry_out(request, actions.close, build=found.code)
        if outcome.done:
            return back(found)
    standing = [] if outcome else Outcome(done=False, reasons=queries.missing_to_close(found)).spoken
    return page(
        request,
        "close",
        found,
        outcome,
        standing=standing,
        balance=shown.balance(found.balance) if found.balance else None,
        to_explain=powder.unexplained(found),
        form=form if explaining else forms.ReasonForm(),
    )
