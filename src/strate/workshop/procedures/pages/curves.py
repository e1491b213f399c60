"""The curve of a reading sheet, drawn by the server: points, limits, and gaps where nobody read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 600, 140, 8


@dataclass(frozen=True)
class Curve:
    """What the drawing needs: broken lines, points with their value, the height of each limit."""

    lines: list[str] = field(default_factory=list)
    points: list[tuple[str, str, Decimal, bool]] = field(default_factory=list)
    low_y: str = ""
    high_y: str = ""
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    width: int = WIDTH
    height: int = HEIGHT


def curve(
    points: Sequence[tuple[datetime, Decimal | None]], low: Decimal | None, high: Decimal | None
) -> Curve | None:
    """Nothing is drawn for less than two values."""
    read = [(at, value) for at, value in points if value is not None]
    if len(read) < 2:
        return None
    reach = [value for _at, value in read] + [limit for limit in (low, high) if limit is not None]
    least, most = min(reach), max(reach)
    start, span = points[0][0], max((points[-1][0] - points[0][0]).total_seconds(), 1.0)

    def x(at: datetime) -> str:
        return f"{MARGIN + (WIDTH - 2 * MARGIN) * (at - start).total_seconds() / span:.1f}"

    def y(value: Decimal) -> str:
        share = float((value - least) / (most - least)) if most > least else 0.5
        return f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share:.1f}"

    def out(value: Decimal) -> bool:
        return (low is not None and value < low) or (high is not None and value > high)

    pieces: list[list[str]] = [[]]
    for at, value in points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{x(at)},{y(value)}")
    return Curve(
        lines=[" ".join(piece) for piece in pieces if len(piece) > 1],
        points=[(x(at), y(value), value, out(value)) for at, value in read],
        low_y=y(low) if low is not None else "",
        high_y=y(high) if high is not None else "",
        least=least,
        most=most,
    )
