"""The doors of safety for programs: sheets, documents, equipment, waste."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from strate.workshop.doors import wording
from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import Refusal, refusal, verbs
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Refused
from strate.workshop.safety import actions, queries

router = Router(tags=["safety"])
verbs(
    router,
    "safety",
    actions.type_sheet,
    actions.review_sheet,
    actions.check_again,
    actions.name_product,
    actions.acknowledge,
    actions.remind_sheet_readers,
    actions.publish_document,
    actions.acknowledge_document,
    actions.withdraw_document,
    actions.remind_readers,
    actions.confirm_ppe,
    actions.describe_zone,
    actions.enter_zone,
    actions.leave_zone,
    actions.declare_equipment,
    actions.report_spill,
    actions.record_spill,
    actions.settle_spill,
    actions.open_drum,
    actions.choose_waste_code,
    actions.sort_waste,
    actions.close_drum,
    actions.reopen_drum,
    actions.collect_drum,
    actions.record_silica,
    actions.record_room_oxygen,
    actions.record_dust_class,
    actions.decide_divisors,
)


class SheetOut(Schema):
    code: str
    version: str
    supplier: str
    product: str
    material: str
    language: str
    revision_date: date
    digest: str
    signal: str
    hazards: list[str]
    precautions: list[str]
    pictograms: list[str]
    composition: list[dict[str, str]]
    cmr: str
    ppe: dict[str, list[str]]
    ppe_words: dict[str, str]
    first_aid: str
    extinguisher: str
    fire_class: str
    agents: list[str]
    never: list[str]
    spill: str
    damp_cleaning: str
    storage: str
    recycling: str
    disposal: str
    waste_stream: str
    waste_group: str
    sections: dict[str, str]
    next_check: date | None
    state: str
    reviewed_by: str
    read: bool


class DocumentOut(Schema):
    code: str
    version: str
    kind: str
    title_fr: str
    title_en: str
    digest: str
    roles: list[str]
    machines: list[str]
    materials: list[str]
    operations: list[str]
    read_before: date | None
    read: bool


class DrumOut(Schema):
    code: str
    stream: str
    waste_code: str
    place: str
    mass_mg: int
    capacity_mg: int | None
    group: str
    wet: bool
    reactive: bool
    state: str
    stored_since: datetime | None


class ReasonSaid(Schema):
    code: str
    why: str
    source: str


class ZoneOut(Schema):
    place: str
    kinds: list[str]
    ppe: list[str]
    oxygen_min_percent: Decimal | None
    second_person: bool
    described: bool
    inside: list[str]
    lacking: list[ReasonSaid]


class SpillOut(Schema):
    code: str
    state: str
    size: str
    material: str
    place: str
    touched: list[str]
    orders: dict[str, Any]
    mass_mg: int | None
    cause: str
    persons: list[str]
    run: str
    anomaly: str
    drum: str
    reported_by: str
    reported_at: datetime
    conclusion: str


class GuidanceOut(Schema):
    ppe: list[str]
    ppe_words: list[str]
    recycling: list[str]
    disposal: list[str]
    stream: str
    orders: dict[str, Any]
    cmr: str
    sources: list[str]


class WasteOut(Schema):
    drum: str
    stream: str
    mass_mg: int
    material: str
    lot: str
    about: str
    by: str
    at: datetime
    fact: str


def _sheet_out(found: queries.SafetySheet, *, read: bool) -> SheetOut:
    names = [name for name in SheetOut.model_fields if name not in ("read", "cmr")]
    return SheetOut(read=read, cmr=queries.cmr_of(found), **{name: getattr(found, name) for name in names})


@router.get("/sheets", response=list[SheetOut], operation_id="safety.sheets")
def sheets(request: HttpRequest, material: str = "") -> Any:
    """The sheets in force and those waiting for HSE, with whether you have read them."""
    mine = queries.read_sheets(actor_of(request).person)
    return [_sheet_out(s, read=s.pk in mine) for s in queries.sheets(material)]


@router.get("/sheets/{code}", response={200: SheetOut, 404: Refusal}, operation_id="safety.sheet")
def sheet(request: HttpRequest, code: str, version: str = "") -> Any:
    """One sheet: the version in force unless another is named."""
    try:
        found = queries.sheet(code, version)
    except Refused as refused:
        return Status(404, refusal(refused))
    return Status(200, _sheet_out(found, read=queries.has_read(actor_of(request).person, found)))


@router.get("/guidance", response=GuidanceOut, operation_id="safety.guidance")
def guidance(
    request: HttpRequest, operation: str, material: str = "", thing: str = "", place: str = ""
) -> Any:
    """What the sheets order for a gesture: what to wear, recycling, waste stream, fire and water."""
    materials, things = [material] if material else [], [thing] if thing else []
    return queries.guidance(operation, materials, things=things, place=place)


@router.get("/zones", response=list[ZoneOut], operation_id="safety.zones")
def zones(request: HttpRequest) -> Any:
    """The fenced places, who is inside, and what you lack to go in."""
    by, today = actor_of(request), timezone.localdate(clock.now())
    inside: dict[str, list[str]] = {}
    for visit in queries.inside():
        inside.setdefault(visit.place, []).append(visit.person)
    return [
        ZoneOut(
            place=z.place,
            kinds=list(z.kinds),
            ppe=list(z.ppe),
            oxygen_min_percent=z.oxygen_min_percent,
            second_person=z.second_person,
            described=not z.usual,
            inside=inside.get(z.place, []),
            lacking=[
                ReasonSaid(code=r.code, why=wording.refusal(r), source=wording.source(r))
                for r in queries.paper_reasons(by, z, today)
            ],
        )
        for z in queries.zones()
    ]


@router.get("/spills", response=list[SpillOut], operation_id="safety.spills")
def spills(request: HttpRequest, limit: int = 100) -> Any:
    """The accidental spills, latest first."""
    names = [name for name in SpillOut.model_fields if name != "touched"]
    found = queries.spills()[: max(1, min(limit, 500))]
    return [
        SpillOut(touched=queries.touched_by(s), **{name: getattr(s, name) for name in names}) for s in found
    ]


@router.get("/documents", response=list[DocumentOut], operation_id="safety.documents")
def documents(request: HttpRequest) -> Any:
    """The documents in force, with whether you have read them."""
    mine = queries.read_documents(actor_of(request).person)
    names = [name for name in DocumentOut.model_fields if name != "read"]
    return [
        DocumentOut(read=d.pk in mine, **{name: getattr(d, name) for name in names})
        for d in queries.documents()
    ]


@router.get("/drums", response=list[DrumOut], operation_id="safety.drums")
def drums(request: HttpRequest, stream: str = "") -> Any:
    """The waste drums in service."""
    return queries.drums(stream)


@router.get("/waste", response=list[WasteOut], operation_id="safety.waste")
def waste(request: HttpRequest, about: str = "") -> Any:
    """The waste register, or what one build gave."""
    found = queries.waste_of(about) if about else queries.waste_register()
    return [
        WasteOut(
            drum=e.container.code,
            stream=e.stream,
            mass_mg=e.mass_mg,
            material=e.material,
            lot=e.lot,
            about=e.about,
            by=e.by,
            at=e.at,
            fact=e.event,
        )
        for e in found
    ]
