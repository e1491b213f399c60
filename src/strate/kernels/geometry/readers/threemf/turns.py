"""Reads one 3MF model part: the engine takes the plain rows, the parser all the rest, each in its turn."""

from __future__ import annotations

from strate.kernels.geometry.readers.threemf.blocks import PlainBlocks
from strate.kernels.geometry.readers.threemf.markup import MOST_LETTERS, MOST_OTHERS, Markup
from strate.kernels.geometry.readers.threemf.packed import Packed
from strate.kernels.geometry.readers.threemf.xml import check_encoding
from strate.kernels.geometry.refusal import FileRefused


def _stepped_over(markup: Markup, plain: PlainBlocks, begin: int, at: int, packed: Packed) -> int:
    """Where an attribute of others stopped the engine: the parser reads one such element, the engine the rest.

    Only what the parser has let through once is stepped over; where anything else stands the parser goes on alone.
    """
    for _ in range(MOST_OTHERS):
        end, before = markup.data.find(b"/>", at, at + MOST_LETTERS) + 2, markup.leaves
        if end < 2 or markup.data.startswith(b"</", at):
            return at
        markup.feed(at, end)
        at = end
        if not markup.between_leaves_of(packed) or markup.leaves != before + 1:
            return at
        if not (names := markup.written_names(packed.allowed)):
            return at
        reached = plain.read(begin, at, packed, names)
        markup.skipped += reached - at
        at = reached
    return at


def parse_model(data: bytes, part: str) -> Markup:
    """The tree of a model part; corners and triangles written plainly are read by the engine."""
    check_encoding(data, part)
    markup = Markup(data, part)
    at, misses, plain = 0, 0, PlainBlocks(data)
    while misses < 8 and (tag := plain.next(at)) is not None:
        begin, end = tag
        markup.feed(at, end)
        at = end
        packed = markup.opened(begin)
        if packed is None:
            misses += 1
            continue
        reached = plain.read(begin, at, packed)
        markup.skipped += reached - at
        at = _stepped_over(markup, plain, begin, reached, packed)
    markup.feed(at, len(data), final=True)
    if markup.root is None:
        raise FileRefused("3mf_xml_empty", part=part)
    return markup
