"""The powder over the API: the same verbs as the pages, and its reads."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from strate.workshop.doors.texts import Paragraph, Title, Word
from strate.workshop.doors.verbs import verbs
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Percent
from strate.workshop.journal.actor import Actor

router = Router(tags=["feedstock"])


def load(
    *,
    by: Actor,
    lot: Word,
    machine: Word,
    mass_mg: Mass,
    container: Word = "",
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
    more_to_come: bool = False,
    override: Paragraph = "",
) -> Lot:
    """Pour powder of a released lot into a machine, within the limits of the job prepared on it.

    `more_to_come`: other containers follow; without it, a pouring that leaves too little for the build is refused.
    """
    return actions.load(
        by=by,
        lot=lot,
        machine=machine,
        mass_mg=mass_mg,
        container=container,
        tool=tool,
        temperature_celsius=temperature_celsius,
        humidity_percent=humidity_percent,
        more_to_come=more_to_come,
        override=override,
    )


verbs(
    router,
    "feedstock",
    actions.new_material,
    actions.change_material,
    actions.retire_material,
    actions.announce,
    actions.receive,
    actions.check,
    actions.release,
    actions.reject,
    actions.open_lot,
    load,
    actions.weigh_back,
    actions.unload,
    actions.sieve,
    actions.weigh_again,
)


class MaterialOut(Schema):
    code: str
    title: str
    family: str
    density_g_cm3: str | None
    bulk_density_g_cm3: str | None
    sieve_um: int | None
    cmr: str


class LotOut(Schema):
    code: str
    material: str
    origin: str
    state: str
    supplier: str
    supplier_lot: str
    heat: str
    certificate: str
    expires_on: date | None
    used_share: str
    age_max: int
    age_mean: str
    on_hand_mg: int
    in_machines_mg: int


class PortionOut(Schema):
    lot: str
    material: str
    mass_mg: int
    share: str
    used_share: str


class ContentOut(Schema):
    place: str
    mass_mg: int
    used_mass_mg: int
    used_share: str
    age_max: int
    age_mean: str
    materials: list[str]
    portions: list[PortionOut]


class MovementOut(Schema):
    lot: str
    becomes: str
    source: str
    target: str
    mass_mg: int
    kind: str
    build: str


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _lot(each: Lot) -> dict[str, Any]:
    same = (
        "code",
        "origin",
        "state",
        "supplier",
        "supplier_lot",
        "heat",
        "certificate",
        "expires_on",
        "age_max",
    )
    return {
        **{name: getattr(each, name) for name in same},
        "material": each.material.code,
        "used_share": str(each.used_share),
        "age_mean": str(each.age_mean),
        "on_hand_mg": each.on_hand_mg,  # annotated by queries.lots
        "in_machines_mg": each.in_machines_mg,  # annotated by queries.lots
    }


@router.get("/materials", response=list[MaterialOut], summary="The materials in use")
def list_materials(request: HttpRequest, q: Word = "") -> Any:
    names = ("code", "title", "family", "sieve_um", "cmr")
    return [
        {
            **{name: getattr(each, name) for name in names},
            "density_g_cm3": _text(each.density_g_cm3),
            "bulk_density_g_cm3": _text(each.bulk_density_g_cm3),
        }
        for each in queries.materials(q)
    ]


@router.get("/lots", response=list[LotOut], summary="The lots, newest first, with what is left of each")
def list_lots(
    request: HttpRequest,
    q: Word = "",
    state: Word = "",
    material: Word = "",
    limit: int = Query(100, ge=1, le=1000),
    offset: int = Query(0, ge=0, le=10_000_000),
) -> Any:
    found = queries.lots(text=q, state=state, material_code=material)
    return [_lot(each) for each in found[offset : offset + limit]]


@router.get("/lots/{code}", response=LotOut, summary="One lot")
def one_lot(request: HttpRequest, code: Word) -> Any:
    known = queries.lot(code)
    return _lot(queries.lots().get(pk=known.pk))


@router.get(
    "/lots/{code}/composition", response=dict[str, str], summary="From which supplier lots, in exact shares"
)
def lot_composition(request: HttpRequest, code: Word) -> Any:
    return {lot: str(share) for lot, share in queries.composition(code).items()}


@router.get("/lots/{code}/movements", response=list[MovementOut], summary="The lines of the ledger of a lot")
def lot_movements(request: HttpRequest, code: Word) -> Any:
    known = queries.lot(code)
    return [
        {
            "lot": line.lot.code,
            "becomes": line.becomes.code if line.becomes else "",
            **{name: getattr(line, name) for name in ("source", "target", "mass_mg", "kind", "build")},
        }
        for line in queries.movements(lot_code=known.code)
    ]


@router.get("/machines/{code}/content", response=ContentOut, summary="The powder in a machine")
def machine_content(request: HttpRequest, code: Word) -> Any:
    inside = queries.in_machine(code)
    return {
        **{
            name: getattr(inside, name)
            for name in ("place", "mass_mg", "used_mass_mg", "age_max", "materials")
        },
        "used_share": str(inside.used_share),
        "age_mean": str(inside.age_mean),
        "portions": [
            {
                "lot": p.lot,
                "material": p.material,
                "mass_mg": p.mass_mg,
                "share": str(share),
                "used_share": str(p.used_share),
            }
            for p, share in inside.parts
        ],
    }
