"""After the build: open, weigh the powder back, close."""

from django.http import HttpRequest, HttpResponse

from strate.workshop.builds import actions, forms, queries
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
    form = forms.WeighForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.weigh_back, build=found.code, **form.masses())
        if outcome.done:
            return back(found)
    return page(request, "weigh", found, outcome, form=form, inside=feedstock.in_machine(found.machine))


@signed_in
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the build when nothing is missing."""
    found, outcome = build_or_404(code), None
    if request.method == "POST":
        outcome = carry_out(request, actions.close, build=found.code)
        if outcome.done:
            return back(found)
    standing = [] if outcome else Outcome(done=False, reasons=queries.missing_to_close(found)).spoken
    return page(request, "close", found, outcome, standing=standing)
