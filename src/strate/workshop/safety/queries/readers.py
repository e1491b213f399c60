"""Who has read what, and who has not; what this very gesture asks to be worn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from strate.workshop.people import queries as people
from strate.workshop.people.roles import OPERATOR
from strate.workshop.safety import registry, rules
from strate.workshop.safety.models import ControlledDocument, DocumentRead, SafetySheet, SheetRead
from strate.workshop.safety.queries.reading import in_force_for
from strate.workshop.safety.queries.zones import conditions
from strate.workshop.safety.wording import called


def readers_of_sheet(of: SafetySheet) -> list[SheetRead]:
    """Who has read this version, the latest first."""
    return list(SheetRead.objects.filter(sheet=of).order_by("-at"))


def readers_of_document(of: ControlledDocument) -> list[DocumentRead]:
    return list(DocumentRead.objects.filter(document=of).order_by("-at"))


def not_read_sheet(of: SafetySheet) -> list[str]:
    """The operators who have not read this version."""
    read = set(SheetRead.objects.filter(sheet=of).values_list("person", flat=True))
    return [p.pk for p in people.people(role=OPERATOR) if p.pk not in read]


def not_read_document(of: ControlledDocument) -> list[str]:
    """Those whom the document concerns and who have not read this version."""
    read = set(DocumentRead.objects.filter(document=of).values_list("person", flat=True))
    concerned = {p.pk for role in of.roles or [OPERATOR] for p in people.people(role=role)}
    return sorted(concerned - read)


def ppe_required(
    operation: str,
    materials: Iterable[str] = (),
    *,
    about: str = "",
    things: Iterable[str] = (),
    place: str = "",
) -> tuple[str, ...]:
    """What is worn for this operation, with these materials, in this place: sheet, zone, else the usual."""
    found = in_force_for(things, materials)
    worn = rules.ppe(operation, [s.ppe for s in found])
    where = place or registry.place_of(about)
    zone = conditions(where).ppe if where else ()
    return tuple(dict.fromkeys([*worn, *zone]))


def ppe_of_step(
    operation: str,
    usual: Iterable[str],
    materials: Iterable[str],
    *,
    things: Iterable[str] = (),
    place: str = "",
) -> tuple[str, ...]:
    """What a step of a procedure asks to wear: the sheet when it speaks of this operation, else the procedure.

    What the zone asks comes on top of either.
    """
    held = list(things)
    sheets = [s.ppe for s in in_force_for(held, materials) if s.ppe.get(operation)]
    worn = rules.ppe(operation, sheets) if sheets else tuple(usual)
    where = place or next((found for ref in held if (found := registry.place_of(ref))), "")
    zone = conditions(where).ppe if where else ()
    return tuple(dict.fromkeys([*worn, *zone]))


@dataclass(frozen=True)
class Guidance:
    """What the sheets say of a gesture: what to wear, how it is recycled, in which drum it ends."""

    ppe: tuple[str, ...]
    ppe_words: tuple[str, ...]
    recycling: tuple[str, ...]
    disposal: tuple[str, ...]
    stream: str
    orders: dict[str, Any]
    cmr: str
    sources: tuple[str, ...]


def guidance(
    operation: str,
    materials: Iterable[str] = (),
    *,
    things: Iterable[str] = (),
    place: str = "",
    about: str = "",
) -> Guidance:
    """For a step at a place with a material: everything the reviewed sheets order."""
    held, named = list(things), list(materials)
    found = in_force_for(held, named)
    marks = [mark for s in found if (mark := rules.cmr(s.hazards, s.composition))]
    return Guidance(
        ppe=ppe_required(operation, named, about=about, things=held, place=place),
        ppe_words=_once(s.ppe_words.get(operation, "") for s in found),
        recycling=_once(s.recycling for s in found),
        disposal=_once(s.disposal for s in found),
        stream=next((s.waste_stream for s in found if s.waste_stream), ""),
        orders=rules.orders(found),
        cmr=min(marks, default=""),
        sources=_once(called(s.product, s.version) for s in found),
    )


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
