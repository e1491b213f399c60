"""The laws of waste: which code is doubtful, what may share a drum, when a drum is full."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from strate.workshop.journal.refusals import Reason, RuleBroken

OPEN, CLOSED, COLLECTED = "open", "closed", "collected"
CONTAINER_MOVES: dict[str, set[str]] = {OPEN: {CLOSED}, CLOSED: {OPEN, COLLECTED}, COLLECTED: set()}
WASTE_CODE = re.compile(r"^(\d{2}) ?(\d{2}) ?(\d{2}) ?(\*?)$")
NEARLY_FULL = 90
# Streams that hold water by nature.
WET_STREAMS = frozenset({"wet_sludge"})


def _codes(table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{chapter} {each}" for chapter, ends in table.items() for each in ends.split())


# The codes of this trade as the European list writes them (decision 2000/532/EC); the choice stays the producer's.
STARRED = _codes(
    {
        "08 01": "11",
        "08 04": "09 11 13 15",
        "10 09": "05 07 09 11 13 15",
        "10 10": "05 07 09 11 13 15",
        "11 01": "13",
        "12 01": "06 07 08 09 10 12 14 16 18 19 20",
        "14 06": "02 03 04 05",
        "15 01": "10 11",
        "15 02": "02",
        "16 03": "03 05",
        "16 05": "04 06 07 08",
        "16 10": "01",
    }
)
PLAIN = _codes(
    {
        "07 02": "13",
        "08 01": "12",
        "08 04": "10 12 14 16",
        "10 09": "03 06 08 10 12 14 16",
        "10 10": "03 06 08 10 12 14 16",
        "12 01": "01 02 03 04 05 13 15 17 21 99",
        "15 01": "01 02 04 05 06",
        "15 02": "03",
        "16 03": "04 06",
        "16 05": "05 09",
        "16 10": "02",
    }
)


def waste_code(typed: str) -> str:
    """A code in the writing of the list, « 15 02 02* »; refused when it is none, or its star contradicts the list."""
    if not typed.strip():
        return ""
    found = WASTE_CODE.match(typed.strip())
    if not found:
        raise RuleBroken("waste_code_not_usable", typed=typed)
    digits, star = " ".join(found.groups()[:3]), found[4]
    if digits in STARRED and not star:
        raise RuleBroken("waste_code_needs_its_star", typed=digits, source="2000/532/CE", lifted_by=("hse",))
    if digits in PLAIN and star:
        raise RuleBroken("waste_code_bears_no_star", typed=digits, source="2000/532/CE", lifted_by=("hse",))
    return digits + star


def code_doubt(code: str, *, hazardous_matter: bool) -> str:
    """What is doubtful about a code: none chosen, not in our list, or no star for matter classified as hazardous."""
    if not code:
        return "to_choose"
    if not code.endswith("*") and hazardous_matter:
        return "no_star"
    return "" if code.rstrip("*") in STARRED | PLAIN else "not_known"


@dataclass(frozen=True)
class Drum:
    """A drum as a rule sees it."""

    ref: str
    stream: str
    state: str
    mass_mg: int
    capacity_mg: int | None = None
    group: str = ""
    wet: bool = False
    reactive: bool = False


@dataclass(frozen=True)
class Waste:
    """What somebody wants to put in."""

    stream: str
    mass_mg: int
    group: str = ""
    wet: bool = False
    reactive: bool = False


def refuse_drum(drum: Drum, waste: Waste) -> list[Reason]:
    """Why this waste may not go in this drum, all at once."""
    values = {"drum": drum.ref}
    reasons = []
    if waste.mass_mg <= 0:
        reasons.append(Reason("waste_mass_not_positive", {"mass_mg": waste.mass_mg}))
    if waste.stream != drum.stream:
        streams = {"stream": f"stream:flow.{waste.stream}", "expected": f"stream:flow.{drum.stream}"}
        reasons.append(Reason("waste_in_the_wrong_drum", values | streams, lifted_by=("hse",)))
    if drum.state != OPEN:
        reasons.append(Reason("waste_drum_not_open", values, lifted_by=("hse",)))
    room_mg = None if drum.capacity_mg is None else drum.capacity_mg - drum.mass_mg
    if room_mg is not None and waste.mass_mg > room_mg:
        reasons.append(Reason("waste_drum_too_full", values | {"room_mg": max(room_mg, 0)}))
    return reasons + _do_not_meet(drum, waste)


def _do_not_meet(drum: Drum, waste: Waste) -> list[Reason]:
    """Reactive metal never meets water; two families of metal never meet."""
    reasons = []
    wet = waste.wet or waste.stream in WET_STREAMS
    if (drum.reactive and wet and not waste.reactive) or (drum.wet and waste.reactive and not wet):
        reasons.append(
            Reason("waste_reactive_and_wet", {"drum": drum.ref}, source="sds_7_10", lifted_by=("hse",))
        )
    if drum.group and waste.group and drum.group != waste.group:
        groups = {"drum": drum.ref, "group": waste.group, "expected_group": drum.group}
        reasons.append(Reason("waste_families_apart", groups, source="sds_10_13", lifted_by=("hse",)))
    return reasons


def filled_share(mass_mg: int, capacity_mg: int | None) -> int | None:
    """How full a drum is, in whole percent; nobody knows without its capacity."""
    return None if not capacity_mg else min(100, mass_mg * 100 // capacity_mg)
