"""The usual specifications (handbook 2.1, 2.2, 2.9): proposals that each shop approves, changes or leaves out."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from strate.workshop.feedstock.rules import properties

FILE = Path(__file__).parent / "defaults.yaml"


@cache
def library() -> tuple[dict[str, Any], ...]:
    """Every usual specification: `key`, `title`, `family`, `lines` as they are written."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def proposals(family: str) -> list[dict[str, Any]]:
    """Those for a family of matter."""
    return [each for each in library() if each["family"] == family]


def rows(key: str, material: str) -> list[dict[str, Any]]:
    """One of them as lines to import for a material, exact; none when the key is not in the library."""
    lines = next((each["lines"] for each in library() if each["key"] == key), [])
    return [_row(line, material) for line in lines]


def _row(line: dict[str, Any], material: str) -> dict[str, Any]:
    bounds = {
        name: properties.read_value(line["property"], line[name])[0] if name in line else None
        for name in ("low", "high")
    }
    more = {"wanted": "", "machine_model": "", "routing": "", "required": line.get("required", False)}
    return {"material": material, "code": line["property"], "source": line["source"], **bounds, **more}


def digest() -> str:
    """The fingerprint of the library, told with what was taken from it."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
