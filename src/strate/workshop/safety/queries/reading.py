"""What is to be read and worn of the sheets: which of them speak, who has read them, what they order."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people.roles import OPERATOR, SHIFT_LEADER
from strate.workshop.safety import registry, rules
from strate.workshop.safety.models import PpeConfirmed, ProductOf, SafetySheet, SheetRead
from strate.workshop.safety.queries.documents import unread_documents

# Whoever opens a drum reads its sheet; the others may.
HANDLERS = frozenset({OPERATOR, SHIFT_LEADER})
_IN_FORCE = Question(
    lambda *materials: SafetySheet.objects.filter(material__in=materials, state=rules.REVIEWED)
)
_PRODUCTS = Question(lambda *lots: ProductOf.objects.filter(pk__in=lots).values_list("pk", "product"))
_SHEETS_READ = Question(lambda who: SheetRead.objects.filter(person=who).values_list("sheet_id", flat=True))


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


def sheets(material: str = "", text: str = "") -> list[SafetySheet]:
    """The sheets in force and those waiting for HSE, by material."""
    return list(listed_sheets(material, text))


def listed_sheets(material: str = "", text: str = "", reader: str = "") -> QuerySet[SafetySheet]:
    """The same, page by page when they are many; for a reader, those in force they have not read come first."""
    found = SafetySheet.objects.exclude(state=rules.REPLACED)
    if material:
        found = found.filter(material=material)
    if text := text.replace("\0", "").strip():
        like = Q(product__icontains=text) | Q(supplier__icontains=text)
        found = found.filter(like | Q(material__icontains=text) | Q(code__icontains=text))
    if reader:
        return found.alias(read=_read_by(reader)).order_by("read", "-state", *SafetySheet._meta.ordering)
    return found


def keeps_sheets() -> bool:
    """Whether this site keeps safety data sheets at all."""
    return listed_sheets().exists()


def versions_of(code: str) -> list[SafetySheet]:
    return list(SafetySheet.objects.filter(code=code).order_by("-pk"))


def in_force(materials: Iterable[str]) -> list[SafetySheet]:
    """The reviewed sheets of these materials: those that drive the gestures."""
    return list(_IN_FORCE.among(materials))


def in_force_for(things: Iterable[str], materials: Iterable[str] = ()) -> list[SafetySheet]:
    """The sheets that speak for these lots, containers or machines: of their product, else of their supplier."""
    return _speaking(registry.matters_of(things), materials)


def _speaking(matters: Sequence[registry.Matter], materials: Iterable[str]) -> list[SafetySheet]:
    told = sheets_of(matters)
    found = {one.pk: one for those in told.values() for one in those}
    named = set(materials) - {each.material for each in told}
    for one in in_force(named):
        found[one.pk] = one
    return list(found.values())


def sheets_of(matters: Sequence[registry.Matter]) -> dict[registry.Matter, list[SafetySheet]]:
    """The sheets in force that speak for each of these, in one go however many they are."""
    of_material: dict[str, list[SafetySheet]] = {}
    for one in in_force({each.material for each in matters}):
        of_material.setdefault(one.material, []).append(one)
    lots = [each.lot for each in matters if each.lot]
    said = dict(_PRODUCTS.among(lots))
    return {
        each: rules.speaks_for(
            of_material.get(each.material, []),
            product=said.get(each.lot, ""),
            supplier=each.supplier,
            called=each.product,
        )
        for each in matters
    }


def product_of(lot: str) -> str:
    """Which product somebody said this lot is; empty when nobody did."""
    found = ProductOf.objects.filter(pk=lot).values_list("product", flat=True).first()
    return found or ""


def has_read(person: str, of: SafetySheet) -> bool:
    return SheetRead.objects.filter(sheet=of, person=person).exists()


def read_sheets(person: str) -> set[int]:
    """The sheets (by row) this person has read."""
    return set(_SHEETS_READ.all(person))


def unread_sheets(person: str, materials: Iterable[str], things: Iterable[str] = ()) -> list[Reason]:
    """What stands between this person and these materials: no sheet in force, or its version not read yet."""
    matters = registry.matters_of(things)
    wanted = list(dict.fromkeys([*(m for m in materials if m), *(m.material for m in matters)]))
    known, mine = _speaking(matters, wanted), read_sheets(person)
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


def sheets_to_read(by: Actor) -> QuerySet[SafetySheet]:
    """The sheets in force that this person has not read, for those who handle matter."""
    if not by.roles & HANDLERS:
        return SafetySheet.objects.none()
    return SafetySheet.objects.filter(~_read_by(by.person), state=rules.REVIEWED)


def _read_by(person: str) -> Exists:
    return Exists(SheetRead.objects.filter(sheet=OuterRef("pk"), person=person))


def orders_for(materials: Iterable[str], things: Iterable[str] = ()) -> dict[str, object]:
    """Fire class, extinguishing agents, what must never be used, damp cleaning: by the sheets in force."""
    return rules.orders(in_force_for(things, materials))


def cmr_of(of: SafetySheet) -> str:
    """Whether its sheet makes this product carcinogenic, mutagenic or toxic to reproduction."""
    return rules.cmr(of.hazards, of.composition)


def cmr_materials(materials: Iterable[str]) -> dict[str, str]:
    """Of these materials, those that are CMR 1, 2, or doubtful because of their cobalt."""
    found: dict[str, str] = {}
    for one in in_force(materials):
        if said := cmr_of(one):
            found[one.material] = min(said, found.get(one.material, "z"))
    for code in materials:
        if registry.card_cmr(code) == "yes":
            found.setdefault(code, "1")
    return found


def unread_reasons(
    by: Actor, *, machine: str = "", material: str = "", operation: str = "", things: Iterable[str] = ()
) -> list[Reason]:
    """Before an act: sheets and documents this person must have read for this machine, material, operation.

    A document that names another machine, material or operation is no reason here.
    """
    materials = [material] if material else []
    documents_ = unread_documents(
        by, [machine or "-"], materials=[material or "-"], operations=[operation or "-"]
    )
    return [*unread_sheets(by.person, materials, things), *documents_]


def ppe_for(operation: str, materials: Iterable[str] = (), things: Iterable[str] = ()) -> tuple[str, ...]:
    """What to wear for an operation with these materials, by their sheets in force."""
    return rules.ppe(operation, [s.ppe for s in in_force_for(things, materials)])


def ppe_confirmed_at(person: str, operation: str, about: str = "") -> datetime | None:
    """When this person last confirmed their equipment for this operation."""
    found = PpeConfirmed.objects.filter(person=person, operation=operation, about=about)
    return found.order_by("-at").values_list("at", flat=True).first()


def missing_ppe(person: str, operation: str, about: str = "", *, at: datetime) -> list[Reason]:
    """The reason a gate gives when equipment was not confirmed, or too long ago."""
    if not rules.ppe_lapsed(ppe_confirmed_at(person, operation, about), at=at):
        return []
    values = {"operation": f"operation:op.{operation}", "person": person}
    return [Reason("ppe_not_confirmed", values, source="sds_8")]


def due_for_review(on: date) -> list[SafetySheet]:
    """The sheets HSE is to look at again."""
    found = SafetySheet.objects.filter(state=rules.REVIEWED, next_check__lte=on)
    return [s for s in found if rules.review_due(s.next_check, on=on)]
