"""How a furnace cycle is drawn: what was recorded, over the band the recipe allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from strate.workshop.attachments import queries as attachments
from strate.workshop.post_processing import rules
from strate.workshop.post_processing.models import FurnaceCycle
from strate.workshop.telemetry.rules import thinned

WIDTH, HEIGHT, LARGEST_BYTES = 640, 240, 4_000_000


@dataclass(frozen=True)
class Drawn:
    """The curve in the coordinates of the drawing; the band is what the recipe allows at the soak."""

    points: str
    band_top: float
    band_height: float
    last_min: float
    unread: int
    width: int = WIDTH
    height: int = HEIGHT


def curve_of(cycle: FurnaceCycle) -> Drawn | None:
    """The recorder's file of a cycle, drawn; None when there is none or when nothing in it can be read."""
    if not cycle.curve:
        return None
    lying = attachments.path(cycle.curve)
    if not lying.is_file() or lying.stat().st_size > LARGEST_BYTES:
        return None
    curve = rules.read_curve(lying.read_text("utf-8", "replace"))
    return drawn(curve.points, cycle.recipe, curve.unread) if len(curve.points) > 1 else None


def drawn(points: Sequence[tuple[float, float]], recipe: Mapping[str, Any], unread: int = 0) -> Drawn:
    """The curve over its band, the whole of both inside the drawing."""
    wanted = float(Decimal(str(recipe.get("celsius") or 0)))
    tolerance = float(Decimal(str(recipe.get("tolerance_celsius") or rules.DEFAULT_TOLERANCE_CELSIUS)))
    last = max(minutes for minutes, _celsius in points) or 1.0
    top = max(wanted + tolerance, *(celsius for _minutes, celsius in points)) * 1.05 or 1.0

    def y(celsius: float) -> float:
        return round(HEIGHT * (1 - max(celsius, 0) / top), 1)

    line = " ".join(f"{round(WIDTH * m / last, 1)},{y(c)}" for m, c in thinned(points))
    band = y(wanted - tolerance) - y(wanted + tolerance)
    return Drawn(line, y(wanted + tolerance), round(max(band, 2), 1), last, unread)
