"""The laws of the award: what is kept and until when, what makes a certificate, what makes none."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from strate.workshop.journal.refusals import Reason

VALIDATED, NOT_VALIDATED = "validated", "not_validated"
CENTRE = ("centre",)


@dataclass(frozen=True)
class Decided:
    """A jury's decision of one competence, and the day it sat; `until` where it is kept longer, with its block."""

    competence: str
    outcome: str
    on: date
    until: date | None = None

    def kept_until(self, *, months: int) -> date:
        """Until when it counts, once validated."""
        return self.until or months_later(self.on, months)


@dataclass(frozen=True)
class Registered:
    """The registration of a certificate at the RNCP, where the centre has entered it."""

    number: str = ""
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return (
            bool(self.number)
            and self.since is not None
            and self.since <= day
            and (self.until is None or day <= self.until)
        )


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def block_kept_until(on: date, *, years: int, registered: Registered) -> date | None:
    """Until when a validated block counts: only where the certificate was at the RNCP on the day of the jury."""
    return months_later(on, years * 12) if registered.covers(on) else None


def held(decisions: Iterable[Decided], *, on: date, months: int) -> dict[str, Decided]:
    """The competences validated and still kept on that day; the latest decision of each counts."""
    latest: dict[str, Decided] = {}
    for each in sorted(decisions, key=lambda one: one.on):
        latest[each.competence] = each
    return {
        code: each
        for code, each in latest.items()
        if each.outcome == VALIDATED and each.kept_until(months=months) >= on
    }


def block_completed(
    decisions: Iterable[Decided], *, needed: Sequence[str], months: int, registered: Registered
) -> date | None:
    """The last day a jury made a block whole while its certificate was at the RNCP: from then on the block counts."""
    known = [each for each in decisions if each.competence in needed]
    for day in sorted({each.on for each in known if each.outcome == VALIDATED}, reverse=True):
        kept = held((each for each in known if each.on <= day), on=day, months=months)
        if registered.covers(day) and needed and all(code in kept for code in needed):
            return day
    return None


def whole(needed: Sequence[str], kept: Mapping[str, Decided]) -> list[Reason]:
    """Why the whole certificate may not be awarded: every competence that is missing."""
    missing = [code for code in needed if code not in kept]
    if not missing:
        return []
    return [
        Reason("award_competences_missing", {"competences": missing}, "Référentiel, section 4", ("juror",))
    ]


def block(
    name: str,
    *,
    code: str | None,
    needed: Sequence[str],
    kept: Mapping[str, Decided],
    registered: Registered,
    on: date,
) -> list[Reason]:
    """Why the certificate of a block may not be issued: not at the RNCP, no code, competences missing."""
    reasons = []
    section = "Référentiel, section 4"
    if not registered.covers(on):
        reasons.append(Reason("award_block_needs_rncp", {"block": name}, section, CENTRE))
    if not (code or "").strip():
        reasons.append(Reason("award_block_without_code", {"block": name}, "Référentiel", CENTRE))
    missing = [each for each in needed if each not in kept]
    if missing or not needed:
        reasons.append(Reason("award_competences_missing", {"competences": missing}, section, ("juror",)))
    return reasons
