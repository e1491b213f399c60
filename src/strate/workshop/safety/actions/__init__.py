"""The verbs of safety: sheets, documents, protective equipment, waste."""

from strate.workshop.safety.actions.reading import (
    acknowledge,
    acknowledge_document,
    confirm_ppe,
    publish_document,
    review_sheet,
    type_sheet,
)
from strate.workshop.safety.actions.waste import close_drum, collect_drum, open_drum, sort_waste

__all__ = [
    "acknowledge",
    "acknowledge_document",
    "close_drum",
    "collect_drum",
    "confirm_ppe",
    "open_drum",
    "publish_document",
    "review_sheet",
    "sort_waste",
    "type_sheet",
]
