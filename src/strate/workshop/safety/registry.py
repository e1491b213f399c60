"""What higher rooms lend to safety: what a thing is made of, what a spill does to it, who guides the gesture."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strate.workshop.journal.actor import Actor
    from strate.workshop.safety.models import Spill


@dataclass(frozen=True)
class Matter:
    """Powder, sand or binder that a thing holds: enough to find its sheet, and its lot when it has one."""

    material: str
    lot: str = ""
    supplier: str = ""
    family: str = ""
    title: str = ""
    # How its supplier calls the product.
    product: str = ""


# (ref) -> what it holds; several when it holds several; nothing when this room does not know it.
MatterOf = Callable[[str], list[Matter]]
# (by, spill, things touched) -> the things this room has contaminated.
OnSpill = Callable[["Actor", "Spill", list[str]], list[str]]
# (by, spill, about, context) -> the reference of the guided gesture started.
Guide = Callable[["Actor", "Spill", list[str], dict[str, str]], str]
# (by) -> the things this person is working with now, the most likely first.
AtWork = Callable[["Actor"], list[str]]

_matters: list[MatterOf] = []
_spilt: list[OnSpill] = []
_guides: list[Guide] = []
_at_work: list[AtWork] = []
_families: list[Callable[[str], str]] = []
_places: list[Callable[[str], str]] = []
_cmr: list[Callable[[str], str]] = []


def matter(fn: MatterOf) -> MatterOf:
    """`@matter`: how the powder of a lot, a container, a machine or a build is found."""
    _matters.append(fn)
    return fn


def on_spill(fn: OnSpill) -> OnSpill:
    """`@on_spill`: what a room does at once to what a spill touched, in the same act."""
    _spilt.append(fn)
    return fn


def guide(fn: Guide) -> Guide:
    """`@guide`: who starts the guided gesture of a spill."""
    _guides.append(fn)
    return fn


def at_work(fn: AtWork) -> AtWork:
    """`@at_work`: what this person has in hand, to fill a form before they do."""
    _at_work.append(fn)
    return fn


def family(fn: Callable[[str], str]) -> Callable[[str], str]:
    """`@family`: whether a material (by its code) is metal, polymer or sand; empty when not known."""
    _families.append(fn)
    return fn


def place(fn: Callable[[str], str]) -> Callable[[str], str]:
    """`@place`: the code of the place where a thing stands (a machine, a container); empty when not known."""
    _places.append(fn)
    return fn


def cmr_of(fn: Callable[[str], str]) -> Callable[[str], str]:
    """`@cmr_of`: what the card of a material says of CMR (yes, no, unknown)."""
    _cmr.append(fn)
    return fn


def matters_of(refs: Iterable[str]) -> list[Matter]:
    """All that these things hold, each once; `material:ti64` is a material itself."""
    found: list[Matter] = []
    for ref in refs:
        if ref.startswith("material:"):
            found.append(Matter(ref.removeprefix("material:")))
        for ask in _matters:
            found += ask(ref)
    return list(dict.fromkeys(found))


def family_of(material: str) -> str:
    return next((said for ask in _families if (said := ask(material))), "")


def place_of(ref: str) -> str:
    if ref.startswith("place:"):
        return ref.removeprefix("place:")
    return next((said for ask in _places if (said := ask(ref))), "") if ref else ""


def card_cmr(material: str) -> str:
    return next((said for ask in _cmr if (said := ask(material))), "")


def tell_spill(by: "Actor", spill: "Spill", things: list[str]) -> list[str]:
    """Every room does its part; the things contaminated come back."""
    return [ref for act in _spilt for ref in act(by, spill, things)]


def start_guide(by: "Actor", spill: "Spill", about: list[str], context: dict[str, str]) -> str:
    """The guided gesture of a spill; empty when no procedure is approved (the alert is given all the same)."""
    return next((run for start in _guides if (run := start(by, spill, about, context))), "")


def in_hand(by: "Actor") -> list[str]:
    return list(dict.fromkeys(ref for ask in _at_work for ref in ask(by)))
