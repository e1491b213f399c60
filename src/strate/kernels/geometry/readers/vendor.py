"""Knows the closed formats of machine makers by their names and openings; what they would build is not known."""

from __future__ import annotations

from pathlib import PurePath

from strate.kernels.geometry.readers import Opaque
from strate.kernels.geometry.refusal import Limits

# How each closed format is called here; none of them has a published description.
FORMATS: dict[str, str] = {
    ".sli": "sli",
    ".slm": "slm",
    ".slmx": "slm",
    ".mtt": "mtt",
    ".rea": "rea",
    ".job": "job",
    ".eosjob": "eosjob",
    ".eosprint": "eosprint",
    ".openjz": "openjz",
    ".jz": "openjz",
    ".wza": "wza",
    ".sjf": "sjf",
    ".f&s": "f&s",
    ".fas": "f&s",
    ".cls": "cls",
}
_EOS_SLI = b"EOS 1993 SLI FILE"
_SHOWN = 80


def promised_by(name: str | None) -> str | None:
    """The closed format a file name announces, if any."""
    return FORMATS.get(PurePath(name).suffix.lower()) if name else None


def read_vendor(data: bytes, limits: Limits = Limits(), promised: str | None = None) -> Opaque:
    """What the first bytes say of themselves; the rest stays closed."""
    if data.startswith(_EOS_SLI):
        said = (("opening", _text(data[:40])), ("made_by", _text(data[64:104])))
        return Opaque("sli", header=tuple((name, text) for name, text in said if text))
    opening = _text(data[:_SHOWN])
    shown = (("opening", opening),) if opening else ()
    return Opaque(promised or "unknown", header=(*shown, ("first_bytes", data[:16].hex(" "))))


def _text(raw: bytes) -> str:
    """The readable beginning of some bytes; nothing when they do not begin as a text."""
    readable = bytearray()
    for byte in raw:
        if not 32 <= byte < 127:
            break
        readable.append(byte)
    return readable.decode("ascii").strip() if len(readable) >= 4 else ""
