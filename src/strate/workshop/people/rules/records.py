"""The laws of who may: three records, each judged at the moment of the act; the day written on one is still valid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from strate.workshop.journal.refusals import Reason

SOON = timedelta(days=30)
# ISO/ASTM 52942: a qualification is valid two years, for the machine model, material and abilities assessed.
QUALIFICATION_YEARS = 2
LEADERS = ("shift_leader",)
TRAINERS = ("trainer", "quality")
# What somebody may learn under the eyes of who holds it; a licence, a training or a medical date is one's own.
LEARNT = frozenset({"machine", "material", "equipment", "power_on", "inspection"})


@dataclass(frozen=True)
class Held:
    """An authorisation as a rule sees it; `under` is who must hold the same and watch, while the person learns."""

    kind: str
    scope: str
    expires_on: date | None
    suspended: bool
    withdrawn: bool = False
    under: str = ""
    granted_on: date | None = None

    def covers(self, kind: str, scope: str) -> bool:
        return self.kind == kind and bare(self.scope) in ("", bare(scope))

    def lasts(self, on: date) -> bool:
        return self.expires_on is None or self.expires_on >= on

    def counts(self, on: date) -> bool:
        return self.lasts(on) and not self.suspended and not self.withdrawn


@dataclass(frozen=True)
class Qualified:
    """A qualification as a rule sees it: its essential variables, its dates, whether it was taken away."""

    machine_model: str
    material: str
    abilities: tuple[str, ...]
    issued_on: date
    expires_on: date
    vision_on: date | None
    disqualified_on: date | None


@dataclass(frozen=True)
class Certified:
    """A certificate as a rule sees it; no block means the whole of it."""

    reference: str
    block: str
    awarded_on: date
    expires_on: date | None
    withdrawn: bool


@dataclass(frozen=True)
class Asked:
    """What is asked of whoever does an act: one record, what it must cover, and where that is written."""

    record: str
    kind: str = ""
    scope: str = ""
    material: str = ""
    ability: str = ""
    source: str = ""


def bare(scope: str) -> str:
    """The code of a machine, a material or a zone, whether it was written alone or as a reference."""
    return scope.partition(":")[2] or scope


# The records of those who watch somebody learn, by person: what each holds themselves.
Over = Mapping[str, Iterable[Held]]


def authorisation_missing(
    held: Iterable[Held], *, kind: str, scope: str, on: date, over: Over | None = None
) -> Reason | None:
    """Which record is missing for this act, if any. The day written on it is still valid (O39: inclusive)."""
    mine = [h for h in held if h.covers(kind, scope)]
    values = {"kind": kind, "scope": scope}
    kept = [h for h in mine if not h.withdrawn]
    if not kept:
        code = "authorisation_withdrawn" if mine else "authorisation_missing"
        return Reason(code, values, lifted_by=LEADERS)
    live = [h for h in kept if not h.suspended]
    if not live:
        return Reason("authorisation_suspended", values, lifted_by=LEADERS)
    current = [h for h in live if h.lasts(on)]
    if not current:
        latest = max(h.expires_on for h in live if h.expires_on)
        return Reason("authorisation_expired", {**values, "expired_on": latest}, lifted_by=LEADERS)
    if watched_by(current, kind=kind, scope=scope, on=on, over=over) is None:
        return Reason("supervisor_not_authorised", {**values, "person": current[0].under}, lifted_by=LEADERS)
    return None


def watched_by(
    held: Iterable[Held], *, kind: str, scope: str, on: date, over: Over | None = None
) -> str | None:
    """Under whose eyes somebody may: « » alone; a person who holds the same by themselves; nothing when nobody does."""
    mine = [h for h in held if h.covers(kind, scope) and h.counts(on)]
    if any(not h.under for h in mine):
        return ""
    for each in mine:
        theirs = (over or {}).get(each.under, ())
        if any(o.covers(kind, scope) and o.counts(on) and not o.under for o in theirs):
            return each.under
    return None


def authorisation_state(held: Held, *, on: date) -> str:
    """How an authorisation stands that day: `valid`, `soon`, `coming`, `expired`, `suspended` or `withdrawn`."""
    if held.withdrawn or held.suspended:
        return "withdrawn" if held.withdrawn else "suspended"
    return _dated(held.granted_on, held.expires_on, on)


def watcher_faults(
    kind: str, scope: str, *, person: str, under: str, theirs: Iterable[Held], on: date
) -> list[Reason]:
    """Why somebody cannot learn under these eyes: their own, a kind held alone, who watches holds it not."""
    values = {"kind": kind, "scope": scope, "person": under}
    if under == person:
        return [Reason("supervisor_is_oneself")]
    if kind not in LEARNT:
        return [Reason("never_under_supervision", values)]
    if watched_by(theirs, kind=kind, scope=scope, on=on) != "":
        return [Reason("supervisor_not_authorised", values, lifted_by=LEADERS)]
    return []


def dates_in_disorder(granted_on: date, expires_on: date | None) -> Reason | None:
    """An authorisation cannot end before it begins."""
    if expires_on and expires_on < granted_on:
        return Reason(
            "authorisation_ends_before_it_begins", {"granted_on": granted_on, "expires_on": expires_on}
        )
    return None


def last_day(issued_on: date, years: int = QUALIFICATION_YEARS) -> date:
    """The last valid day of what is issued for some years: the eve of its anniversary (O39, inclusive)."""
    try:
        anniversary = issued_on.replace(year=issued_on.year + years)
    except ValueError:  # the 29th of February
        anniversary = date(issued_on.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def qualification_missing(
    held: Iterable[Qualified], asked: Asked, *, on: date, vision_days: int | None = None
) -> Reason | None:
    """Which qualification is missing for this machine model, material and ability (ISO/ASTM 52942), if any."""
    values: dict[str, Any] = {
        "machine_model": asked.scope,
        "material": asked.material,
        "ability": asked.ability,
    }
    every = [q for q in held if q.issued_on <= on]
    mine = [q for q in every if _covers(q, asked)]
    if not mine:
        code = "qualification_is_for_something_else" if every else "qualification_missing"
        return Reason(code, values, asked.source, TRAINERS)
    live = [q for q in mine if q.disqualified_on is None or q.disqualified_on > on]
    if not live:
        return Reason("qualification_taken_away", values, asked.source, TRAINERS)
    current = [q for q in live if q.expires_on >= on]
    if not current:
        latest = max(q.expires_on for q in live)
        return Reason("qualification_expired", {**values, "expired_on": latest}, asked.source, TRAINERS)
    if vision_days is None or any(_sees(q, on, vision_days) for q in current):
        return None
    return Reason("sight_test_too_old", {**values, "days": vision_days}, asked.source, TRAINERS)


def _covers(held: Qualified, asked: Asked) -> bool:
    return (
        asked.scope in ("", held.machine_model)
        and asked.material in ("", held.material)
        and (not asked.ability or asked.ability in held.abilities)
    )


def _sees(held: Qualified, on: date, vision_days: int) -> bool:
    return held.vision_on is not None and on <= held.vision_on + timedelta(days=vision_days)


def certification_missing(held: Iterable[Certified], asked: Asked, *, on: date) -> Reason | None:
    """Which certificate is missing, if any; a held block counts for the block only."""
    values = {"reference": asked.scope}
    mine = [c for c in held if asked.scope in (c.reference, c.block) and c.awarded_on <= on]
    if not mine:
        return Reason("certification_missing", values, asked.source, TRAINERS)
    live = [c for c in mine if not c.withdrawn]
    if not live:
        return Reason("certification_withdrawn", values, asked.source, TRAINERS)
    if any(c.expires_on is None or c.expires_on >= on for c in live):
        return None
    latest = max(c.expires_on for c in live if c.expires_on)
    return Reason("certification_expired", {**values, "expired_on": latest}, asked.source, TRAINERS)


def qualification_state(held: Qualified, *, on: date) -> str:
    """How a qualification stands that day: `valid`, `soon`, `coming`, `expired` or `withdrawn`."""
    if held.disqualified_on is not None and held.disqualified_on <= on:
        return "withdrawn"
    return _dated(held.issued_on, held.expires_on, on)


def certification_state(held: Certified, *, on: date) -> str:
    """How a certificate stands that day: `valid`, `soon`, `coming`, `expired` or `withdrawn`."""
    return "withdrawn" if held.withdrawn else _dated(held.awarded_on, held.expires_on, on)


def _dated(begins_on: date | None, expires_on: date | None, on: date) -> str:
    """`coming` before the first day, `soon` in the last thirty, the last day included."""
    if begins_on is not None and begins_on > on:
        return "coming"
    if expires_on is None:
        return "valid"
    if expires_on < on:
        return "expired"
    return "soon" if expires_on - on <= SOON else "valid"


def tested_in_disorder(
    *,
    theory_on: date | None,
    practice_on: date | None,
    vision_on: date | None,
    issued_on: date,
    today: date,
) -> list[Reason]:
    """A qualification follows its tests: theory, practice and sight come before the day it is issued."""
    reasons = []
    for test, day in (("theory", theory_on), ("practice", practice_on), ("vision", vision_on)):
        if day is None:
            reasons.append(Reason("test_not_done", {"test": test}, "ISO/ASTM 52942", TRAINERS))
        elif day > issued_on:
            reasons.append(Reason("test_after_issue", {"test": test, "day": day, "issued_on": issued_on}))
        elif day > today:
            reasons.append(Reason("test_is_to_come", {"test": test, "day": day}))
    return reasons


def only_dates(kind: str, *texts: str) -> Reason | None:
    """Of a medical attestation only the dates are kept: nothing else may be written beside them."""
    if kind == "medical" and any(text.strip() for text in texts):
        return Reason("medical_dates_only", {}, "RGPD, Code du travail L.1222-2")
    return None


def national_number(text: str) -> Reason | None:
    """A national insurance number (13 digits and a key that agrees) has no place here."""
    runs, digits = [], ""
    for sign in text + "x":
        if sign.isdigit():
            digits += sign
        elif sign not in " .-\u00a0\u202f":
            runs.append(digits)
            digits = ""
    for run in runs:
        if len(run) == 15 and run[0] in "1234" and 97 - int(run[:13]) % 97 == int(run[13:]):
            return Reason("national_number_refused", {}, "RGPD, CNIL")
    return None
