"""Powder and the machine: opened, loaded, weighed back after the build, unloaded, sieved."""

from collections.abc import Callable

from django.utils import timezone

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.feedstock import queries, registry, rules
from strate.workshop.feedstock.actions.ledger import (
    close_if_empty,
    move,
    must_weigh,
    must_weigh_something,
    pass_to,
    take_from_containers,
)
from strate.workshop.feedstock.models import Lot, PowderContainer
from strate.workshop.feedstock.rules import Limits, MachineContent, Share
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Mesh, Percent
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import queries as machines
from strate.workshop.people.roles import permit


def open_lot(
    *,
    by: Actor,
    lot: Word,
    container: Word = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Open a container of a released lot, with the temperature and humidity of the room."""
    permit(by, "feedstock.open_lot")
    each = queries.lot(lot)
    if reasons := rules.check_move(each.code, each.state, rules.OPEN):
        raise Refused(reasons)
    with act("feedstock.opened", by=by) as done:
        pass_to(each, rules.OPEN, opened_at=done.happened_at)
        place = queries.container(container).ref if container else ""
        done.tell(
            each,
            place,
            lot=each.ref,
            temperature_celsius=temperature_celsius,
            humidity_percent=humidity_percent,
        )
    return each


def load(
    *, by: Actor, lot: Word, machine: Word, mass_mg: Mass, container: Word = "", limits: Limits | None = None
) -> Lot:
    """Pour powder of a released lot into a machine; the same gesture opens what was closed."""
    permit(by, "feedstock.load")
    must_weigh_something(mass_mg)
    into = machines.machine(machine)
    each = queries.lot(lot)
    only = queries.container(container).ref if container else ""
    _must_be_pourable(each, into.ref, only, mass_mg, limits or registry.limits_of(into.ref))
    with act("feedstock.loaded", by=by) as done:
        if each.state == rules.RELEASED:
            pass_to(each, rules.OPEN, opened_at=done.happened_at)
        used = take_from_containers(done, each, target=into.ref, mass_mg=mass_mg, kind="loaded", only=only)
        empty = close_if_empty(each)
        after = queries.in_machine(into.ref)
        done.tell(
            each,
            into,
            *used,
            lot=each.ref,
            material=each.material.ref,
            machine=into.ref,
            mass_mg=mass_mg,
            inside_mg=after.mass_mg,
            used_share=after.used_share.decimal,
            age_max=after.age_max,
            lot_exhausted=empty,
        )
    return each


def _must_be_pourable(each: Lot, place: str, only: str, mass_mg: int, limits: Limits | None) -> None:
    """Every reason against this pouring, at once."""
    inside, held = queries.in_machine(place), queries.held(each.ref, place, only)
    seen, today = queries.seen(each, only), timezone.localdate(clock.now())
    if reasons := rules.check_load(seen, inside, limits, mass_mg=mass_mg, on=today, held=held):
        raise Refused(reasons)


def weigh_back(
    *,
    by: Actor,
    machine: Word,
    build: Title,
    lot: Code,
    recovered_mg: Mass,
    fused_mg: Mass = 0,
    oversize_mg: Mass = 0,
    sample_mg: Mass = 0,
    waste_mg: Mass = 0,
    residual_mg: Mass | None = None,
    container: Code = "",
) -> Lot:
    """Weigh the powder recovered after a build: it becomes a used lot to be sieved, one build older.

    `fused_mg` is what became parts and supports. What is left in the machine belongs to the same used lot:
    `residual_mg` if it was weighed (the rest is then unexplained), else all that was not taken out.
    """
    permit(by, "feedstock.weigh_back")
    out = {
        "fused": fused_mg,
        "recovered": recovered_mg,
        "oversize": oversize_mg,
        "sample": sample_mg,
        "waste": waste_mg,
    }
    must_weigh(**out, residual=residual_mg or 0)
    at = machines.machine(machine)
    inside = queries.in_machine(at.ref)
    _must_fit(inside, sum(out.values()) + (residual_mg or 0))
    with act("feedstock.weighed_back", by=by) as done:
        used = _gather(done, inside, lot, build=build, older=1)
        lost = _take_out(done, used, inside, out, residual_mg, container or used.code)
        _tell_weighed(done, used, inside, out, lost)
    return used


def _take_out(
    done: Done,
    used: Lot,
    inside: MachineContent,
    out: dict[str, int],
    residual_mg: int | None,
    container: str,
) -> int:
    """Each stream to its place; gives what cannot be explained."""
    into = PowderContainer.objects.get_or_create(code=container.removeprefix("container:"))[0]
    to = {
        "fused": used.build,
        "recovered": into.ref,
        "oversize": "waste:oversize",
        "sample": f"sample:{used.code}",
        "waste": "waste:powder",
    }
    for kind, mass_mg in out.items():
        move(done, used, source=inside.place, target=to[kind], mass_mg=mass_mg, kind=kind, build=used.build)
    left = inside.mass_mg - sum(out.values())
    lost = 0 if residual_mg is None else left - residual_mg
    move(done, used, source=inside.place, target="lost:", mass_mg=lost, kind="unexplained", build=used.build)
    return lost


def unload(*, by: Actor, machine: Word, lot: Code, container: Code = "", mass_mg: Mass) -> Lot:
    """Take all the powder out of a machine without a build: it becomes a lot of its own, no older."""
    permit(by, "feedstock.load")
    must_weigh_something(mass_mg)
    at = machines.machine(machine)
    inside = queries.in_machine(at.ref)
    _must_fit(inside, mass_mg)
    with act("feedstock.unloaded", by=by) as done:
        out = _gather(done, inside, lot, build="", older=0)
        label = (container or out.code).removeprefix("container:")
        into = PowderContainer.objects.get_or_create(code=label)[0]
        move(done, out, source=at.ref, target=into.ref, mass_mg=mass_mg, kind="unloaded")
        done.tell(
            out, at, into, lot=out.ref, machine=at.ref, mass_mg=mass_mg, left_mg=inside.mass_mg - mass_mg
        )
    return out


def sieve(
    *, by: Actor, lot: Word, mesh_um: Mesh, through_mg: Mass, oversize_mg: Mass, sieve_machine: Word = ""
) -> Lot:
    """Sieve a used lot: what passed may be used again, the rest is waste and the loss of the sieve."""
    permit(by, "feedstock.sieve")
    must_weigh(through=through_mg, oversize=oversize_mg)
    each = queries.lot(lot)
    rows = list(queries.portions_of(each.code).exclude(place__startswith="machine:"))
    inside = sum(row.mass_mg for row in rows)
    limit = each.material.sieve_um
    reasons = queries.held(each.ref, sieve_machine) + rules.check_move(each.code, each.state, rules.RELEASED)
    if each.state != rules.TO_SIEVE and not reasons:
        reasons = rules.check_move(each.code, each.state, rules.TO_SIEVE)
    reasons += rules.check_sieving(
        inside_mg=inside, through_mg=through_mg, oversize_mg=oversize_mg, mesh_um=mesh_um, limit_um=limit
    )
    if reasons:
        raise Refused(reasons)
    with act("feedstock.sieved", by=by) as done:
        place = rows[0].place
        for row in rows[1:]:
            move(done, each, source=row.place, target=place, mass_mg=row.mass_mg, kind="gathered")
        loss = inside - through_mg - oversize_mg
        for kind, target, mass_mg in (
            ("oversize", "waste:oversize", oversize_mg),
            ("sieve_loss", "lost:", loss),
        ):
            move(done, each, source=place, target=target, mass_mg=mass_mg, kind=kind, build=each.build)
        pass_to(each, rules.RELEASED, mesh_um=mesh_um)
        done.tell(
            each,
            sieve_machine,
            lot=each.ref,
            mesh_um=mesh_um,
            inside_mg=inside,
            through_mg=through_mg,
            oversize_mg=oversize_mg,
            loss_mg=loss,
        )
    return each


def _must_fit(inside: MachineContent, out_mg: int) -> None:
    """Nothing comes out of an empty machine, and never more than went in."""
    if not inside.mass_mg:
        raise RuleBroken("machine_is_empty", machine=inside.place)
    if out_mg > inside.mass_mg:
        raise RuleBroken("more_out_than_in", found_mg=out_mg, inside_mg=inside.mass_mg)
    if len(inside.materials) > 1:
        raise RuleBroken(
            "materials_mixed_inside", machine=inside.place, inside=[f"material:{m}" for m in inside.materials]
        )


def _gather(done: Done, inside: MachineContent, code: str, *, build: str, older: int) -> Lot:
    """All that is in the machine becomes one lot, with its exact parents in the ledger."""
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Lot.objects.filter(code__iexact=code.strip()).exists() or not code.strip():
        raise RuleBroken("lot_exists", lot=f"lot:{code}")
    one: Callable[[int], Share] = lambda n: Share(n * rules.ONE)  # noqa: E731
    made = Lot.objects.create(
        code=code.strip(),
        material=queries.material(inside.materials[0]),
        origin="recovered" if older else "unloaded",
        state=rules.TO_SIEVE,
        received_mass_mg=inside.mass_mg,
        used_share=one(1) if older else inside.used_share,
        age_max=inside.age_max + older,
        age_mean=inside.age_mean + one(older),
        build=build,
        expires_on=min((p.expires_on for p in inside.portions if p.expires_on), default=None),
        received_by=done.by.person,
        received_at=done.happened_at,
    )
    for portion in inside.portions:
        parent = queries.lot(portion.lot)
        place, mass_mg = inside.place, portion.mass_mg
        kind = "spread" if older else "gathered"
        move(done, parent, source=place, target=place, mass_mg=mass_mg, kind=kind, build=build, becomes=made)
    return made


def _tell_weighed(done: Done, used: Lot, inside: MachineContent, out: dict[str, int], lost_mg: int) -> None:
    left = inside.mass_mg - sum(out.values()) - lost_mg
    done.tell(
        used,
        inside.place,
        used.build,
        *(f"lot:{p.lot}" for p in inside.portions),
        lot=used.ref,
        machine=inside.place,
        build=used.build,
        input_mg=inside.mass_mg,
        residual_mg=left,
        unexplained_mg=lost_mg,
        used_share_spread=inside.used_share.decimal,
        age_max=used.age_max,
        portions={f"lot:{p.lot}": {"mass_mg": p.mass_mg, "share": s.decimal} for p, s in inside.parts},
        **{f"{kind}_mg": mass_mg for kind, mass_mg in out.items()},
    )
