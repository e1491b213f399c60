"""The H and P statements of this trade, in the official words of regulation (EC) 1272/2008."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

TABLES = ("hazards", "precautions")


@dataclass(frozen=True)
class Phrase:
    """A statement as it is shown; `known` is false when it is not in our table and is shown as typed."""

    code: str
    text: str
    known: bool = True


@cache
def statements() -> dict[str, dict[str, str]]:
    """Every statement of the tables, by its code, in French and in English."""
    found: dict[str, dict[str, str]] = {}
    for table in TABLES:
        found |= yaml.safe_load(Path(__file__).with_name(f"{table}.yaml").read_text(encoding="utf-8"))
    return found


def phrase(code: str, language: str = "") -> Phrase:
    """The official sentence of a code; of a combined one (P302+P352), that of each part when the whole has none."""
    spoken = "en" if (language or get_language() or "fr").startswith("en") else "fr"
    known_ones = statements()
    if code in known_ones:
        return Phrase(code, known_ones[code][spoken])
    parts = [part.strip() for part in code.split("+")]
    if len(parts) > 1 and all(part in known_ones for part in parts):
        return Phrase(code, " ".join(known_ones[part][spoken] for part in parts))
    # H360FD and its kin: the letters say which of the two effects; the root carries the sentence.
    root = code[:4]
    if code.startswith("H") and len(code) > 4 and root in known_ones:
        return Phrase(code, known_ones[root][spoken])
    return Phrase(code, "", known=False)


def known(code: str) -> bool:
    return phrase(code, "fr").known


__all__ = ["Phrase", "known", "phrase", "statements"]
