"""Signing in, signing out, and proving again who one is; wrong secrets are facts and make the door wait."""

import math
import threading
from dataclasses import replace
from datetime import datetime

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people import hashing, queries, rules
from strate.workshop.people.models import Person

# One secret at a time: sending a hundred guesses at once must not outrun the growing delay.
_turn = threading.Lock()


def sign_in(*, who: Person, station: str, session: str, method: str) -> Actor:
    """This tablet now writes in this person's name (their secret was verified just before)."""
    by = queries.actor_for(who, station=station, session=session)
    with act("people.signed_in", by=by) as done:
        Person.objects.filter(pk=who.pk).update(wrong_tries=0, shut_until=None)
        done.tell(who, station, method=method)
    return by


def signed_out(*, person: str, station: str, session: str, why: str) -> None:
    """A sign-in is over: the person left, the tablet was idle, the shift ended, the access was withdrawn."""
    by = Actor(person, station=station, session=session)
    with act("people.signed_out", by=by if why == "left" else replace(SYSTEM, station=station)) as done:
        done.tell(f"person:{person}", station, why=why)


def verify_pin(who: Person, typed: str, *, station: str = "") -> None:
    """Refuse unless this is the person's PIN."""
    _verify(who, typed, who.pin, station=station, wrong="pin_wrong")


def verify_password(who: Person | None, typed: str, *, station: str = "") -> Person:
    """The person, unless this is not their password; somebody unknown costs the same time."""
    if who is None:
        hashing.matches(typed, "")
        raise RuleBroken("sign_in_refused")
    kept = who.password if who.has_usable_password() else ""
    _verify(who, typed, kept, station=station, wrong="sign_in_refused")
    return who


def prove(*, by: Actor, method: str, typed: str, to_change_it: bool = False) -> Actor:
    """The same actor, having just proved who they are: the PIN, or the password for who signed in with it."""
    who = queries.person(by.person) if by.person else None
    if who is None or not who.is_active:
        raise RuleBroken("nobody_is_writing")
    if not typed:
        raise RuleBroken("pin_missing")
    password = method == "password" and not _looks_like_pin(typed)
    temporary = who.password_is_temporary if password else who.pin_is_temporary
    if temporary and not to_change_it:
        raise RuleBroken("pin_is_temporary")
    if not password and not who.pin:
        raise RuleBroken("pin_not_set")
    if password:
        _verify(who, typed, who.password, station=by.station, wrong="pin_wrong")
    else:
        verify_pin(who, typed, station=by.station)
    if who.wrong_tries:
        with act("people.tries_cleared", by=by) as done:
            Person.objects.filter(pk=who.pk).update(wrong_tries=0, shut_until=None)
            done.tell(who, wrong_tries=who.wrong_tries)
    how = (
        "password"
        if password
        else {"badge+pin": "badge+pin", "password": "password+pin"}.get(method, "token+pin")
    )
    return by.signing(how, clock.now())


def _looks_like_pin(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) == rules.PIN_DIGITS


def _verify(who: Person, typed: str, kept: str, *, station: str, wrong: str) -> None:
    with _turn:
        at = clock.now()
        who.refresh_from_db(fields=["wrong_tries", "shut_until"])
        wait = rules.still_shut(who.shut_until, at=at)
        if wait:
            raise RuleBroken(
                "pin_shut_for", wait_s=math.ceil(wait.total_seconds()), lifted_by=(rules.ADMINISTRATOR,)
            )
        if hashing.matches(typed, kept) and who.is_active:
            return
        wait_s = _note_wrong(who, station=station, at=at)
    if wait_s:
        raise RuleBroken("pin_wrong_wait", wait_s=wait_s)
    raise RuleBroken(wrong, left=rules.FREE_TRIES - who.wrong_tries)


def _note_wrong(who: Person, *, station: str, at: datetime) -> int:
    """A wrong secret is a fact; the counter and the delay are written with it."""
    with act("people.pin_refused", by=replace(SYSTEM, station=station)) as done:
        who.wrong_tries += 1
        delay = rules.delay_after(who.wrong_tries)
        who.shut_until = at + delay if delay else None
        who.save(update_fields=["wrong_tries", "shut_until"])
        done.tell(who, station, wrong_tries=who.wrong_tries, wait_s=int(delay.total_seconds()))
    return int(delay.total_seconds())
