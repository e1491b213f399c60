"""What is to be read, worn and sorted: who has read what, which sheet counts, how full the drums are."""

from collections.abc import Iterable
from datetime import date, datetime

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.safety import rules
from strate.workshop.safety.models import (
    ControlledDocument,
    DocumentRead,
    PpeConfirmed,
    SafetySheet,
    SheetRead,
    WasteContainer,
    WasteEntry,
)


def sheet(code: str, version: str = "") -> SafetySheet:
    """A sheet: the version asked for, else the one in force, else the last typed."""
    found = SafetySheet.objects.filter(code=code)
    if version:
        one = found.filter(version=version).first()
    else:
        one = found.filter(state=rules.REVIEWED).first() or found.order_by("-pk").first()
    if one is None:
        raise NotFound("no_such_sheet", sheet=code)
    return one


def sheets(material: str = "") -> list[SafetySheet]:
    """The sheets in force and those waiting for HSE, by material."""
    found = SafetySheet.objects.exclude(state=rules.REPLACED)
    return list(found.filter(material=material) if material else found)


def versions_of(code: str) -> list[SafetySheet]:
    return list(SafetySheet.objects.filter(code=code).order_by("-pk"))


def in_force(materials: Iterable[str]) -> list[SafetySheet]:
    """The reviewed sheets of these materials: those that drive the gestures."""
    return list(SafetySheet.objects.filter(material__in=list(materials), state=rules.REVIEWED))


def has_read(person: str, of: SafetySheet) -> bool:
    return SheetRead.objects.filter(sheet=of, person=person).exists()


def read_sheets(person: str) -> set[int]:
    """The sheets (by row) this person has read."""
    return set(SheetRead.objects.filter(person=person).values_list("sheet_id", flat=True))


def unread_sheets(person: str, materials: Iterable[str]) -> list[Reason]:
    """What stands between this person and these materials: no sheet in force, or its version not read yet."""
    wanted = list(dict.fromkeys(m for m in materials if m))
    known, mine = in_force(wanted), read_sheets(person)
    covered = {s.material for s in known}
    reasons = [
        Reason("sheet_missing", {"material": m}, source="REACH 1907/2006, art. 31", lifted_by=("hse",))
        for m in wanted
        if m not in covered
    ]
    for one in known:
        if one.pk not in mine:
            values = {"sheet": one.ref, "version": one.version, "material": one.material, "person": person}
            reasons.append(Reason("sheet_unread", values, source=f"{one.supplier} {one.product}"))
    return reasons


def documents() -> list[ControlledDocument]:
    """The documents in force."""
    return list(ControlledDocument.objects.filter(in_force=True))


def document(code: str, version: str = "") -> ControlledDocument:
    found = ControlledDocument.objects.filter(code=code)
    one = found.filter(version=version).first() if version else found.order_by("-in_force", "-pk").first()
    if one is None:
        raise NotFound("no_such_document", document=code)
    return one


def read_documents(person: str) -> set[int]:
    """The documents (by row) this person has read."""
    return set(DocumentRead.objects.filter(person=person).values_list("document_id", flat=True))


def to_read(by: Actor, machines: Iterable[str] = ()) -> list[ControlledDocument]:
    """The documents in force that concern this person (and these machines) and were not read yet."""
    on, mine = list(machines), read_documents(by.person)
    return [
        d
        for d in documents()
        if d.pk not in mine and rules.concerns(d.roles, d.machines, mine=by.roles, on=on or d.machines)
    ]


def unread_documents(by: Actor, machines: Iterable[str] = ()) -> list[Reason]:
    """The same, as reasons for a gate."""
    return [
        Reason("document_unread", {"document": d.ref, "version": d.version, "person": by.person})
        for d in to_read(by, machines)
    ]


def ppe_for(operation: str, materials: Iterable[str] = ()) -> tuple[str, ...]:
    """What to wear for an operation with these materials, by their sheets in force."""
    return rules.ppe(operation, [s.ppe for s in in_force(materials)])


def ppe_confirmed_at(person: str, operation: str, about: str = "") -> datetime | None:
    """When this person last confirmed their equipment for this operation."""
    found = PpeConfirmed.objects.filter(person=person, operation=operation, about=about)
    return found.order_by("-at").values_list("at", flat=True).first()


def missing_ppe(person: str, operation: str, about: str = "", *, at: datetime) -> list[Reason]:
    """The reason a gate gives when equipment was not confirmed, or too long ago."""
    if not rules.ppe_lapsed(ppe_confirmed_at(person, operation, about), at=at):
        return []
    values = {"operation": f"operation:op.{operation}", "person": person}
    return [Reason("ppe_not_confirmed", values, source="FDS § 8")]


def due_for_review(on: date) -> list[SafetySheet]:
    """The sheets HSE is to look at again."""
    return [
        s for s in SafetySheet.objects.filter(state=rules.REVIEWED) if rules.review_due(s.next_check, on=on)
    ]


def drum(code: str) -> WasteContainer:
    found = WasteContainer.objects.filter(code=code).first()
    if found is None:
        raise NotFound("no_such_drum", drum=code)
    return found


def drums(stream: str = "", state: str = "") -> list[WasteContainer]:
    found = WasteContainer.objects.exclude(state=rules.COLLECTED)
    if stream:
        found = found.filter(stream=stream)
    return list(found.filter(state=state) if state else found)


def waste_of(about: str) -> list[WasteEntry]:
    """What waste a build (or any work) gave: the proof that it was sorted."""
    return list(WasteEntry.objects.select_related("container").filter(about=about).order_by("pk"))


def waste_register(limit: int = 200) -> list[WasteEntry]:
    """The register, latest first."""
    return list(WasteEntry.objects.select_related("container")[:limit])


def unsorted_waste(about: str) -> list[Reason]:
    """The reason a closure gives when no waste was recorded for this work."""
    return (
        []
        if WasteEntry.objects.filter(about=about).exists()
        else [Reason("waste_not_recorded", {"about": about})]
    )
