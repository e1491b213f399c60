"""A product of the shop and its sheet, as HSE put it in force."""

from datetime import date
from typing import Any

import pytest

from strate.workshop.journal.actor import Actor
from strate.workshop.safety import actions
from strate.workshop.safety.models import SafetySheet

from ..conftest import signed

TI64: dict[str, Any] = {
    "supplier": "Poudrex",
    "product": "Ti64 Grade 23",
    "material": "ti64",
    "revision_date": date(2026, 1, 15),
    "hazards": ["H228", "H250"],
    "pictograms": ["GHS02"],
    "ppe": {"powder": ["M017", "M009"], "spill": ["M017", "M009", "M010"]},
    "ppe_words": {"spill": "FFP3, gants nitrile longs"},
    "fire_class": "D",
    "agents": ["class_d_powder", "dry_sand"],
    "never": ["water", "foam", "co2"],
    "recycling": "Tamiser sous argon.",
    "waste_stream": "contaminated_powder",
    "waste_group": "titanium",
}


def typed(by: Actor, code: str = "ti64-poudrex", version: str = "1", **more: Any) -> SafetySheet:
    return actions.type_sheet(by=by, code=code, version=version, **(TI64 | more))


def in_force(
    author: Actor, hse: Actor, code: str = "ti64-poudrex", version: str = "1", **more: Any
) -> SafetySheet:
    """Typed by one, reviewed by the other."""
    typed(author, code, version, **more)
    return actions.review_sheet(by=signed(hse), code=code, version=version)


@pytest.fixture()
def ti64(elsa: Actor, gaelle: Actor) -> SafetySheet:
    return in_force(elsa, gaelle)
