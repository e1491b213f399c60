"""The header of a CLI file: unit, labels, announced layers and size; whatever else it says is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from strate.kernels.geometry.readers.texts import finite, shown, whole
from strate.kernels.geometry.refusal import FileRefused

START, END = b"$$HEADERSTART", b"$$HEADEREND"
_LONGEST = 4_000_000
_WORD = re.compile(rb"\$\$([A-Za-z0-9_+.-]+)[ \t]*(/)?")
_COMMENT = re.compile(rb"//.*?//", re.DOTALL)
_KNOWN = frozenset(
    ["ASCII", "BINARY", "UNITS", "VERSION", "DATE", "DIMENSION", "LAYERS", "ALIGN", "LABEL", "USERDATA"]
)


@dataclass
class Header:
    """What a CLI file says of itself; `body` is the first byte behind it."""

    body: int
    binary: bool = False
    unit_mm: float = 0.0
    aligned: bool = False
    layers: int | None = None
    dimension: tuple[float, ...] | None = None
    labels: dict[int, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def signed(self) -> bool:
        """Do the short numbers hold negative places? Only the announced size can tell."""
        return self.dimension is not None and min(self.dimension[:2]) < -self.unit_mm / 2


def read_header(data: bytes) -> Header:
    """The header of a file that opens with $$HEADERSTART, comments before it aside."""
    start = data.upper().find(START, 0, 4096) if data[:4096].upper().find(START) >= 0 else -1
    if start < 0:
        raise FileRefused("header_line_broken", line=1)
    at, body, words = start + len(START), -1, []
    top = data[: _LONGEST + len(END)]
    while (found := _next_word(top, at)) is not None:
        name, slash, begin = found
        if name == "HEADEREND":
            body = begin
            break
        value, at = _value(top, name, begin) if slash else (b"", begin)
        words.append((name, value))
    if body < 0:
        raise FileRefused("header_without_end")
    header = Header(body)
    for name, value in words:
        _take(header, name, value)
    return _complete(header, words)


def _next_word(data: bytes, at: int) -> tuple[str, bool, int] | None:
    """The next $$WORD that is not inside a comment."""
    while (found := _WORD.search(data, at)) is not None:
        comment = _COMMENT.search(data, at, found.start() + 2)
        opened = data.find(b"//", at, found.start())
        if comment is None and opened >= 0:
            closed = data.find(b"//", opened + 2)
            if closed > found.start():
                at = closed + 2
                continue
        name = found.group(1).decode("ascii").upper()
        # The first byte of a binary body may look like one more letter of the last word.
        if name.startswith("HEADEREND"):
            return "HEADEREND", False, found.start() + len(END)
        return name, bool(found.group(2)), found.end()
    return None


def _value(data: bytes, name: str, begin: int) -> tuple[bytes, int]:
    """The text behind a word, up to the end of the line or the next word; user data are as long as they say."""
    if name == "USERDATA":
        head = re.match(rb"([^,\r\n]*),\s*(\d{1,9})\s*,", data[begin : begin + 4096])
        if head is None or begin + head.end() + int(head.group(2)) > len(data):
            raise FileRefused("header_word_broken", word="USERDATA")
        return head.group(1), begin + head.end() + int(head.group(2))
    end = re.compile(rb"[\r\n]|\$\$").search(data, begin)
    stop = end.start() if end else len(data)
    return _COMMENT.sub(b"", data[begin:stop]).strip(), stop


def _take(header: Header, name: str, value: bytes) -> None:
    try:
        match name:
            case "UNITS":
                header.unit_mm = finite(value)
            case "LAYERS":
                header.layers = _count(value)
            case "DIMENSION":
                header.dimension = _six(value)
            case "LABEL":
                number, _, text = value.partition(b",")
                header.labels[whole(number)] = shown(text.strip(b'" '))
            case "ALIGN":
                header.aligned = True
            case "BINARY" | "ASCII":
                header.binary = name == "BINARY"
    except ValueError as error:
        raise FileRefused("header_word_broken", word=name) from error
    if name not in _KNOWN:
        header.unknown.append(name[:30])
    if value and name != "LABEL":
        header.said.append((name.lower()[:30], shown(value, 120)))


def _six(value: bytes) -> tuple[float, ...]:
    numbers = tuple(finite(word) for word in value.split(b","))
    if len(numbers) != 6:
        raise ValueError(len(numbers))
    return numbers


def _count(value: bytes) -> int:
    number = whole(value)
    if number < 0:
        raise ValueError(number)
    return number


def _complete(header: Header, words: list[tuple[str, bytes]]) -> Header:
    names = [name for name, _ in words]
    if ("BINARY" in names) == ("ASCII" in names):
        raise FileRefused("header_word_missing", word="ASCII / BINARY")
    for name in ("UNITS", "DIMENSION", "LAYERS"):
        if len({value for word, value in words if word == name}) > 1:
            raise FileRefused("header_word_twice", word=name)
    if not 0 < header.unit_mm <= 1e6:
        raise FileRefused("header_word_broken" if "UNITS" in names else "header_word_missing", word="UNITS")
    return header
