"""The H and P statements of this trade, in the official words of regulation (EC) 1272/2008."""

from dataclasses import dataclass

from django.utils.translation import get_language

from strate.workshop.safety.phrases.hazards import HAZARDS
from strate.workshop.safety.phrases.precautions import PRECAUTIONS

_ALL = {**HAZARDS, **PRECAUTIONS}


@dataclass(frozen=True)
class Phrase:
    """A statement as it is shown; `known` is false when it is not in our table and is shown as typed."""

    code: str
    text: str
    known: bool = True


def phrase(code: str, language: str = "") -> Phrase:
    """The official sentence of a code; of a combined one (P302+P352), that of each part when the whole has none."""
    column = 1 if (language or get_language() or "fr").startswith("en") else 0
    if code in _ALL:
        return Phrase(code, _ALL[code][column])
    parts = [part.strip() for part in code.split("+")]
    if len(parts) > 1 and all(part in _ALL for part in parts):
        return Phrase(code, " ".join(_ALL[part][column] for part in parts))
    # H360FD and its kin: the letters say which of the two effects; the root carries the sentence.
    root = code[:4]
    if code.startswith("H") and len(code) > 4 and root in _ALL:
        return Phrase(code, _ALL[root][column])
    return Phrase(code, "", known=False)


def known(code: str) -> bool:
    return phrase(code, "fr").known


__all__ = ["HAZARDS", "PRECAUTIONS", "Phrase", "known", "phrase"]
