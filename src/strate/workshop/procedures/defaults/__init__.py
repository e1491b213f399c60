"""The procedures the house proposes, to be approved by each site; every limit says its source."""

from pathlib import Path
from typing import Any

from strate.workshop.procedures import sheets

FOLDER = Path(__file__).parent


def codes() -> list[str]:
    """Every default sheet by its name, which is its code."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read(code: str) -> dict[str, Any]:
    return sheets.read((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))


def read_all() -> list[dict[str, Any]]:
    """Every default sheet, in the order of their names."""
    return [read(code) for code in codes()]
