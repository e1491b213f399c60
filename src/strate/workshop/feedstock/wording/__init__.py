"""The sentences of the powder: its life (door, machine, ledger) and its matter (properties, limits, labels)."""

from strate.workshop.feedstock.wording import gestures, life, matter
from strate.workshop.feedstock.wording.gestures import CAUSES, GONE, HOLDS, PASSED, POLICIES, REUSES
from strate.workshop.feedstock.wording.life import CMR, FAMILIES
from strate.workshop.feedstock.wording.matter import (
    BASES,
    CERTIFICATES,
    CONTAINERS,
    LIMIT_STATES,
    MAKING,
    SEALS,
    VERDICTS,
)
from strate.workshop.feedstock.wording.properties import GROUPS, PROPERTIES, UNITS, WORDS

REFUSALS = {**life.REFUSALS, **matter.REFUSALS, **gestures.REFUSALS}
FACTS = {**life.FACTS, **matter.FACTS, **gestures.FACTS}
MEANINGS = {**life.MEANINGS, **matter.MEANINGS, **gestures.MEANINGS}
NOTICES = {**matter.NOTICES, **gestures.NOTICES}
LOT_STATES = {**life.LOT_STATES, **gestures.LOT_STATES}
MOVEMENTS = {**life.MOVEMENTS, **matter.MOVEMENTS, **gestures.MOVEMENTS}
PLACES = {**life.PLACES, **matter.PLACES, **gestures.PLACES}
CHOICES = {
    **life.CHOICES,
    **matter.CHOICES,
    **gestures.CHOICES,
    "lot_state": {code: word for code, (word, _look) in LOT_STATES.items()},
}

__all__ = [
    "BASES",
    "CAUSES",
    "CERTIFICATES",
    "CHOICES",
    "CMR",
    "CONTAINERS",
    "FACTS",
    "FAMILIES",
    "GONE",
    "GROUPS",
    "HOLDS",
    "LIMIT_STATES",
    "LOT_STATES",
    "MAKING",
    "MEANINGS",
    "MOVEMENTS",
    "NOTICES",
    "PASSED",
    "PLACES",
    "POLICIES",
    "PROPERTIES",
    "REFUSALS",
    "REUSES",
    "SEALS",
    "UNITS",
    "VERDICTS",
    "WORDS",
]
