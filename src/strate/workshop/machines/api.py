"""The hall over the API: the same verbs as the pages, and its reads."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.verbs import verbs
from strate.workshop.machines import actions, queries, registry
from strate.workshop.machines.models import Item, Machine, MachineCommand

router = Router(tags=["machines"])
verbs(
    router,
    "machines",
    actions.enter,
    actions.amend,
    actions.retire,
    actions.enter_item,
    actions.fit,
    actions.take_off,
    actions.use_life,
    actions.switch,
    actions.withdraw,
)


class ItemOut(Schema):
    ref: str
    kind: str
    code: str
    title: str
    material: str
    state: str
    fitted_on: str
    life_unit: str
    life_used: Decimal
    life_max: Decimal | None
    thickness_um: int | None


class MachineOut(Schema):
    ref: str
    code: str
    title: str
    kind: str
    family: str
    model: str
    serial: str
    place: str
    volume_mm: tuple[int, int, int]
    material: str
    connected: bool
    power: str
    retired: bool


class MachineNowOut(Schema):
    machine: MachineOut
    live: bool
    state: str
    why: str
    heard_at: datetime | None
    fitted: list[ItemOut]


class MachineCommandOut(Schema):
    id: str
    machine: str
    verb: str
    about: str
    state: str
    code: str
    ordered_at: datetime
    expires_at: datetime | None
    answered_at: datetime | None


@router.get("/machines", response=list[MachineOut], operation_id="machines.machines")
def machines(request: HttpRequest, kind: str = "") -> Any:
    """The machines in service."""
    return [_machine(m) for m in queries.machines(kind)]


@router.get("/machine", response=MachineNowOut, operation_id="machines.machine")
def machine(request: HttpRequest, code: str) -> Any:
    """One machine: what is heard of it, what is fitted on it."""
    found = queries.machine(code)
    heard = registry.heard([found.code])[found.code]
    fitted = [_item(i) for i in queries.fitted(found.code).values()]
    said = {"live": heard.live, "state": heard.state, "why": heard.why, "heard_at": heard.at}
    return MachineNowOut(machine=_machine(found), fitted=fitted, **said)


@router.get("/commands", response=list[MachineCommandOut], operation_id="machines.commands")
def commands(request: HttpRequest, machine: str) -> Any:
    """The last orders given to a machine and their answers, latest first."""
    return [_command(c) for c in queries.commands_of([queries.machine(machine).code])[:100]]


@router.get("/items", response=list[ItemOut], operation_id="machines.items")
def items(request: HttpRequest, kind: str = "", text: str = "") -> Any:
    """The tools and consumables still used, at most 500."""
    return [_item(i) for i in queries.items(kind, text)[:500]]


@router.get("/item", response=ItemOut, operation_id="machines.item")
def item(request: HttpRequest, code: str) -> Any:
    """One tool or consumable, by its code or reference (`plate:PL-07`)."""
    return _item(queries.item(code))


def _machine(m: Machine) -> MachineOut:
    same = (
        "ref",
        "code",
        "title",
        "kind",
        "family",
        "model",
        "serial",
        "place",
        "material",
        "power",
        "retired",
    )
    plain = {name: getattr(m, name) for name in same}
    return MachineOut(volume_mm=(m.width_mm, m.depth_mm, m.height_mm), connected=bool(m.driver), **plain)


def _item(i: Item) -> ItemOut:
    same = (
        "ref",
        "kind",
        "code",
        "title",
        "material",
        "state",
        "life_unit",
        "life_used",
        "life_max",
        "thickness_um",
    )
    plain = {name: getattr(i, name) for name in same}
    return ItemOut(fitted_on=i.fitted_on.code if i.fitted_on else "", **plain)


def _command(c: MachineCommand) -> MachineCommandOut:
    same = ("verb", "about", "state", "ordered_at", "expires_at", "answered_at")
    plain = {name: getattr(c, name) for name in same}
    code = str(c.result.get("code", ""))
    return MachineCommandOut(id=str(c.pk), machine=c.machine.code, code=code, **plain)
