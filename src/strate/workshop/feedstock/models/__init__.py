"""Everything that is remembered of powder: materials, lots, containers, what was measured, every gram."""

from strate.workshop.feedstock.models.gestures import (
    Carried,
    Contamination,
    Drying,
    PassedOver,
    PowderSample,
)
from strate.workshop.feedstock.models.properties import ExactField, LotProperty, PowderLimit
from strate.workshop.feedstock.models.stock import (
    Lot,
    Material,
    PowderContainer,
    PowderMovement,
    PowderPortion,
    ShareField,
)

__all__ = [
    "Carried",
    "Contamination",
    "Drying",
    "ExactField",
    "Lot",
    "LotProperty",
    "Material",
    "PassedOver",
    "PowderContainer",
    "PowderLimit",
    "PowderMovement",
    "PowderPortion",
    "PowderSample",
    "ShareField",
]
