"""One's own page: secrets, language, authorisations, what one has signed, programs in one's name."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from strate.workshop.doors import access
from strate.workshop.doors.access import signed_in, way_back
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import actions, hashing, queries, sessions, shown
from strate.workshop.people.forms import LANGUAGES, OwnPasswordForm, OwnPinForm, TokenForm
from strate.workshop.people.hashing import Sealed


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, until when I may do what, and what I have signed."""
    who = sessions.me(request)
    context = {
        "who": who,
        "roles": queries.role_labels(who),
        "tables": shown.tables(who.pk, on=timezone.localdate()),
        "signed": shown.signed_by(who.pk),
        "languages": LANGUAGES,
        "waiting": access.draft_of(request),
    }
    return show(request, "people/me.html", **context)


@signed_in
def secret(request: HttpRequest) -> HttpResponse:
    """Choose one's PIN; what an administrator gave is changed here before anything else."""
    sign_in = sessions.current(request)
    who = sessions.me(request)
    if sign_in and sign_in.method == "password" and who.password_is_temporary:
        return password(request)
    form = OwnPinForm(request.POST or None)
    return _choose(request, form, "pin", hashing.seal_pin, actions.set_pin)


@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Choose one's password."""
    form = OwnPasswordForm(request.POST or None)
    return _choose(request, form, "password", hashing.seal_password, actions.set_password)


def _choose(
    request: HttpRequest, form: Any, which: str, seal: Callable[[str], Sealed], keep: Callable[..., Any]
) -> HttpResponse:
    outcome, who = None, sessions.me(request)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            if typed[f"new_{which}"] != typed["again"]:
                raise RuleBroken("secrets_differ")
            kept = seal(typed[f"new_{which}"])
            proved = _proved(request, typed[f"old_{which}"])
            outcome = carry_out(request, keep, by=proved, person=who.pk, **{which: kept})
        except Refused as refused:
            outcome = Outcome(done=False, reasons=list(refused.reasons))
        if outcome.done:
            sessions.renew_stamp(request, queries.person(who.pk))
            return redirect(_next(request))
    return show(request, "people/secret.html", outcome=outcome, form=form, which=which, next=_next(request))


def _proved(request: HttpRequest, typed: str) -> Actor:
    """Somebody who has no secret yet proves nothing; the others show the one they have."""
    who, by = sessions.me(request), actor_of(request)
    if not who.pin and not who.has_usable_password():
        return by
    sign_in = sessions.current(request)
    return actions.prove(by=by, method=sign_in.method if sign_in else "", typed=typed, to_change_it=True)


def _next(request: HttpRequest) -> str:
    return way_back(request, reverse("people:me"))


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of one's own pages."""
    chosen = request.POST.get("language", "")
    if chosen in dict(LANGUAGES):
        carry_out(request, actions.choose_language, language=chosen)
    return redirect(_next(request))


@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """The programs that write in one's name; a new one's secret is shown once."""
    who = sessions.me(request)
    form, outcome = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.create_token, **form.cleaned_data)
    secret = outcome.result if outcome and outcome.done else ""
    context = {"tokens": queries.tokens_of(who.pk), "form": form, "secret": secret}
    return show(request, "people/tokens.html", outcome=outcome, **context)


@signed_in
@require_POST
def revoke(request: HttpRequest, token: str) -> HttpResponse:
    """This program is let in no more."""
    outcome = carry_out(request, actions.revoke_token, token=token[:12])
    return (
        redirect("people:own_tokens")
        if outcome.done
        else show(request, "people/refused.html", outcome=outcome)
    )
