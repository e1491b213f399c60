"""A part drawn by its layers: outlines of some of them, stacked as they will be built, worked out once."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from django.conf import settings

from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.workshop.attachments import store
from strate.workshop.parts.views import StillWorking

LAYERS_DRAWN = 18
MOST_POINTS = 40_000
LIMITS = Limits(cpu_s=30, wall_s=40.0)
TRANSIENT = ("took_too_long", "needs_too_much_memory", "reader_died")
# Seen from above and a little from the front: depth is shortened, height is lifted.
DEPTH, LIFT, SKEW = 0.5, 0.85, 0.35


@dataclass(frozen=True)
class Outline:
    """The lines of one layer as an SVG path."""

    d: str
    top: bool
    open: bool


@dataclass(frozen=True)
class Drawing:
    view_box: str
    outlines: list[Outline]


def drawing(digest: str, height_um: int) -> Drawing | None:
    """The drawing of a file; None when the kernel cannot cut it. Raises StillWorking while its readers are busy."""
    kept = settings.STRATE.home / "cache" / "drawings" / f"{digest}.json"
    if kept.is_file():
        plain = json.loads(kept.read_text())
    else:
        cuts = _cuts(digest, height_um)
        plain = _drawn(cuts or [])
        if cuts is not None:
            _keep(kept, plain)
    return (
        Drawing(plain["view_box"], [Outline(**o) for o in plain["outlines"]]) if plain["outlines"] else None
    )


def _cuts(digest: str, height_um: int) -> list[dict[str, Any]] | None:
    """The layers drawn; None when it cost too much this time: the machine may have been busy."""
    layer_um = max(5, -(-height_um // LAYERS_DRAWN))
    try:
        found = guard.contours_in_child(store.path_of(digest), layer_um=layer_um, limits=LIMITS)
    except FileRefused as refused:
        if refused.code == "readers_busy":
            raise StillWorking from refused
        # What cannot be cut is not drawn; the verdict beside it says why.
        return None if refused.code in TRANSIENT else []
    return list(found["cuts"])


def _drawn(cuts: list[dict[str, Any]]) -> dict[str, Any]:
    outlines: list[dict[str, Any]] = []
    edge = [float("inf"), float("inf"), float("-inf"), float("-inf")]
    left = MOST_POINTS
    for cut in cuts:
        last = cut is cuts[-1]
        for lines, is_open in ((cut["contours_um"], False), (cut["open_um"], True)):
            left -= sum(map(len, lines)) // 2
            if lines and left > 0:
                d = " ".join(_line(flat, cut["z_mm"], edge, is_open) for flat in lines)
                outlines.append({"d": d, "top": last, "open": is_open})
    if not outlines:
        return {"view_box": "", "outlines": []}
    pad = max(edge[2] - edge[0], edge[3] - edge[1]) * 0.03
    box = (edge[0] - pad, edge[1] - pad, edge[2] - edge[0] + 2 * pad, edge[3] - edge[1] + 2 * pad)
    return {"view_box": " ".join(f"{side:.3f}" for side in box), "outlines": outlines}


def _line(flat: list[int], z_mm: float, edge: list[float], is_open: bool) -> str:
    points = []
    for x_um, y_um in zip(flat[::2], flat[1::2], strict=True):
        x, y = x_um / 1000, y_um / 1000
        across, down = x + y * SKEW, -y * DEPTH - z_mm * LIFT
        edge[:] = min(edge[0], across), min(edge[1], down), max(edge[2], across), max(edge[3], down)
        points.append(f"{across:.2f} {down:.2f}")
    return "M" + "L".join(points) + ("" if is_open else "Z")


def _keep(path: File, plain: dict[str, Any]) -> None:
    """Only a convenience: written whole or not at all, and made again when it is lost."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
        json.dump(plain, draft)
    File(draft.name).replace(path)
