"""The laws of secrets and sessions: delays after a wrong PIN, what is too easy to guess, who decides for whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from strate.workshop.journal.refusals import Reason

FREE_TRIES = 3
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
PIN_DIGITS = 6
# ASVS 5 V6.2.1 and V6.2.9: at least 8, better 15; at least 64 accepted.
PASSWORD_LENGTH = 12
PASSWORD_LENGTH_MOST = 128
ADMINISTRATOR = "admin"


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


def own_business(by: str, person: str) -> Reason | None:
    """Nobody gives themselves a role or an authorisation: a second person decides."""
    return Reason("not_for_oneself", lifted_by=(ADMINISTRATOR,)) if by and by == person else None


def last_administrator(administrators: Iterable[str], person: str) -> Reason | None:
    """The site keeps at least one active administrator."""
    return Reason("last_administrator", {"person": person}) if set(administrators) == {person} else None
