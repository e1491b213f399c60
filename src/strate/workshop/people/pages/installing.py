"""The first start of an empty site: its name, its first administrator, then what to fill in next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import actions, hashing, queries, sessions
from strate.workshop.people.actions import installing
from strate.workshop.people.forms import InstallForm
from strate.workshop.people.models import Person

NEXT = (
    ("people:enrol_station", _("Enrol this tablet"), _("So that badges and PINs work on it.")),
    ("people:import_people", _("Bring in the people"), _("From a list, or one by one.")),
    ("site:places", _("Name the places"), _("Halls, rooms, cabinets and their zones.")),
    ("machines:new", _("Add the machines"), _("With their signals and their first maintenance.")),
    ("feedstock:new_material", _("Add the materials"), _("With their safety data sheets.")),
    ("site:settings", _("Go through the settings"), _("Each has a usable value already.")),
)


def install(request: HttpRequest) -> HttpResponse:
    """Name the site and its first administrator."""
    if queries.installed():
        closed = RuleBroken("already_installed")
        return show(request, "people/refused.html", outcome=Outcome(done=False, reasons=list(closed.reasons)))
    form, outcome = InstallForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = _install(request, form)
        if outcome.done:
            _sign_in(request, outcome.result)
            return redirect("people:installed")
    return show(request, "people/installation.html", outcome=outcome, form=form)


def _sign_in(request: HttpRequest, who: Person | None) -> None:
    """The password has just been chosen here; a form sent twice asks for it."""
    if who is not None:
        session = sessions.new_id()
        actions.sign_in(who=who, station="", session=session, method="password")
        sessions.begin(request, queries.person(who.pk), session=session, method="password", at=clock.now())


def _install(request: HttpRequest, form: InstallForm) -> Outcome:
    typed = form.cleaned_data
    sealed, reasons = _seal(typed)
    if reasons:
        return Outcome(done=False, reasons=reasons)
    asked = {k: typed[k] for k in ("site_name", "time_zone", "language", "name", "login", "badge")}
    return carry_out(request, installing.install, **asked, **sealed)


def _seal(typed: dict[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
    """Password and PIN, sealed; what is wrong with either is told at once."""
    sealed: dict[str, Any] = {}
    reasons = [] if typed["new_password"] == typed["again"] else [Reason("secrets_differ")]
    for name, seal in (("password", hashing.seal_password), ("pin", hashing.seal_pin)):
        try:
            sealed[name] = seal(typed[f"new_{name}"])
        except Refused as refused:
            reasons += refused.reasons
    return sealed, reasons


@signed_in
def then(request: HttpRequest) -> HttpResponse:
    """What an empty site needs next; a room that is not there is not shown."""
    steps = [{"url": url, "title": title, "said": said} for name, title, said in NEXT if (url := _url(name))]
    return show(request, "people/installed.html", steps=steps)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
