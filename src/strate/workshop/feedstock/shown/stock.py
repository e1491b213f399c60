"""How powder is drawn and told on a page: the layers in a machine, the lines of the ledger."""

from dataclasses import dataclass
from typing import Any

from strate.workshop.doors.hooks import hooks
from strate.workshop.feedstock import wording
from strate.workshop.feedstock.models import Lot, PowderMovement
from strate.workshop.feedstock.rules import MachineContent, Portion, Share

HEIGHT, WIDTH, GAP = 240, 150, 2
THINNEST = 14


@dataclass(frozen=True)
class Band:
    """One portion as a layer of the drawing; used powder carries one line for each build it has seen."""

    portion: Portion
    share: Share
    top: int
    height: int
    lines: list[int]

    @property
    def middle(self) -> int:
        return self.top + self.height // 2 + 4

    @property
    def used(self) -> bool:
        return self.portion.used_share.units > 0


def bands(inside: MachineContent) -> list[Band]:
    """What a machine holds, the first poured at the bottom; the smallest portion can still be seen."""
    parts = inside.parts
    room = HEIGHT - THINNEST * len(parts)
    drawn, bottom = [], HEIGHT
    for portion, share in parts:
        height = THINNEST + max(0, round(room * share.fraction))
        top = bottom - height
        count = min(portion.age_max, (height - 4) // 4)
        lines = [top + 3 + 4 * i for i in range(count)]
        drawn.append(Band(portion, share, top, height - GAP, lines))
        bottom = top
    return drawn


def state(lot: Lot) -> dict[str, Any]:
    """The chip of a lot: the word of the floor, the look of the house."""
    word, look = wording.LOT_STATES[lot.state]
    return {"word": word, "look": look}


def movement(line: PowderMovement) -> dict[str, Any]:
    """A line of the ledger in words."""
    return {
        "at": line.at,
        "kind": wording.MOVEMENTS.get(line.kind, line.kind),
        "source": place(line.source),
        "target": place(line.target),
        "mass_mg": line.mass_mg,
        "becomes": line.becomes,
        "lot": line.lot,
        "who": hooks.name_of(line.by) if line.by else "",
    }


def place(ref: str) -> str:
    """Where powder came from or went, in words."""
    if ref in wording.GONE:
        return str(wording.GONE[ref])
    kind, _sep, code = ref.partition(":")
    if kind == "waste":
        # Waste that no drum received yet is told by what it is.
        what = wording.MOVEMENTS["oversize"] if code == "oversize" else ""
        return f"{wording.PLACES[kind]} · {what}" if what else str(wording.PLACES[kind])
    if kind in wording.PLACES:
        return f"{wording.PLACES[kind]} {code if code != '?' else ''}".strip()
    return str(hooks.title_of(ref))
