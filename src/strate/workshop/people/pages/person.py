"""Somebody's page: roles, badge, lost PIN, authorisations, leaving."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, hashing, queries, rules, shown
from strate.workshop.people.forms import (
    BadgeForm,
    GivenPasswordForm,
    GivenPinForm,
    ReasonForm,
    RoleForm,
)
from strate.workshop.people.roles import ROLES, may


@signed_in
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Who they are, what they may do, and what was decided about them."""
    return _page(request, code)


def _page(request: HttpRequest, code: str, outcome: Outcome | None = None) -> HttpResponse:
    try:
        who = queries.person(code)
    except Refused as refused:
        return show(
            request, "people/refused.html", outcome=Outcome(done=False, reasons=list(refused.reasons))
        )
    by = actor_of(request)
    held, account = queries.roles_of(who), queries.reads_account(by, who.pk)
    context = {
        "who": who,
        "held": [(role, label) for role, label in ROLES.items() if role in held],
        "tables": shown.tables(who.pk, on=timezone.localdate(), **_may_decide(by, who.pk)),
        "account": account,
        "facts": shown.about(who.ref, account=account),
        "may_give_role": may(by, "people.give_role"),
        "may_give_badge": may(by, "people.give_badge"),
        "may_set_pin": may(by, "people.set_pin"),
        "may_deactivate": may(by, "people.deactivate"),
        "may_team": may(by, "people.team"),
        "may_export": may(by, "people.export") or by.person == who.pk,
        "may_erase": may(by, "people.erase") and not who.is_active and not queries.is_erased(who),
        "team": queries.team_of(who.pk),
        "role_form": RoleForm(),
    }
    return show(request, "people/person.html", outcome=outcome, **context)


def _may_decide(by: Actor, person: str) -> dict[str, bool]:
    """Nobody decides of their own records."""
    other = by.person != person
    return {
        "authorise": other and may(by, "people.authorise"),
        "qualify": other and may(by, "people.qualify"),
    }


def ask(
    request: HttpRequest,
    code: str,
    form: forms.Form,
    action: Callable[..., Any],
    word: str,
    *,
    signed: bool = False,
    **fixed: Any,
) -> HttpResponse:
    """A form of its own, then back to the person."""
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, action, signed=signed, **fixed, **form.cleaned_data)
        if outcome.done:
            return redirect("people:person", code=code)
    context = {
        "form": form,
        "who": queries.people_by_id([code], also_gone=True).get(code),
        "what": word,
        "signed": signed,
        "stays": queries.outliving(on=timezone.localdate()) if word == "erase" else [],
    }
    return show(request, "people/ask.html", outcome=outcome, **context)


@signed_in
def roles(request: HttpRequest, code: str) -> HttpResponse:
    """Give a role or take one back, from the person's page."""
    if request.method != "POST":
        return redirect("people:person", code=code)
    action = actions.withdraw_role if request.POST.get("verb") == "withdraw" else actions.give_role
    outcome = carry_out(request, action, person=code, role=request.POST.get("role", ""))
    return redirect("people:person", code=code) if outcome.done else _page(request, code, outcome)


@signed_in
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """A first badge, or another after a loss; lost and none to give yet: the old one is shut all the same."""
    if request.POST.get("verb") == "withdraw":
        outcome = carry_out(
            request, actions.withdraw_badge, person=code, reason=request.POST.get("reason", "")
        )
        return redirect("people:person", code=code) if outcome.done else _page(request, code, outcome)
    return ask(request, code, BadgeForm(request.POST or None), actions.give_badge, "badge", person=code)


@signed_in
def pin(request: HttpRequest, code: str) -> HttpResponse:
    """A lost PIN: a temporary one, told to the person, who changes it before writing anything."""
    form = GivenPinForm(request.POST or None, initial={"new_pin": temporary_pin()})
    return _give(request, code, form, "pin", hashing.seal_pin, actions.set_pin)


@signed_in
def password(request: HttpRequest, code: str) -> HttpResponse:
    """A lost password: a temporary one, changed at the next sign-in."""
    form = GivenPasswordForm(request.POST or None, initial={"new_password": secrets.token_urlsafe(12)})
    return _give(request, code, form, "password", hashing.seal_password, actions.set_password)


def _give(
    request: HttpRequest,
    code: str,
    form: Any,
    which: str,
    seal: Callable[[str], Any],
    keep: Callable[..., Any],
) -> HttpResponse:
    outcome = None
    if request.method == "POST" and form.is_valid():
        try:
            outcome = carry_out(
                request, keep, person=code, **{which: seal(form.cleaned_data[f"new_{which}"])}
            )
        except Refused as refused:
            outcome = Outcome(done=False, reasons=list(refused.reasons))
        if outcome.done:
            return redirect("people:person", code=code)
    who = queries.people_by_id([code], also_gone=True).get(code)
    return show(request, "people/ask.html", outcome=outcome, form=form, who=who, what=which)


def temporary_pin() -> str:
    """Six digits that are not too easy to guess."""
    while rules.pin_faults(found := f"{secrets.randbelow(10**rules.PIN_DIGITS):0{rules.PIN_DIGITS}}"):
        continue
    return found


@signed_in
def leaving(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody leaves, or comes back."""
    who = queries.people_by_id([code], also_gone=True).get(code)
    action = actions.deactivate if who is None or who.is_active else actions.reactivate
    word = "leave" if action is actions.deactivate else "return"
    return ask(request, code, ReasonForm(request.POST or None), action, word, person=code)
