"""Printing: what is told goes into a layout, and comes out as pages that any reader, and any archive, accepts."""

import json
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

FONTS = ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "IBM Plex Sans", "Libertinus Serif")
# Signs that turn the reading direction can make a line say something else than the data.
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
Sources = Mapping[str, bytes]


class CannotPrint(ValueError):
    """The pages cannot be made from this; the message names what is wrong."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF; `relationship` is `data`, `source` or `supplement`."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    description: str = ""
    relationship: str = "data"


def press(
    told: Mapping[str, Any],
    *,
    sources: Sources,
    main: str,
    data: str,
    at: datetime,
    font_paths: Sequence[Path] = (),
    compiler: "Callable[[Sources, str, Sequence[Path], datetime], bytes] | None" = None,
) -> bytes:
    """The pages of layout `main`, which reads what is told in the file `data`.

    An archive may show no empty box: a sign that no font can draw is printed as its Unicode number.
    """
    made = compiler or laid_out
    for beyond in (sys.maxunicode, 0x24FF, 0x17F):
        text = json.dumps(spelt_out(dict(told), beyond), ensure_ascii=False)
        try:
            return made({**sources, data: text.encode("utf-8", "replace")}, main, font_paths, at)
        except CannotPrint as error:
            if "could not be displayed" not in str(error):
                raise
            refused = error
    raise refused


def spelt_out(value: Any, beyond: int) -> Any:
    """The same, with every sign numbered above `beyond` (and every control) written as [U+1F600]."""
    if isinstance(value, dict):
        return {key: spelt_out(item, beyond) for key, item in value.items()}
    if isinstance(value, list):
        return [spelt_out(item, beyond) for item in value]
    if isinstance(value, str) and not (value.isascii() and value.isprintable()):
        return "".join(c if _printable(c, beyond) else f"[U+{ord(c):04X}]" for c in value)
    return value


def _printable(sign: str, beyond: int) -> bool:
    if sign == "\n" or 0x2000 <= ord(sign) <= 0x206F:
        return sign not in BIDI
    return ord(sign) <= beyond and unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")


def laid_out(sources: Sources, main: str, font_paths: Sequence[Path], at: datetime) -> bytes:
    """Typst reads files: they are laid in a folder that lives for the time of the print."""
    with TemporaryDirectory(prefix="strate-print-") as folder:
        lay(sources, Path(folder))
        return compiled(Path(folder), main, font_paths, at)


def lay(sources: Sources, folder: Path) -> None:
    """Write the layout, what it reads and what travels inside."""
    for name, content in sources.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def compiled(folder: Path, main: str, font_paths: Sequence[Path], at: datetime) -> bytes:
    """The PDF of a layout that lies in a folder; it reads nothing outside of it."""
    try:
        made = typst.compile(
            str(folder / main),
            root=str(folder),
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            font_paths=[str(path) for path in font_paths],
            ignore_system_fonts=True,
            timestamp=at,
        )
    except typst.TypstError as error:
        raise CannotPrint(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if not isinstance(made, bytes):
        raise CannotPrint("the pages came out in several files")
    return made
