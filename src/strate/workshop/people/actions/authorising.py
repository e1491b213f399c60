"""Authorising: the employer's signed decision that a person may, until when, and its suspension."""

from datetime import date

from strate.workshop.doors.texts import Code, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import queries, rules
from strate.workshop.people.models import Authorisation
from strate.workshop.people.roles import AUTHORISATIONS, permit


def authorise(
    *,
    by: Actor,
    person: Code,
    kind: Word,
    scope: Title = "",
    granted_on: date | None = None,
    expires_on: date | None = None,
    reason: Sentence = "",
) -> Authorisation:
    """Authorise somebody for a machine, a material, a zone..., last day included. Never for oneself."""
    permit(by, "people.authorise")
    who = queries.person(person)
    with act("people.authorised", by=by, meaning="authorised", reason=reason) as done:
        begins = granted_on or done.happened_at.date()
        found = (
            rules.own_business(by.person, who.pk),
            rules.dates_in_disorder(begins, expires_on),
            rules.only_dates(kind, scope, reason),
            rules.national_number(f"{scope} | {reason}"),
        )
        reasons = [r for r in found if r]
        if reasons:
            raise Refused(reasons)
        if kind not in AUTHORISATIONS:
            raise RuleBroken("no_such_authorisation_kind", kind=kind)
        given = Authorisation.objects.create(
            person=who,
            kind=kind,
            scope=scope,
            granted_on=begins,
            expires_on=expires_on,
            reason=reason[:200],
            granted_by=by.person,
        )
        done.tell(who, kind=kind, scope=scope, granted_on=begins, expires_on=expires_on)
    return given


def suspend(*, by: Actor, authorisation: Number, reason: Sentence) -> Authorisation:
    """Suspend an authorisation at once: after an accident, a doubt, a long absence."""
    return _change(by, authorisation, "people.authorisation_suspended", suspended=True, reason=reason)


def reinstate(*, by: Actor, authorisation: Number, reason: Sentence = "") -> Authorisation:
    """End a suspension; never one's own. Signed."""
    return _change(by, authorisation, "people.authorisation_reinstated", suspended=False, reason=reason)


def _change(by: Actor, authorisation: int, what: str, *, suspended: bool, reason: str) -> Authorisation:
    permit(by, "people.authorise")
    given = queries.authorisation(authorisation)
    own = rules.own_business(by.person, given.person_id)
    if own and not suspended:
        raise Refused([own])
    with act(what, by=by, meaning="" if suspended else "authorised", reason=reason) as done:
        given.suspended = suspended
        given.save(update_fields=["suspended"])
        done.tell(f"person:{given.person_id}", kind=given.kind, scope=given.scope)
    return given


def withdraw(*, by: Actor, authorisation: Number, reason: Sentence) -> Authorisation:
    """End an authorisation today, for good."""
    permit(by, "people.authorise")
    given = queries.authorisation(authorisation)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("people.authorisation_withdrawn", by=by, reason=reason) as done:
        given.suspended, given.expires_on = True, done.happened_at.date()
        given.save(update_fields=["suspended", "expires_on"])
        done.tell(f"person:{given.person_id}", kind=given.kind, scope=given.scope)
    return given
