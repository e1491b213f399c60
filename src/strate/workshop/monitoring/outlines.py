"""The outline of a layer as the server draws it, from the same stream the screens read (docs/layer-stream.md)."""

from dataclasses import dataclass

from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.viewing.layer_stream import (
    HATCHES,
    HOLE,
    DrawnLayer,
    Line,
    unpack_block,
    unpack_index,
)
from strate.workshop.journal.refusals import Refused
from strate.workshop.parts import views

Point = tuple[int, int]
Box = tuple[Point, Point]


@dataclass(frozen=True)
class Outline:
    """A layer as it is drawn: one path, holes included, and the box of the part seen from above, in micrometres."""

    path: str
    open_path: str
    box: str
    area_mm2: float


def outline(digest: str, layer_um: int, layer: int, *, layers: int, box: Box) -> Outline | None:
    """The outline of a layer; None when the file is not there, cannot be cut, or is being cut just now."""
    if not digest or layer_um <= 0 or not 1 <= layer <= layers:
        return None
    found = _drawn(digest, layer_um, layer)
    if found is None:
        return None
    low, high = box
    frame = (low[0], -high[1], max(high[0] - low[0], 1), max(high[1] - low[1], 1))
    closed = [line for line in found.lines if line.kind <= HOLE]
    open_lines = [line for line in found.lines if HOLE < line.kind < HATCHES]
    return Outline(
        path=" ".join(f"{_path(line)}Z" for line in closed),
        open_path=" ".join(map(_path, open_lines)),
        box=" ".join(str(side) for side in frame),
        area_mm2=found.area_mm2,
    )


def _drawn(digest: str, layer_um: int, layer: int) -> DrawnLayer | None:
    try:
        index = views.layer_index(digest, layer_um)
        block = index and views.layer_block(
            digest, layer_um, (layer - 1) // unpack_index(index.plain).per_block
        )
    except (views.StillWorking, FileRefused, Refused, OSError):
        # The page says « no data »: the records of the layers do not depend on the drawing.
        return None
    if not block:
        return None
    first, drawn = unpack_block(block.plain)
    return drawn[layer - first] if 0 <= layer - first < len(drawn) else None


def _path(line: Line) -> str:
    """x, y, x, y… as a path; seen from above, y goes up."""
    return "M" + "L".join(f"{x} {-y}" for x, y in line.points.tolist())
