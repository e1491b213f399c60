"""Example questions the house proposes, one or two for each thing to be known; none comes from the reference."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "questions-examples.yaml"


@cache
def questions() -> tuple[dict[str, Any], ...]:
    """Every example, ready to be kept."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        {
            "reference": read["reference"],
            "code": each["code"],
            "about": each["about"],
            "text": each["text"],
            "expected": each.get("expected", ""),
        }
        for each in read["questions"]
    )
