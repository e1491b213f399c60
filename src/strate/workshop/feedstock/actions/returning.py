"""Powder out of a machine: weighed back after a build in its streams, or taken out without any build."""

from dataclasses import dataclass, field
from decimal import Decimal

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.feedstock import queries, registry, rules
from strate.workshop.feedstock.actions.contaminating import soil
from strate.workshop.feedstock.actions.ledger import (
    STILL_AIR,
    Air,
    air,
    carry,
    move,
    must_weigh,
    must_weigh_something,
    new_code,
    open_container,
)
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules import MachineContent, Share
from strate.workshop.feedstock.rules.streams import Aged
from strate.workshop.feedstock.rules.typed import Celsius, Hours, Mass, Percent, Weight
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import queries as machines
from strate.workshop.people.roles import permit
from strate.workshop.site import queries as site

CAKE = Decimal(1)


@dataclass(frozen=True)
class Back:
    """What came out of a machine after a build, as weighed; `residual_mg` None: all that was not taken out."""

    build: str
    lot: str
    out: dict[str, int]
    residual_mg: int | None = None
    overflow_mg: int = 0
    overflow_lot: str = ""
    overflow_weight: Decimal = CAKE
    hours: Share = field(default_factory=Share)
    container: str = ""
    overflow_container: str = ""
    # How much more may be found than went in: scales and computed part masses disagree by grams.
    gain_mg: int = 0
    using: Air = STILL_AIR

    @property
    def found_mg(self) -> int:
        return sum(self.out.values()) + self.overflow_mg + (self.residual_mg or 0)


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
    overflow_mg: Mass = 0,
    overflow_lot: Code = "",
    overflow_weight: Weight | None = None,
    hours: Hours | None = None,
    container: Code = "",
    overflow_container: Code = "",
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Weigh the powder recovered after a build: it becomes a used lot to be sieved, one build older.

    `fused_mg` is what became parts and supports. What is left in the machine belongs to the same used lot:
    `residual_mg` if it was weighed (the rest is then unexplained), else all that was not taken out. What only
    passed over the bed (`overflow_mg`) becomes a lot of its own, which aged by `overflow_weight` of a build.
    """
    permit(by, "feedstock.weigh_back")
    out = {
        "fused": fused_mg,
        "recovered": recovered_mg,
        "oversize": oversize_mg,
        "sample": sample_mg,
        "waste": waste_mg,
    }
    weight = overflow_weight_of(machine) if overflow_weight is None else overflow_weight
    back = Back(
        build=build,
        lot=lot,
        out=out,
        residual_mg=residual_mg,
        overflow_mg=overflow_mg,
        overflow_lot=overflow_lot,
        overflow_weight=weight,
        hours=Share.parse(hours or 0),
        container=container,
        overflow_container=overflow_container,
        using=air(tool, temperature_celsius, humidity_percent),
    )
    if reasons := queries.of_build_reasons(queries.place_of(machine)):
        raise Refused(reasons)
    return give_back(by=by, machine=machine, back=back)


def give_back(*, by: Actor, machine: str, back: Back) -> Lot:
    """The same from a room above, which says how much more than went in may be found."""
    permit(by, "feedstock.weigh_back")
    must_weigh(**back.out, residual=back.residual_mg or 0, overflow=back.overflow_mg)
    at = machines.machine(machine)
    inside = queries.in_machine(at.ref)
    _must_fit(inside, back.found_mg, back.gain_mg)
    must_weigh_not_more(inside, recovered=back.out["recovered"], overflow=back.overflow_mg)
    with act("feedstock.weighed_back", by=by) as done:
        cake, over = rules.split(inside, [inside.mass_mg - back.overflow_mg, back.overflow_mg])
        whole = rules.cut_content(at.ref, cake)
        used = gather(done, whole, back.lot, build=back.build, weight=CAKE, hours=back.hours)
        lost = _take_out(done, used, whole, back)
        if back.overflow_mg:
            _overflow(done, rules.cut_content(at.ref, over), used, back)
        carry(done, used.material.code, back.using.tool)
        _tell_weighed(done, used, inside, back, lost)
    return used


def overflow_weight_of(machine: str) -> Decimal:
    """How much the overflow ages beside the cake: as the routing says, else as the site decided."""
    limits = registry.job_on(queries.place_of(machine)).limits
    if limits is not None and limits.overflow_weight is not None:
        return limits.overflow_weight
    return Decimal(str(site.value("powder_overflow_weight")))


def _take_out(done: Done, used: Lot, whole: MachineContent, back: Back) -> int:
    """Each stream to its place; gives what cannot be explained."""
    place, build = whole.place, used.build
    gain = max(0, back.found_mg - back.overflow_mg - whole.mass_mg)
    move(done, used, source="scale:", target=place, mass_mg=gain, kind="adjusted", build=build)
    label, material = back.container or used.code, used.material.code
    into = open_container(label, material, [used.code]) if back.out["recovered"] else None
    to = {
        "fused": used.build or "build:?",
        "recovered": into.ref if into else "",
        "oversize": "waste:oversize",
        "sample": f"sample:{used.code}",
        "waste": "waste:powder",
    }
    for kind, mass_mg in back.out.items():
        move(
            done,
            used,
            source=place,
            target=to[kind],
            mass_mg=mass_mg,
            kind=kind,
            build=build,
            by=back.using,
        )
    left = whole.mass_mg + gain - sum(back.out.values())
    lost = 0 if back.residual_mg is None else left - back.residual_mg
    move(done, used, source=place, target="lost:", mass_mg=lost, kind="unexplained", build=build)
    return lost - gain


def _overflow(done: Done, over: MachineContent, used: Lot, back: Back) -> None:
    """What only passed over the bed: a lot of its own, in its own container."""
    code = back.overflow_lot or f"{used.code}-T"
    made = gather(done, over, code, build=back.build, weight=back.overflow_weight, hours=back.hours)
    into = open_container(back.overflow_container or made.code, made.material.code)
    move(
        done,
        made,
        source=over.place,
        target=into.ref,
        mass_mg=over.mass_mg,
        kind="overflow",
        build=made.build,
        by=back.using,
    )
    done.tell(made, into, overflow_lot=made.ref, overflow_weight=back.overflow_weight)


def unload(
    *,
    by: Actor,
    machine: Word,
    lot: Code,
    container: Code = "",
    mass_mg: Mass,
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Take all the powder out of a machine without a build: it becomes a lot of its own, no older."""
    permit(by, "feedstock.load")
    must_weigh_something(mass_mg)
    at = machines.machine(machine)
    inside = queries.in_machine(at.ref)
    _must_fit(inside, mass_mg)
    if reasons := queries.of_build_reasons(at.ref):
        raise Refused(reasons)
    using = air(tool, temperature_celsius, humidity_percent)
    with act("feedstock.unloaded", by=by) as done:
        out = gather(done, inside, lot, build="", weight=None, hours=Share())
        into = open_container(container or out.code, out.material.code)
        move(done, out, source=at.ref, target=into.ref, mass_mg=mass_mg, kind="unloaded", by=using)
        left = inside.mass_mg - mass_mg
        told = {"lot": out.ref, "machine": at.ref, "mass_mg": mass_mg, "left_mg": left}
        done.tell(out, at, into, **told, **using.told)
    return out


def _must_fit(inside: MachineContent, out_mg: int, gain_mg: int = 0) -> None:
    """Nothing comes out of an empty machine, and never more than went in."""
    if not inside.mass_mg:
        raise RuleBroken("machine_is_empty", machine=inside.place)
    if out_mg > inside.mass_mg + gain_mg:
        raise RuleBroken("more_out_than_in", found_mg=out_mg, inside_mg=inside.mass_mg)
    if len(inside.materials) > 1:
        raise RuleBroken(
            "materials_mixed_inside", machine=inside.place, inside=[f"material:{m}" for m in inside.materials]
        )


def must_weigh_not_more(inside: MachineContent, **masses_mg: int) -> None:
    """What is recovered is never heavier than what was loaded, whatever the scale tolerates elsewhere."""
    found = sum(masses_mg.values())
    if found > inside.mass_mg:
        raise RuleBroken("more_out_than_in", found_mg=found, inside_mg=inside.mass_mg)


def gather(
    done: Done, inside: MachineContent, code: str, *, build: str, weight: Decimal | None, hours: Share
) -> Lot:
    """All of a mixture becomes one lot, with its exact parents in the ledger; `weight` None: no build, no older."""
    older = rules.aged(inside, weight=weight, hours=hours) if weight is not None else _as_it_was(inside)
    made = Lot.objects.create(
        code=new_code(code),
        material=queries.material(inside.materials[0]),
        origin="recovered" if weight is not None else "unloaded",
        state=rules.out_of_machine(p.state for p in inside.portions),
        received_mass_mg=inside.mass_mg,
        used_share=older.used_share,
        age_max=older.age_max,
        age_mean=older.age_mean,
        hours_mean=older.hours_mean,
        build=build,
        expires_on=min((p.expires_on for p in inside.portions if p.expires_on), default=None),
        # Out of its closed container from this moment at least.
        opened_at=done.happened_at,
        received_by=done.by.person,
        received_at=done.happened_at,
    )
    kind = "gathered" if weight is None else "spread"
    for portion in inside.portions:
        parent = queries.lot(portion.lot)
        place, mass_mg = inside.place, portion.mass_mg
        move(done, parent, source=place, target=place, mass_mg=mass_mg, kind=kind, build=build, becomes=made)
        if parent.state == rules.CONTAMINATED and (why := parent.contaminations.first()):
            soil(done, made, place, mass_mg, why.cause, why.origin)
    return made


def _as_it_was(inside: MachineContent) -> Aged:
    return Aged(inside.used_share, inside.age_max, inside.age_mean, inside.hours_mean)


def _tell_weighed(done: Done, used: Lot, inside: MachineContent, back: Back, lost_mg: int) -> None:
    left = inside.mass_mg - sum(back.out.values()) - back.overflow_mg - lost_mg
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
        overflow_mg=back.overflow_mg,
        used_share_spread=inside.used_share.decimal,
        age_max=used.age_max,
        age_mean=used.age_mean.decimal,
        hours_mean=used.hours_mean.decimal,
        portions={f"lot:{p.lot}": {"mass_mg": p.mass_mg, "share": s.decimal} for p, s in inside.parts},
        **{f"{kind}_mg": mass_mg for kind, mass_mg in back.out.items()},
        **back.using.told,
    )


__all__ = ["Back", "gather", "give_back", "overflow_weight_of", "unload", "weigh_back"]
