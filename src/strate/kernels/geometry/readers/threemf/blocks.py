"""Hands the plain blocks of corners and triangles of a model part to the engine; the rest stays with the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strate.kernels.geometry.readers.threemf.markup import Element

NAMES = ("vertices", "triangles")


def next_tag(data: bytes, at: int) -> tuple[int, int] | None:
    return None


def read_plain(data: bytes, at: int, element: Element) -> int:
    return at
