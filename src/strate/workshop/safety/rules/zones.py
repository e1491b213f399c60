"""The laws of zones: what a fenced-off place asks of a person and of a piece of equipment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from strate.workshop.journal.refusals import Reason
from strate.workshop.safety.rules.exposure import OXYGEN_PREALARM_PERCENT

DUST, GAS = ("atex_20", "atex_21", "atex_22"), ("atex_0", "atex_1", "atex_2")
ZONE_KINDS = (*DUST, *GAS, "cmr", "inert", "restricted")
# Directives 1999/92/EC and 2014/34/EU: the worse the zone, the better the category.
ATEX_CATEGORIES = ("1D", "2D", "3D", "1G", "2G", "3G", "1GD", "2GD", "3GD")
USUAL_STAY = timedelta(hours=4)


@dataclass(frozen=True)
class Conditions:
    """What a place asks before anybody goes in."""

    place: str
    kinds: tuple[str, ...]
    authorisations: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    ppe: tuple[str, ...] = ()
    oxygen_min_percent: Decimal | None = None
    second_person: bool = False
    badge: bool = False
    longest_stay: timedelta = USUAL_STAY
    source: str = ""
    # Nobody described it: these are the usual conditions of such a place.
    usual: bool = False


@dataclass(frozen=True)
class Given:
    """What the person who wants to enter brings: oxygen read, who stays with them, what they wear."""

    oxygen_percent: Decimal | None = None
    second_person: str = ""
    ppe_confirmed: bool = False
    badge: bool = False


def usual_conditions(place: str, kinds: Sequence[str]) -> Conditions:
    """What such a place asks until HSE has written its own conditions: an authorisation for the place itself."""
    fenced = tuple(k for k in kinds if k in ZONE_KINDS)
    ppe: tuple[str, ...] = ()
    if set(fenced) & set(DUST):
        ppe = ("M017", "M004", "M009", "M010", "M008", "M005")
    elif "cmr" in fenced:
        ppe = ("M017", "M004", "M009", "M010", "M008")
    inert = "inert" in fenced
    return Conditions(
        place,
        fenced,
        authorisations=(("zone", place),) if fenced else (),
        ppe=ppe,
        oxygen_min_percent=OXYGEN_PREALARM_PERCENT if inert else None,
        second_person=inert,
        usual=True,
    )


def entry_reasons(asked: Conditions, given: Given, *, person: str) -> list[Reason]:
    """Besides papers: oxygen read and high enough, somebody outside, the equipment worn, the badge shown."""
    values = {"place": f"place:{asked.place}"}
    source = asked.source
    reasons = []
    least = asked.oxygen_min_percent
    if least is not None and given.oxygen_percent is None:
        values_o2 = values | {"least_percent": least}
        reasons.append(Reason("zone_oxygen_not_read", values_o2, source=source))
    elif least is not None and given.oxygen_percent is not None and given.oxygen_percent < least:
        read = values | {"oxygen_percent": given.oxygen_percent, "least_percent": least}
        reasons.append(Reason("zone_oxygen_too_low", read, source=source, lifted_by=("hse",)))
    if asked.second_person and given.second_person in ("", person):
        reasons.append(Reason("zone_alone", values, source=source))
    if asked.ppe and not given.ppe_confirmed:
        reasons.append(Reason("zone_ppe_not_confirmed", values, source=source))
    if asked.badge and not given.badge:
        reasons.append(Reason("zone_badge_not_shown", values, source=source))
    return reasons


def categories_for(kinds: Iterable[str]) -> tuple[set[str], set[str]]:
    """The categories of equipment that may stand there: for dust, for gas; an empty set means no such zone."""
    dust = [DUST.index(k) for k in kinds if k in DUST]
    gas = [GAS.index(k) for k in kinds if k in GAS]
    return _up_to(min(dust), "D") if dust else set(), _up_to(min(gas), "G") if gas else set()


def _up_to(zone: int, letter: str) -> set[str]:
    """Zone 20 takes category 1 only; 21 takes 1 and 2; 22 takes all three."""
    good = range(1, zone + 2)
    return {f"{n}{letter}" for n in good} | {f"{n}GD" for n in good}


def equipment_reason(*, equipment: str, category: str, place: str, kinds: Iterable[str]) -> Reason | None:
    """Why this equipment may not stand in this place; unknown marking is not good enough."""
    for good in categories_for(kinds):
        if good and category not in good:
            wanted = sorted(c for c in good if not c.endswith("GD"))
            values = {"equipment": equipment, "place": f"place:{place}", "category": category or "—"}
            return Reason(
                "equipment_not_for_this_zone",
                values | {"categories": ", ".join(wanted)},
                source="2014/34/UE ; 1999/92/CE",
                lifted_by=("hse",),
            )
    return None


def overstayed(entered_at: datetime, *, longest: timedelta, at: datetime) -> bool:
    """Whether somebody is inside for so long that the exit was perhaps forgotten."""
    return at - entered_at > longest
