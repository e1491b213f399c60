"""What to do now at a spill: by what lies there, how much, where, and whether it burns or somebody is hurt."""

from collections.abc import Iterable
from dataclasses import dataclass

from strate.workshop.safety import registry, rules
from strate.workshop.safety.models import SafetySheet
from strate.workshop.safety.queries.readers import ppe_required
from strate.workshop.safety.queries.reading import in_force_for
from strate.workshop.safety.queries.spills import orders_said
from strate.workshop.safety.queries.zones import inside, kinds_around
from strate.workshop.safety.wording import SPILL_FIRST, called


@dataclass(frozen=True)
class Said:
    """The words of a section of a sheet, and whose they are."""

    section: str
    words: str
    source: str


@dataclass(frozen=True)
class Alarm:
    """What is done first, what the sheets order and say, what is worn, who is still inside."""

    first: tuple[str, ...]
    orders: tuple[str, ...]
    said: tuple[Said, ...]
    ppe: tuple[str, ...]
    inside: tuple[str, ...]


def alarm(refs: Iterable[str], *, place: str = "", size: str = "small", dangers: Iterable[str] = ()) -> Alarm:
    """For the page that tells a spill: it follows every box that is ticked."""
    touched, told = list(refs), list(dangers)
    sheets = in_force_for(touched)
    materials = [m.material for m in registry.matters_of(touched)]
    found = rules.spill_orders(sheets, materials)
    where = place or next((code for ref in touched if (code := registry.place_of(ref))), "")
    first = rules.spill_first(
        size=size, dangers=told, known=bool(sheets), kinds=kinds_around(where) if where else set()
    )
    return Alarm(
        first=tuple(str(SPILL_FIRST[code]) for code in first),
        orders=tuple(orders_said(found)),
        said=tuple(said for one in sheets for said in _said(one, told)),
        ppe=ppe_required("spill", materials, things=touched, place=where),
        inside=tuple(visit.person for visit in inside(where)) if where else (),
    )


def _said(one: SafetySheet, dangers: list[str]) -> list[Said]:
    """Section 4 when somebody is hurt, section 5 when it burns, section 6 in any case, in the supplier's words."""
    source = called(one.product, one.version)
    texts = [
        ("injured" in dangers, "first_aid", one.first_aid),
        ("fire" in dangers, "extinguisher", one.extinguisher),
        (True, "spill", one.spill),
    ]
    return [Said(section, words, source) for asked, section, words in texts if asked and words.strip()]
