"""The laws of who may: authorisations judged at the moment of the act, delays after a wrong PIN."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from strate.workshop.journal.refusals import Reason

FREE_TRIES = 3
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
SOON = timedelta(days=30)
PIN_DIGITS = 6
# ASVS 5 V6.2.1 and V6.2.9: at least 8, better 15; at least 64 accepted.
PASSWORD_LENGTH = 12
PASSWORD_LENGTH_MOST = 128
ADMINISTRATOR = "admin"


@dataclass(frozen=True)
class Held:
    """An authorisation as a rule sees it."""

    kind: str
    scope: str
    expires_on: date | None
    suspended: bool


def delay_after(wrong_tries: int) -> timedelta:
    """Three tries are free; then the door stays shut 15 s, 30 s, 1 min... at most 15 min (ASVS 5 V6.3.1)."""
    if wrong_tries < FREE_TRIES:
        return timedelta(0)
    return min(FIRST_DELAY * (1 << min(wrong_tries - FREE_TRIES, 10)), LONGEST_DELAY)


def still_shut(shut_until: datetime | None, *, at: datetime) -> timedelta:
    """How long the door is still shut."""
    return max(shut_until - at, timedelta(0)) if shut_until else timedelta(0)


def pin_faults(pin: str) -> list[Reason]:
    """What makes a PIN too weak: not six digits, one digit repeated, or digits in a row (123456)."""
    if not (pin.isascii() and pin.isdigit() and len(pin) == PIN_DIGITS):
        return [Reason("pin_not_digits", {"digits": PIN_DIGITS})]
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return [Reason("pin_too_easy")]
    return []


def password_faults(password: str) -> list[Reason]:
    """What makes a password too weak; length counts, not compulsory signs (ASVS 5 V6.2.5)."""
    if len(password) < PASSWORD_LENGTH:
        return [Reason("password_too_short", {"least": PASSWORD_LENGTH})]
    if len(password) > PASSWORD_LENGTH_MOST:
        return [Reason("password_too_long", {"most": PASSWORD_LENGTH_MOST})]
    return []


def idle_too_long(seen_at: datetime, *, idle: timedelta, at: datetime) -> bool:
    """Whether nobody has touched the tablet for so long that the person must show again who they are."""
    return at - seen_at > idle


def session_over(since: datetime, *, longest: timedelta, at: datetime) -> bool:
    """Whether a sign-in has lasted longer than any shift."""
    return at - since > longest


def bare(scope: str) -> str:
    """The code of a machine, a material or a zone, whether it was written alone or as a reference."""
    return scope.partition(":")[2] or scope


def authorisation_missing(held: Iterable[Held], *, kind: str, scope: str, on: date) -> Reason | None:
    """Which record is missing for this act, if any. The day written on it is still valid (O39: inclusive)."""
    mine = [h for h in held if h.kind == kind and bare(h.scope) in ("", bare(scope))]
    values = {"kind": kind, "scope": scope}
    if not mine:
        return Reason("authorisation_missing", values, lifted_by=("shift_leader",))
    live = [h for h in mine if not h.suspended]
    if not live:
        return Reason("authorisation_suspended", values, lifted_by=("shift_leader",))
    if any(h.expires_on is None or h.expires_on >= on for h in live):
        return None
    latest = max(h.expires_on for h in live if h.expires_on)
    return Reason("authorisation_expired", {**values, "expired_on": latest}, lifted_by=("shift_leader",))


def authorisation_state(held: Held, *, on: date) -> str:
    """How an authorisation stands that day: `valid`, `soon` (30 days left), `expired` or `suspended`."""
    if held.suspended:
        return "suspended"
    if held.expires_on is None:
        return "valid"
    if held.expires_on < on:
        return "expired"
    return "soon" if held.expires_on - on <= SOON else "valid"


def dates_in_disorder(granted_on: date, expires_on: date | None) -> Reason | None:
    """An authorisation cannot end before it begins."""
    if expires_on and expires_on < granted_on:
        return Reason(
            "authorisation_ends_before_it_begins", {"granted_on": granted_on, "expires_on": expires_on}
        )
    return None


def own_business(by: str, person: str) -> Reason | None:
    """Nobody gives themselves a role or an authorisation: a second person decides."""
    return Reason("not_for_oneself", lifted_by=(ADMINISTRATOR,)) if by and by == person else None


def last_administrator(administrators: Iterable[str], person: str) -> Reason | None:
    """The site keeps at least one active administrator."""
    return Reason("last_administrator", {"person": person}) if set(administrators) == {person} else None
