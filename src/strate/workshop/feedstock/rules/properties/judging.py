"""Is what is known of a lot within its specification? Inclusive at the limit, all lines told, unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from strate.workshop.feedstock.rules.properties.vocabulary import VOCABULARY
from strate.workshop.journal.refusals import Reason

QUALITY = ("quality",)
CERTIFICATE, MEASURED, PREDICTED = "certificate", "measured", "predicted"
# A measurement counts before a certificate, a certificate before what was only reckoned.
BASES = (MEASURED, CERTIFICATE, PREDICTED)


@dataclass(frozen=True)
class Known:
    """What is known of one property: a value in canonical units (or a word), and how it is known."""

    code: str
    value: Decimal | None = None
    bound: str = ""
    word: str = ""
    basis: str = MEASURED
    method: str = ""
    instrument: str = ""
    sample: str = ""
    written: str = ""
    on: date | None = None
    by: str = ""
    event: str = ""

    @property
    def unit(self) -> str:
        return VOCABULARY[self.code].unit


@dataclass(frozen=True)
class Limit:
    """A line of a specification; bounds are inclusive, `wanted` is for what is not a number."""

    code: str
    low: Decimal | None = None
    high: Decimal | None = None
    wanted: str = ""
    source: str = ""
    machine_model: str = ""
    routing: str = ""
    required: bool = False
    since: date | None = None
    ref: str = ""

    @property
    def unit(self) -> str:
        return VOCABULARY[self.code].unit

    @property
    def special(self) -> int:
        """How specific the line is: a routing says more than a machine model, both more than none."""
        return 2 * bool(self.routing) + bool(self.machine_model)


@dataclass(frozen=True)
class Verdict:
    """A property beside its limit: `within`, `out`, `unknown`, `unclear` (too coarse to tell), `free` (no limit)."""

    code: str
    known: Known | None
    limit: Limit | None
    state: str
    others: tuple[Limit, ...] = field(default=())


def effective(limits: Iterable[Limit]) -> dict[str, Limit]:
    """For each property the line that counts: the most specific one."""
    chosen: dict[str, Limit] = {}
    for each in limits:
        if each.code not in chosen or each.special > chosen[each.code].special:
            chosen[each.code] = each
    return chosen


def compare(known: Known | None, limit: Limit | None) -> str:
    """One property against one line; « < 0,01 » is within « ≤ 0,01 », and cannot be told against « ≤ 0,005 »."""
    if known is None:
        return "unknown" if limit else "free"
    if limit is None:
        return "free"
    if known.word:
        return "within" if known.word == limit.wanted or _bare(limit) else "out"
    if known.value is None or (limit.wanted and _bare(limit, words_too=False)):
        return "unclear"
    return _numbers(known.value, known.bound, limit)


def _bare(limit: Limit, *, words_too: bool = True) -> bool:
    return limit.low is None and limit.high is None and not (words_too and limit.wanted)


def _numbers(value: Decimal, bound: str, limit: Limit) -> str:
    low, high = limit.low, limit.high
    if bound == "<":
        if low is not None:
            return "out" if value < low else "unclear"
        return "within" if high is None or value <= high else "unclear"
    if bound == ">":
        if high is not None:
            return "out" if value > high else "unclear"
        return "within" if low is None or value >= low else "unclear"
    inside = (low is None or value >= low) and (high is None or value <= high)
    return "within" if inside else "out"


def verdicts(known: Mapping[str, Known], limits: Sequence[Limit]) -> list[Verdict]:
    """Every property that is known or limited, in the order of the vocabulary, with all lines that apply."""
    chosen = effective(limits)
    found = []
    for code in VOCABULARY:
        if (code in known or code in chosen) and VOCABULARY[code].kind != "lifetime":
            limit = chosen.get(code)
            others = tuple(each for each in limits if each.code == code and each != limit)
            found.append(Verdict(code, known.get(code), limit, compare(known.get(code), limit), others))
    return found


def judge(known: Mapping[str, Known], limits: Sequence[Limit], *, lot: str = "") -> list[Reason]:
    """Every reason why what is known does not conform; what is unknown stands in the way only if required."""
    return [reason for each in verdicts(known, limits) if (reason := _reason(each, lot))]


def _reason(verdict: Verdict, lot: str) -> Reason | None:
    limit, known = verdict.limit, verdict.known
    if limit is None or verdict.state in ("within", "free"):
        return None
    values: dict[str, Any] = {
        "lot": f"lot:{lot.removeprefix('lot:')}" if lot else "",
        "property": verdict.code,
        "low": limit.low,
        "high": limit.high,
        "told_in": limit.unit,
    }
    if known is None:
        return Reason("property_not_known", values, limit.source, QUALITY) if limit.required else None
    values |= {"value": known.value, "bound": known.bound, "word": known.word, "basis": known.basis}
    values["wanted"] = limit.wanted
    return Reason(_code(verdict.state, known, limit), values, limit.source, QUALITY)


def _code(state: str, known: Known, limit: Limit) -> str:
    if state == "unclear":
        return "property_not_precise"
    if known.value is None:
        return "property_not_as_wanted"
    above = limit.high is not None and known.value >= limit.high
    return "property_above_limit" if above else "property_below_limit"
