"""The sentences of the powder: its life (door, machine, ledger) and its matter (properties, limits, labels)."""

from strate.workshop.feedstock.wording import life, matter
from strate.workshop.feedstock.wording.life import CMR, FAMILIES, LOT_STATES, MOVEMENTS, PLACES

REFUSALS = {**life.REFUSALS, **matter.REFUSALS}
FACTS = {**life.FACTS, **matter.FACTS}
MEANINGS = {**life.MEANINGS, **matter.MEANINGS}

__all__ = ["CMR", "FACTS", "FAMILIES", "LOT_STATES", "MEANINGS", "MOVEMENTS", "PLACES", "REFUSALS"]
