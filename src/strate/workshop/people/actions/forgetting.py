"""Personal data: handed to the person whole, erased when the time has come, purged by the rule of the site."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Sentence, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import queries, registry, rules
from strate.workshop.people.models import Authorisation, Person, RoleHeld, TeamMember, Token
from strate.workshop.people.roles import permit
from strate.workshop.site import queries as site


def export_person(*, by: Actor, person: Code) -> bytes:
    """Everything the house keeps of one person, as JSON: for themselves, or by who answers for the data."""
    if by.person != person:
        permit(by, "people.export")
    who = queries.person(person)
    with act("people.data_exported", by=by) as done:
        content = {
            "person": who.pk,
            "exported_at": done.happened_at,
            "kept": {kept.code: kept.values for kept in queries.kept_of(who.pk)},
            "facts": list(queries.facts_of(who.pk)),
        }
        text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()
        done.tell(who, sha256=hashlib.sha256(text).hexdigest(), facts=len(content["facts"]))
    return text


def erase(*, by: Actor, person: Code, reason: Sentence) -> Person:
    """Forget who somebody was, once they have left: name, badge, secrets, records; the chain stays as it is.

    Facts hold only the pseudonym, so not one of them changes and every seal still holds.
    """
    permit(by, "people.erase")
    who = queries.person(person)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    if own := rules.own_business(by.person, who.pk):
        raise Refused([own])
    with act("people.erased", by=by, meaning="erased", reason=reason) as done:
        if who.is_active:
            raise RuleBroken("still_works_here", person=who.pk)
        if queries.is_erased(who):
            raise RuleBroken("already_erased", person=who.pk)
        if reasons := registry.needed().get(who.pk):
            raise Refused(reasons)
        _forget(by, who)
        done.tell(who)
    queries.forget_name(who.pk)
    return who


def _forget(by: Actor, who: Person) -> None:
    who.name = who.login = who.pk
    who.badge, who.pin, who.password = None, "", "!"
    who.save(update_fields=["name", "login", "badge", "pin", "password"])
    RoleHeld.objects.filter(person=who).delete()
    TeamMember.objects.filter(person=who).delete()
    Token.objects.filter(person=who).update(revoked=True)
    # The grounds of a decision may name what concerns the person alone.
    Authorisation.objects.filter(person=who).update(reason="")
    registry.erase(by, who.pk)


def purge(*, by: Actor, retention: Word, reason: Sentence = "") -> int:
    """Purge one class of data past its delay; signed, and the report says how many."""
    permit(by, "people.erase")
    rule = next((each for each in registry.retentions() if each.code == retention), None)
    if rule is None:
        raise RuleBroken("no_such_retention", retention=retention)
    days = int(site.value(rule.setting))
    if days == 0:
        raise RuleBroken("kept_without_end", retention=str(rule.title))
    with act("people.purged", by=by, meaning="erased", reason=reason) as done:
        before = localdate(done.happened_at) - timedelta(days=days)
        due = rule.due(before)
        if not due:
            raise RuleBroken("nothing_to_purge", before=before)
        count = rule.purge(by, due)
        done.tell(retention=retention, before=before, days=days, count=count)
    return count


def purge_people(by: Actor, due: list[Any]) -> int:
    """Forget those who left long ago, each with a fact of their own."""
    for who in due:
        with act("people.erased", by=by) as done:
            _forget(by, who)
            done.tell(who)
    return len(due)


def purge_records(_by: Actor, due: list[Any]) -> int:
    """Authorisations that ended long ago; their decisions stay in the journal."""
    gone, _each = Authorisation.objects.filter(pk__in=[row.pk for row in due]).delete()
    return gone
