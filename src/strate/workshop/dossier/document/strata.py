"""The strata: a build drawn as it was made, one thin line per layer, coloured by what happened in it."""

from collections.abc import Sequence
from typing import NamedTuple

# Powder, sand, ash: the tones of layers in which nothing happened.
POWDERS = ("#e9e5dc", "#e3ded3", "#ded8cb", "#e6e1d7", "#dad3c5", "#e1dbcf")
COLOURS = {"interrupted": "#8f1d2c", "suspected": "#c07a12", "decided": "#155e63", "no_data": "#ffffff"}
THINNEST = 0.7
MOST_BANDS = 170


class Run(NamedTuple):
    """`many` layers one after the other in the same state, from the plate up."""

    state: str
    many: int


def draw(runs: Sequence[tuple[str, int]], *, width: float = 494, height: float = 280) -> str:
    """The SVG of a build seen from the side; `runs` go from the first layer to the last."""
    total = max(1, sum(many for _, many in runs))
    scale = height / total
    drawn = [_hatching(), _powder(total, width, height)]
    below = 0
    for state, many in runs:
        if state != "fine":
            top = height - (below + many) * scale
            drawn.append(_event(state, top, max(many * scale, THINNEST), width))
        below += many
    frame = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{"".join(drawn)}</svg>'


def key(state: str) -> str:
    """The same drawing, small, for the legend."""
    event = "" if state == "fine" else _event(state, 5, 8 if state == "no_data" else 2, 26)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="16" viewBox="0 0 30 16">'
        f"{_hatching()}{_powder(4, 26, 16)}{event}</svg>"
    )


def _powder(total: int, width: float, height: float) -> str:
    """Quiet bands: their tones vary only so that the eye sees layers; they say nothing."""
    bands = max(1, min(MOST_BANDS, total))
    step = height / bands
    return "".join(
        f'<rect x="0" y="{height - (index + 1) * step:.2f}" width="{width:g}" height="{step + 0.05:.2f}" '
        f'fill="{POWDERS[(index * 5 + index // 7) % len(POWDERS)]}"/>'
        for index in range(bands)
    )


def _event(state: str, top: float, thickness: float, width: float) -> str:
    """Each state has its own shape as well as its colour: a colour-blind reader loses nothing."""
    colour = COLOURS.get(state, "#23211e")
    middle = top + thickness / 2
    if state == "no_data":
        return (
            f'<rect x="0" y="{top:.2f}" width="{width:g}" height="{thickness:.2f}" fill="#ffffff"/>'
            f'<rect x="0" y="{top:.2f}" width="{width:g}" height="{thickness:.2f}" fill="url(#hatch)"/>'
        )
    if state == "suspected":
        return (
            f'<line x1="0" y1="{middle:.2f}" x2="{width:g}" y2="{middle:.2f}" stroke="{colour}" '
            f'stroke-width="{thickness:.2f}" stroke-dasharray="7 3"/>'
        )
    line = f'<rect x="0" y="{top:.2f}" width="{width:g}" height="{thickness:.2f}" fill="{colour}"/>'
    if state == "interrupted":
        return (
            line
            + f'<path d="M{width - 7:g} {middle - 4:.2f}L{width:g} {middle:.2f}L{width - 7:g} '
            + (f'{middle + 4:.2f}Z" fill="{colour}"/>')
        )
    return line + f'<circle cx="{width - 5:g}" cy="{middle:.2f}" r="2.6" fill="{colour}"/>'


def _hatching() -> str:
    return (
        '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="1.2" height="5" fill="#8c867a"/></pattern></defs>'
    )
