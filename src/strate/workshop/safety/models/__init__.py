"""What safety remembers: sheets, documents, zones, spills, waste, exposure."""

from strate.workshop.safety.models.exposure import Divisors, Exposure
from strate.workshop.safety.models.reading import (
    ControlledDocument,
    DocumentRead,
    PpeConfirmed,
    ProductOf,
    SafetySheet,
    SheetRead,
)
from strate.workshop.safety.models.spills import Spill, SpillThing
from strate.workshop.safety.models.waste import WasteContainer, WasteEntry
from strate.workshop.safety.models.zones import Zone, ZoneEquipment, ZoneVisit

__all__ = [
    "ControlledDocument",
    "Divisors",
    "DocumentRead",
    "Exposure",
    "PpeConfirmed",
    "ProductOf",
    "SafetySheet",
    "SheetRead",
    "Spill",
    "SpillThing",
    "WasteContainer",
    "WasteEntry",
    "Zone",
    "ZoneEquipment",
    "ZoneVisit",
]
