"""Authorising: the employer's signed decision that a person may, until when, and its suspension."""

from datetime import date

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Number, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import queries, rules
from strate.workshop.people.models import Authorisation, Person
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
    under: Code = "",
) -> Authorisation:
    """Authorise somebody for a machine, a material, a zone..., last day included. Never for oneself.

    `under`: who they learn with; it then counts only while that person holds the same alone, and each act tells both.
    """
    permit(by, "people.authorise")
    who = queries.person(person)
    watcher = queries.person(under) if under else None
    with act("people.authorised", by=by, meaning="authorised", reason=reason) as done:
        begins = granted_on or localdate(done.happened_at)
        found = (
            rules.own_business(by.person, who.pk),
            rules.dates_in_disorder(begins, expires_on),
            rules.only_dates(kind, scope, reason),
            rules.national_number(f"{scope} | {reason}"),
        )
        reasons = [r for r in found if r]
        if kind not in AUTHORISATIONS:
            reasons.append(Reason("no_such_authorisation_kind", {"kind": kind}))
        elif watcher:
            reasons += _unfit(watcher, who, kind, scope, begins)
        if reasons:
            raise Refused(reasons)
        given = Authorisation.objects.create(
            person=who,
            kind=kind,
            scope=scope,
            granted_on=begins,
            expires_on=expires_on,
            reason=reason[:200],
            granted_by=by.person,
            under=watcher,
        )
        told = {"supervised_by": [watcher.pk]} if watcher else {}
        done.tell(who, watcher, kind=kind, scope=scope, granted_on=begins, expires_on=expires_on, **told)
    return given


def _unfit(watcher: Person, who: Person, kind: str, scope: str, on: date) -> list[Reason]:
    theirs = queries.begun_by(watcher.pk, on=on)
    faults = rules.watcher_faults(kind, scope, person=who.pk, under=watcher.pk, theirs=theirs, on=on)
    return [queries.worded(each) for each in faults]


def suspend(*, by: Actor, authorisation: Number, reason: Sentence) -> Authorisation:
    """Suspend an authorisation at once: after an accident, a doubt, a long absence."""
    if not reason.strip():
        raise RuleBroken("reason_missing")
    return _change(by, authorisation, "people.authorisation_suspended", suspended=True, reason=reason)


def reinstate(*, by: Actor, authorisation: Number, reason: Sentence = "") -> Authorisation:
    """End a suspension; never one's own. Signed."""
    return _change(by, authorisation, "people.authorisation_reinstated", suspended=False, reason=reason)


def _change(by: Actor, authorisation: int, what: str, *, suspended: bool, reason: str) -> Authorisation:
    permit(by, "people.authorise")
    with act(what, by=by, meaning="" if suspended else "authorised", reason=reason) as done:
        given = queries.authorisation_for_update(authorisation)
        if given.withdrawn:
            raise RuleBroken("authorisation_ended_for_good")
        own = rules.own_business(by.person, given.person_id)
        if own and not suspended:
            raise Refused([own])
        given.suspended = suspended
        given.save(update_fields=["suspended"])
        done.tell(f"person:{given.person_id}", kind=given.kind, scope=given.scope)
    return given


def withdraw(*, by: Actor, authorisation: Number, reason: Sentence) -> Authorisation:
    """End an authorisation today, for good."""
    permit(by, "people.authorise")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("people.authorisation_withdrawn", by=by, reason=reason) as done:
        given = queries.authorisation_for_update(authorisation)
        if given.withdrawn:
            raise RuleBroken("authorisation_ended_for_good")
        given.withdrawn, given.expires_on = True, localdate(done.happened_at)
        given.save(update_fields=["withdrawn", "expires_on"])
        done.tell(f"person:{given.person_id}", kind=given.kind, scope=given.scope)
    return given
