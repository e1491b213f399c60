"""How powder is drawn and told on a page: layers and ledger (stock), properties, limits and labels (matter)."""

from strate.workshop.feedstock.shown.foreseen import foreseen
from strate.workshop.feedstock.shown.gestures import (
    contamination,
    happened,
    limit_rows,
    passed,
    predicted,
    set_point,
)
from strate.workshop.feedstock.shown.matter import (
    container_labels,
    limit_text,
    lot_labels,
    matter_of,
    past_row,
    property_rows,
    value_text,
    where_text,
)
from strate.workshop.feedstock.shown.orders import TOOLS, orders, undeclared
from strate.workshop.feedstock.shown.stock import Band, bands, movement, place, state

__all__ = [
    "TOOLS",
    "Band",
    "bands",
    "container_labels",
    "contamination",
    "foreseen",
    "happened",
    "limit_rows",
    "limit_text",
    "lot_labels",
    "matter_of",
    "movement",
    "orders",
    "passed",
    "past_row",
    "place",
    "predicted",
    "property_rows",
    "set_point",
    "state",
    "undeclared",
    "value_text",
    "where_text",
]
