"""The references the house ships, as texts that travel: each equal to its source to the word."""

from pathlib import Path
from typing import Any

from strate.workshop.qualification.references import shape

FOLDER = Path(__file__).parent


def shipped() -> list[dict[str, Any]]:
    """Every reference shipped, as data."""
    return [shape.read(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("cqpm-*.yaml"))]
