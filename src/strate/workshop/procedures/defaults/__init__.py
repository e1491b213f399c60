"""The procedures the house proposes, to be approved by each site; every limit says its source."""

from pathlib import Path
from typing import Any

from strate.workshop.procedures import sheets

FOLDER = Path(__file__).parent


def read_all() -> list[dict[str, Any]]:
    """Every default sheet, in the order of their names."""
    return [sheets.read(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
