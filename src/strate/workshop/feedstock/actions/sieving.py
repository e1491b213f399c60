"""Sieving: in = through + oversize + loss, on a sieve of that material; a torn mesh contaminates."""

from dataclasses import dataclass
from decimal import Decimal

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.contaminating import spoil
from strate.workshop.feedstock.actions.leaving import drum_reasons, to_drum
from strate.workshop.feedstock.actions.ledger import (
    Air,
    air,
    carry,
    move,
    must_weigh,
    open_container,
    pass_to,
)
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Mesh, Minutes, Percent
from strate.workshop.holds import actions as holds
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.machines import actions as machine_acts
from strate.workshop.machines import queries as machines
from strate.workshop.machines import rules as hall
from strate.workshop.machines.queries import Item
from strate.workshop.people.roles import permit

# Powder that waits for the sieve is usable after it; powder that is usable already stays what it is.
SIEVED_FROM = rules.USABLE | {rules.TO_SIEVE}


@dataclass(frozen=True)
class _Sieved:
    """What was on the sieve, what passed and what did not."""

    inside_mg: int
    through_mg: int
    oversize_mg: int

    @property
    def loss_mg(self) -> int:
        return self.inside_mg - self.through_mg - self.oversize_mg


def sieve(
    *,
    by: Actor,
    lot: Word,
    mesh_um: Mesh,
    through_mg: Mass,
    oversize_mg: Mass,
    sieve_machine: Word = "",
    mesh: Title = "",
    mesh_whole: bool = True,
    atmosphere: Code = "",
    minutes: Minutes = 0,
    container: Word = "",
    drum: Word = "",
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Sieve a lot: what passed may be used again, the rest is waste and the loss of the sieve.

    `mesh`: the label of the mesh fitted; `mesh_whole` says that it was looked at and is whole. Powder sieved on a
    torn mesh is contaminated, and the mesh is stopped. `drum`: the waste drum the oversize goes in.
    """
    permit(by, "feedstock.sieve")
    must_weigh(through=through_mg, oversize=oversize_mg)
    each = queries.lot(lot)
    rows = [row for row in queries.portions_of(each.code) if not row.place.startswith("machine:")]
    done_with = _Sieved(sum(row.mass_mg for row in rows), through_mg, oversize_mg)
    using = air(tool or sieve_machine, temperature_celsius, humidity_percent)
    fitted = _mesh(mesh, sieve_machine)
    places = [row.place for row in rows]
    tools = [using.tool, fitted.ref if fitted else ""]
    reasons = _reasons(by, each, places, done_with, mesh_um, tools, fitted)
    if reasons := reasons + (drum_reasons(drum, each) if oversize_mg else []):
        raise Refused(reasons)
    with act("feedstock.sieved", by=by) as done:
        place = places[0]
        into = open_container(container, each.material.code, [each.code]).ref if container else place
        for row in rows:
            if row.place != into:
                move(
                    done, each, source=row.place, target=into, mass_mg=row.mass_mg, kind="gathered", by=using
                )
        _apart(done, each, into, done_with, drum, using)
        _after(done, each, into, mesh_um, mesh_whole)
        carry(done, each.material.code, using.tool, fitted.ref if fitted else "")
        if minutes and using.tool.startswith("machine:"):
            hours = (Decimal(minutes) / 60).quantize(Decimal("0.001"))
            machine_acts.use_life(by=by, machine=using.tool.partition(":")[2], unit="h", amount=hours)
        if fitted and not mesh_whole:
            holds.place(by=by, about=fitted.ref, code="mesh_torn", liftable_by=("maintenance", "quality"))
        told = {"mesh_um": mesh_um, "mesh_whole": mesh_whole, "atmosphere": atmosphere, "minutes": minutes}
        masses = {"inside_mg": done_with.inside_mg, "through_mg": through_mg, "oversize_mg": oversize_mg}
        things = [each, using.tool if ":" in using.tool else "", fitted, into]
        done.tell(*things, lot=each.ref, **told, **masses, loss_mg=done_with.loss_mg, **using.told)
    return each


def _mesh(mesh: str, sieve_machine: str) -> Item | None:
    """The mesh named, else the one fitted on the sieve."""
    if mesh.strip():
        return machines.item(mesh.strip())
    code = sieve_machine.strip().removeprefix("machine:")
    return machines.fitted(code).get("mesh") if code else None


def _reasons(
    by: Actor,
    each: Lot,
    places: list[str],
    sieved: _Sieved,
    mesh_um: int,
    tools: list[str],
    fitted: Item | None,
) -> list[Reason]:
    """Everything against this sieving, by this person, now."""
    reasons = queries.held(each.ref, *tools, *places)
    if each.state not in SIEVED_FROM:
        reasons.append(Reason("lot_not_in_state", {"lot": each.ref, "lot_state": each.state}))
    elif not sieved.inside_mg:
        reasons.append(Reason("nothing_in_containers", {"lot": each.ref}))
    reasons += rules.check_sieving(
        inside_mg=sieved.inside_mg,
        through_mg=sieved.through_mg,
        oversize_mg=sieved.oversize_mg,
        mesh_um=mesh_um,
        limit_um=queries.widest_mesh_um(each.material),
    )
    reasons += queries.tool_reasons(tools, each.material.code, *places)
    reasons += queries.oven_reasons(*places)
    if fitted is not None and (worn := hall.worn(machines.seen(fitted))):
        reasons.append(worn)
    return reasons + queries.person_reasons(by, each)


def _apart(done: Done, each: Lot, place: str, sieved: _Sieved, drum: str, using: Air) -> None:
    """What did not pass: the oversize to its drum, the rest lost in the sieve."""
    target = (
        to_drum(done.by, drum, sieved.oversize_mg, each) if drum and sieved.oversize_mg else "waste:oversize"
    )
    for kind, to, mass_mg in (
        ("oversize", target, sieved.oversize_mg),
        ("sieve_loss", "lost:", sieved.loss_mg),
    ):
        move(done, each, source=place, target=to, mass_mg=mass_mg, kind=kind, build=each.build, by=using)


def _after(done: Done, each: Lot, place: str, mesh_um: int, mesh_whole: bool) -> None:
    """What passed a whole mesh may be used; what passed a torn one is contaminated, and nothing else of its lot."""
    if not mesh_whole:
        row = queries.portions_of(each.code).filter(place=place).select_related("lot").first()
        if row is not None:
            spoil(done, row, place, "torn_mesh", "")
        return
    state = rules.RELEASED if each.state == rules.TO_SIEVE else each.state
    pass_to(each, state, mesh_um=mesh_um)
