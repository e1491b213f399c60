"""The outline of a layer, cut from the exchange file once and kept beside the data: what the strata are made of."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from strate.kernels.geometry import guard
from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.attachments import queries as attachments
from strate.workshop.journal.refusals import Refused

# Cutting one layer costs as much as cutting a few dozen: the file is read once for all of them.
TOGETHER = 64
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
    """The outline of a layer; None when the file is not there or cannot be cut."""
    if not digest or layer_um <= 0 or not 1 <= layer <= layers:
        return None
    cuts = _kept(digest, layer_um, (layer - 1) // TOGETHER, layers)
    found = next((cut for cut in cuts if cut["layer"] == layer), None)
    if found is None:
        return None
    low, high = box
    frame = (low[0], -high[1], max(high[0] - low[0], 1), max(high[1] - low[1], 1))
    return Outline(
        path=" ".join(f"{_line(line)}Z" for line in found["contours_um"]),
        open_path=" ".join(_line(line) for line in found["open_um"]),
        box=" ".join(str(side) for side in frame),
        area_mm2=float(found["area_mm2"]),
    )


def _line(flat: list[int]) -> str:
    """x, y, x, y… as a path; seen from above, y goes up."""
    return "M" + "L".join(f"{x} {-y}" for x, y in zip(flat[::2], flat[1::2], strict=True))


def _kept(digest: str, layer_um: int, block: int, layers: int) -> list[dict[str, Any]]:
    folder: Path = settings.STRATE.home / "cache" / "outlines"
    name = folder / f"{digest}-{layer_um}-{block}.json"
    try:
        kept: list[dict[str, Any]] = json.loads(name.read_text())
    except (OSError, ValueError):
        kept = _cut(digest, layer_um, block, layers)
        if kept:
            _keep(name, kept)
    return kept


def _cut(digest: str, layer_um: int, block: int, layers: int) -> list[dict[str, Any]]:
    first = block * TOGETHER + 1
    try:
        answer = guard.contours_in_child(
            attachments.path(digest),
            layer_um=layer_um,
            layers=range(first, min(first + TOGETHER, layers + 1)),
        )
    except (Refused, FileRefused, OSError):
        # The page says « no data »: the records of the layers do not depend on the drawing.
        return []
    cuts: list[dict[str, Any]] = answer["cuts"]
    return cuts


def _keep(name: Path, cuts: list[dict[str, Any]]) -> None:
    """A cache is only a help: a disk that is full does not hide the page."""
    try:
        name.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=name.parent, delete=False) as draft:
            json.dump(cuts, draft, separators=(",", ":"))
        Path(draft.name).replace(name)
    except OSError:
        return
