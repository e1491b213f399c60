"""The usual cares of each kind of machine (handbook 5): proposals that a site changes or withdraws."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "defaults.yaml"


def cards() -> list[dict[str, Any]]:
    """Every usual care, as `write_task` takes it."""
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [card | ({"limit": Decimal(card["limit"])} if "limit" in card else {}) for card in found]
