"""Registering people: their name, badge, secrets and roles; the site never stays without an administrator."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.timezone import localdate

from strate.workshop.doors.texts import Code, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people import queries, rules
from strate.workshop.people.hashing import Sealed
from strate.workshop.people.models import Person, RoleHeld, new_pseudonym
from strate.workshop.people.roles import ADMIN, GIVEN, permit

Language = Literal["fr", "en"]


@dataclass(frozen=True)
class Newcomer:
    """Somebody about to be registered."""

    name: str
    login: str = ""
    badge: str = ""
    language: str = "fr"
    roles: tuple[str, ...] = ()


def register(
    *,
    by: Actor,
    name: Title,
    login: Word = "",
    badge: Word = "",
    language: Language = "fr",
    roles: list[Word] | None = None,
) -> Person:
    """Register somebody who works here, with their badge and roles."""
    permit(by, "people.register")
    newcomer = Newcomer(name, login, badge, language, tuple(roles or ()))
    with act("people.registered", by=by) as done:
        (who,) = _create([newcomer])
        done.tell(who, roles=sorted(newcomer.roles), badge_given=bool(who.badge))
    return who


def import_people(*, by: Actor, newcomers: Sequence[Newcomer], file_sha256: str = "") -> list[Person]:
    """Register everybody of a list at once: all of them or nobody, one fact."""
    permit(by, "people.register")
    with act("people.imported", by=by) as done:
        created = _create(newcomers)
        done.tell(*created, count=len(created), file_sha256=file_sha256)
    return created


def _create(newcomers: Sequence[Newcomer]) -> list[Person]:
    people, reasons = [], []
    taken = queries.taken()
    for each in newcomers:
        login = each.login.strip() or _free_login(each.name, taken.logins)
        badge = each.badge.strip() or None
        reasons += _faults(each, login, badge, taken)
        taken.logins.add(login.lower())
        if badge:
            taken.badges.add(badge)
        people.append(
            Person(
                pseudonym=new_pseudonym(),
                login=login,
                name=each.name.strip(),
                badge=badge,
                language=each.language,
                password="!",
            )
        )
    if reasons:
        raise Refused(reasons)
    Person.objects.bulk_create(people, batch_size=500)
    held = (
        RoleHeld(person=p, role=role)
        for p, n in zip(people, newcomers, strict=True)
        for role in dict.fromkeys(n.roles)
    )
    RoleHeld.objects.bulk_create(held, batch_size=500)
    return people


def _faults(each: Newcomer, login: str, badge: str | None, taken: queries.Taken) -> list[Reason]:
    reasons = []
    if not each.name.strip():
        reasons.append(Reason("name_missing"))
    if login.lower() in taken.logins:
        reasons.append(Reason("login_taken", {"login": login}))
    if badge and badge in taken.badges:
        reasons.append(Reason("badge_taken", {"badge": badge}))
    reasons += [Reason("no_such_role", {"role": role}) for role in each.roles if role not in GIVEN]
    return reasons


def _free_login(name: str, taken: set[str]) -> str:
    """« Élodie de Test » → e.detest, then e.detest2..."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = ["".join(c for c in word if c.isalnum()) for word in plain.split()]
    words = [w for w in words if w] or ["personne"]
    base = (f"{words[0][0]}.{''.join(words[1:])}" if len(words) > 1 else words[0])[:50]
    login, n = base, 1
    while login in taken:
        n += 1
        login = f"{base}{n}"
    return login


def rename(*, by: Actor, person: Code, name: Title) -> Person:
    """Correct somebody's name. Facts hold no names, so nothing already written changes."""
    permit(by, "people.register")
    who = queries.person(person)
    if not name.strip():
        raise RuleBroken("name_missing")
    with act("people.renamed", by=by) as done:
        who.name = name.strip()
        who.save(update_fields=["name"])
        done.tell(who)
    queries.forget_name(who.pk)
    return who


def give_role(*, by: Actor, person: Code, role: Word) -> None:
    """Give somebody a role; nobody gives themselves one."""
    permit(by, "people.give_role")
    who = queries.person(person)
    if role not in GIVEN:
        raise RuleBroken("no_such_role", role=role)
    if reason := rules.own_business(by.person, who.pk):
        raise Refused([reason])
    with act("people.role_given", by=by) as done:
        _held, new = RoleHeld.objects.get_or_create(person=who, role=role)
        if not new:
            raise RuleBroken("role_already_held", person=who.pk, role=role)
        done.tell(who, role=role)


def withdraw_role(*, by: Actor, person: Code, role: Word) -> None:
    """Take a role back; the last administrator keeps theirs."""
    permit(by, "people.give_role")
    who = queries.person(person)
    with act("people.role_withdrawn", by=by) as done:
        if role == ADMIN:
            _keep_an_administrator(who)
        gone, _each = RoleHeld.objects.filter(person=who, role=role).delete()
        if not gone:
            raise RuleBroken("role_not_held", person=who.pk, role=role)
        done.tell(who, role=role)


def _keep_an_administrator(who: Person) -> None:
    """Inside the act, with their rows locked: two administrators cannot remove each other at once."""
    if reason := rules.last_administrator(queries.administrators_for_update(), who.pk):
        raise Refused([reason])


def give_badge(*, by: Actor, person: Code, badge: Word, reason: Sentence = "") -> Person:
    """Give a badge, the first one or another after a loss: the old one opens nothing from now on."""
    permit(by, "people.give_badge")
    who, badge = queries.person(person), badge.strip()
    if not badge:
        raise RuleBroken("badge_missing")
    with act("people.badge_given", by=by, reason=reason) as done:
        if Person.objects.filter(badge=badge).exclude(pk=who.pk).exists():
            raise RuleBroken("badge_taken", badge=badge)
        replaced, who.badge = bool(who.badge), badge
        who.save(update_fields=["badge"])
        done.tell(who, replaced=replaced)
    return who


def withdraw_badge(*, by: Actor, person: Code, reason: Sentence = "") -> Person:
    """A badge is lost: it opens nothing from now on."""
    permit(by, "people.give_badge")
    who = queries.person(person)
    with act("people.badge_withdrawn", by=by, reason=reason) as done:
        who.badge = None
        who.save(update_fields=["badge"])
        done.tell(who)
    return who


def set_pin(*, by: Actor, person: str, pin: Sealed) -> Person:
    """Choose one's PIN (having proved the old one), or give somebody a temporary one."""
    return _set(by, person, "pin", pin)


def set_password(*, by: Actor, person: str, password: Sealed) -> Person:
    """Choose one's password (having proved who one is), or give somebody a temporary one."""
    return _set(by, person, "password", password)


def _set(by: Actor, person: str, which: Literal["pin", "password"], secret: Sealed) -> Person:
    """A secret of one's own, or a temporary one given to somebody; the delay after wrong tries is over."""
    who = queries.person(person)
    own = _own_secret(by, who)
    with act(f"people.{which}_set", by=by) as done:
        changed = {
            which: secret.encoded,
            f"{which}_is_temporary": not own,
            "wrong_tries": 0,
            "shut_until": None,
        }
        for name, value in changed.items():
            setattr(who, name, value)
        who.save(update_fields=list(changed))
        done.tell(who, temporary=not own)
    return who


def _own_secret(by: Actor, who: Person) -> bool:
    """Whether it is the person's own choice; the installation of the site counts as theirs."""
    if by.person == who.pk:
        if (who.pin or who.has_usable_password()) and by.signature is None:
            raise RuleBroken("signature_needed", meaning="secret_changed")
        return True
    permit(by, "people.set_pin")
    return "system" in by.roles


def choose_language(*, by: Actor, language: Language) -> None:
    """The language of one's own pages."""
    who = queries.person(by.person) if by.person else None
    if who is None:
        raise RuleBroken("nobody_is_writing")
    with act("people.language_chosen", by=by) as done:
        who.language = language
        who.save(update_fields=["language"])
        done.tell(who, language=language)


def deactivate(*, by: Actor, person: Code, reason: Sentence = "") -> Person:
    """Somebody leaves: their sign-ins end at once, what they wrote stays."""
    permit(by, "people.deactivate")
    who = queries.person(person)
    with act("people.deactivated", by=by, reason=reason) as done:
        if not who.is_active:
            raise RuleBroken("already_deactivated", person=who.pk)
        if queries.holds_role(who.pk, ADMIN):
            _keep_an_administrator(who)
        who.is_active, who.left_on = False, localdate(done.happened_at)
        who.save(update_fields=["is_active", "left_on"])
        done.tell(who)
    return who


def reactivate(*, by: Actor, person: Code, reason: Sentence = "") -> Person:
    """Somebody comes back."""
    permit(by, "people.deactivate")
    who = queries.person(person)
    with act("people.reactivated", by=by, reason=reason) as done:
        who.is_active, who.left_on = True, None
        who.save(update_fields=["is_active", "left_on"])
        done.tell(who)
    return who
