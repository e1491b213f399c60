"""The three records that let somebody act: decided, shown, ended early; each by a person who may, with a signature."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, queries
from strate.workshop.people.forms import AuthorisationForm, CertificationForm, QualificationForm, ReasonForm
from strate.workshop.people.pages.person import ask


@signed_in
def authorise(request: HttpRequest, code: str) -> HttpResponse:
    """The employer's decision that this person may; signed with the PIN of who decides."""
    form = AuthorisationForm(request.POST or None, initial={"granted_on": timezone.localdate()}, learner=code)
    return ask(request, code, form, actions.authorise, "authorisation", signed=True, person=code)


@signed_in
def qualify(request: HttpRequest, code: str) -> HttpResponse:
    """Tested on a machine model with a material; signed."""
    form = QualificationForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    return ask(request, code, form, actions.qualify, "qualification", signed=True, person=code)


@signed_in
def certify(request: HttpRequest, code: str) -> HttpResponse:
    """A certificate from elsewhere, written down."""
    form = CertificationForm(request.POST or None)
    return ask(request, code, form, actions.record_certification, "certification", person=code)


@signed_in
def change_authorisation(request: HttpRequest, number: int, verb: str) -> HttpResponse:
    """Suspend, reinstate or end an authorisation."""
    verbs = {"suspendre": actions.suspend, "retablir": actions.reinstate, "retirer": actions.withdraw}
    return _end(
        request,
        queries.authorisation,
        number,
        verbs.get(verb),
        verb,
        "authorisation",
        signed=verb == "retablir",
    )


@signed_in
def disqualify(request: HttpRequest, number: int) -> HttpResponse:
    """Take a qualification away today."""
    return _end(request, queries.qualification, number, actions.disqualify, "disqualify", "qualification")


@signed_in
def withdraw_certification(request: HttpRequest, number: int) -> HttpResponse:
    """A certificate counts no more."""
    action = actions.withdraw_certification
    return _end(request, queries.certification, number, action, "uncertify", "certification")


def _end(
    request: HttpRequest,
    find: Callable[[int], Any],
    number: int,
    action: Callable[..., Any] | None,
    word: str,
    name: str,
    *,
    signed: bool = False,
) -> HttpResponse:
    """Ask why, then back to the person."""
    try:
        code = find(number).person_id
    except Refused as refused:
        return show(
            request, "people/refused.html", outcome=Outcome(done=False, reasons=list(refused.reasons))
        )
    if action is None:
        return redirect("people:person", code=code)
    form = ReasonForm(request.POST or None)
    return ask(request, code, form, action, word, signed=signed, **{name: number})
