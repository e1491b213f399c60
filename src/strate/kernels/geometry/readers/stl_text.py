"""Reads the text dialect of STL: strict on the words, whatever the line endings and the capitals."""

from __future__ import annotations

import re
import warnings

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.refusal import FileRefused, Limits

# One facet is 21 words: each by its first letter and length, 0 for a number.
_WORDS = (b"facet", b"normal", b"", b"", b"", b"outer", b"loop", *((b"vertex", b"", b"", b"") * 3),
          b"endloop", b"endfacet")  # fmt: skip
_FIRST = np.array([word[0] if word else 0 for word in _WORDS], dtype=np.uint8)
_LENGTH = np.array([len(word) for word in _WORDS], dtype=np.int64)
_IS_WORD = _FIRST > 0
_BLANKED = (b"endfacet", b"endloop", b"facet", b"normal", b"outer", b"loop", b"vertex")
_INK = re.compile(rb"\S")
_LINE_END = re.compile(rb"[\r\n]")
_BLOCK = 16_000_000
_GAP = np.zeros(256, dtype=bool)
_GAP[list(b" \t\r\n\f\v")] = True


def read_text(data: bytes, limits: Limits) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """All the triangles of all the solids of the file, and the solids' names."""
    lower = data.lower()
    soups: list[NDArray[np.float64]] = []
    names: list[str] = []
    at, count = 0, 0
    while (begin := _next_solid(lower, at)) is not None:
        name_end = _line_end(lower, begin)
        end = _end_of_solid(lower, name_end)
        if end is None:
            raise _cut(lower, begin, name_end, count)
        names.append(data[begin + 5 : name_end].decode("utf-8", "replace").strip())
        for block in _blocks(lower, name_end, end):
            soups.append(_facets(lower, *block, count))
            count += len(soups[-1])
            if count > limits.max_triangles:
                raise FileRefused("too_many_triangles", triangles=count, limit=limits.max_triangles)
        at = _line_end(lower, end)
    if count == 0:
        raise FileRefused("no_triangles")
    return np.concatenate(soups), tuple(names)


def _next_solid(lower: bytes, at: int) -> int | None:
    """Where the next solid begins; anything else than blanks before it is refused."""
    found = _INK.search(lower, at)
    if found is None:
        return None
    if not lower.startswith(b"solid", found.start()):
        raise FileRefused("ascii_stray_text", line=_line(lower, found.start()))
    return found.start()


def _line_end(lower: bytes, at: int) -> int:
    found = _LINE_END.search(lower, at)
    return found.start() if found else len(lower)


def _end_of_solid(lower: bytes, at: int) -> int | None:
    end = lower.find(b"endsolid", at)
    return None if end < 0 else end


def _cut(lower: bytes, begin: int, body: int, count: int) -> FileRefused:
    """A solid without end: say which triangle is broken if one is, else that the text is cut."""
    try:
        for block in _blocks(lower, body, len(lower)):
            _facets(lower, *block, count)
    except FileRefused as broken:
        if broken.code == "decimal_comma":
            return broken
    return FileRefused("ascii_cut", line=_line(lower, begin))


def _blocks(lower: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a solid at the ends of facets, so that memory does not grow with the file."""
    cuts = [start]
    while end - cuts[-1] > _BLOCK:
        cut = lower.rfind(b"endfacet", cuts[-1], cuts[-1] + _BLOCK)
        if cut < 0:
            break
        cuts.append(cut + len(b"endfacet"))
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _facets(lower: bytes, start: int, end: int, before: int) -> NDArray[np.float64]:
    """The triangles of one block, after checking every word of it."""
    block = lower[start:end]
    gap = _GAP[np.frombuffer(block, np.uint8)]
    edge = np.flatnonzero(np.diff(gap, prepend=True, append=True))
    if not len(edge):
        return np.empty((0, 3, 3))
    starts, lengths = edge[0::2], edge[1::2] - edge[0::2]
    wrong = _first_wrong_word(np.frombuffer(block, np.uint8)[starts], lengths)
    if wrong is not None:
        at = int(starts[min(wrong, len(starts) - 1)])
        raise FileRefused("ascii_broken", triangle=before + wrong // 21 + 1, line=_line(lower, start + at))
    for word in _BLANKED:
        block = block.replace(word, b" ")
    numbers = _numbers(block)
    facets = len(starts) // 21
    if len(numbers) == 12 * facets:
        return numbers.reshape(-1, 12)[:, 3:].reshape(-1, 3, 3)
    facet = min(len(numbers) // 12, facets - 1)
    line = _line(lower, start + int(starts[facet * 21]))
    comma = b"," in lower[start + int(starts[facet * 21]) :][:1000].split(b"endfacet")[0]
    raise FileRefused("decimal_comma" if comma else "ascii_broken", triangle=before + facet + 1, line=line)


def _first_wrong_word(first: NDArray[np.uint8], lengths: NDArray[np.int64]) -> int | None:
    """The number of the first word out of its place, None when all are in theirs."""
    whole = len(first) // 21 * 21
    wrong = (first[:whole].reshape(-1, 21) != _FIRST) | (lengths[:whole].reshape(-1, 21) != _LENGTH)
    wrong[:, ~_IS_WORD] = False
    if wrong.any():
        return int(np.flatnonzero(wrong)[0])
    return whole if whole < len(first) else None


def _numbers(text: bytes) -> NDArray[np.float64]:
    """The numbers of a text, up to the first thing that is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the caller counts what was read
        try:
            return np.fromstring(text, sep=" ")  # type: ignore[call-overload, no-any-return, unused-ignore]
        except ValueError:
            return _numbers_one_by_one(text)


def _numbers_one_by_one(text: bytes) -> NDArray[np.float64]:
    good: list[float] = []
    for word in text.split():
        try:
            good.append(float(word))
        except ValueError:
            break
    return np.array(good)


def _line(lower: bytes, at: int) -> int:
    """Line number of a byte, whatever the line ending."""
    head = lower[:at]
    return (head.count(b"\n") or head.count(b"\r")) + 1
