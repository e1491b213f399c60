"""The laws of who may: authorisations judged at the moment of the act, delays after a wrong PIN."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from strate.workshop.journal.refusals import Reason

FREE_TRIES = 3
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
SOON = timedelta(days=30)


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
    return min(FIRST_DELAY * 2 ** (wrong_tries - FREE_TRIES), LONGEST_DELAY)


def still_shut(shut_until: datetime | None, *, at: datetime) -> timedelta:
    """How long the door is still shut."""
    return max(shut_until - at, timedelta(0)) if shut_until else timedelta(0)


def authorisation_missing(held: Iterable[Held], *, kind: str, scope: str, on: date) -> Reason | None:
    """Which record is missing for this act, if any. The day written on the record is still valid (O39: inclusive)."""
    mine = [h for h in held if h.kind == kind and h.scope in ("", scope)]
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
