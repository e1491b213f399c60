"""The doors of safety for programs: sheets, documents, equipment, waste."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import Refusal, refusal, verbs
from strate.workshop.journal.refusals import Refused
from strate.workshop.safety import actions, queries

router = Router(tags=["safety"])
verbs(
    router,
    "safety",
    actions.type_sheet,
    actions.review_sheet,
    actions.acknowledge,
    actions.publish_document,
    actions.acknowledge_document,
    actions.confirm_ppe,
    actions.open_drum,
    actions.sort_waste,
    actions.close_drum,
    actions.collect_drum,
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
    ppe: dict[str, list[str]]
    first_aid: str
    extinguisher: str
    spill: str
    storage: str
    recycling: str
    disposal: str
    waste_stream: str
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
    read: bool


class DrumOut(Schema):
    code: str
    stream: str
    waste_code: str
    place: str
    mass_mg: int
    state: str


class WasteOut(Schema):
    drum: str
    stream: str
    mass_mg: int
    about: str
    by: str
    at: datetime
    fact: str


@router.get("/sheets", response=list[SheetOut], operation_id="safety.sheets")
def sheets(request: HttpRequest, material: str = "") -> Any:
    """The sheets in force and those waiting for HSE, with whether you have read them."""
    mine = queries.read_sheets(actor_of(request).person)
    names = [name for name in SheetOut.model_fields if name != "read"]
    found = queries.sheets(material)
    return [SheetOut(read=s.pk in mine, **{name: getattr(s, name) for name in names}) for s in found]


@router.get("/sheets/{code}", response={200: SheetOut, 404: Refusal}, operation_id="safety.sheet")
def sheet(request: HttpRequest, code: str, version: str = "") -> Any:
    """One sheet: the version in force unless another is named."""
    try:
        found = queries.sheet(code, version)
    except Refused as refused:
        return Status(404, refusal(refused))
    names = [name for name in SheetOut.model_fields if name != "read"]
    read = queries.has_read(actor_of(request).person, found)
    return Status(200, SheetOut(read=read, **{name: getattr(found, name) for name in names}))


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
            about=e.about,
            by=e.by,
            at=e.at,
            fact=e.event,
        )
        for e in found
    ]
