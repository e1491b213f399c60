"""Blending: lots of one material poured together into one container become one lot, with its exact parents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from strate.workshop.doors.texts import Code, Paragraph, Title, Word
from strate.workshop.feedstock import queries, registry, rules
from strate.workshop.feedstock.actions import passing
from strate.workshop.feedstock.actions.ledger import (
    Air,
    air,
    carry,
    close_if_empty,
    must_hold,
    must_weigh,
    must_weigh_something,
    new_code,
    open_container,
    poured_from,
    take_from_containers,
)
from strate.workshop.feedstock.models import Lot, PowderContainer
from strate.workshop.feedstock.rules import Limits, MachineContent, Pour
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Minutes, Percent, Share100
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.site import queries as site


@dataclass(frozen=True)
class Wanted:
    """A blend as it is asked: what is poured from where, for which machine, under which limits, on what."""

    pours: tuple[tuple[Pour, Lot, str], ...]
    limits: Limits | None
    residual: MachineContent | None
    machine: str = ""

    @property
    def content(self) -> MachineContent:
        """What the blend is worth, alone."""
        return rules.blended([pour for pour, _lot, _only in self.pours])

    @property
    def after(self) -> MachineContent:
        """What the machine will hold once the blend is poured on its residual."""
        return rules.blended([pour for pour, _lot, _only in self.pours], self.residual)


def blend(
    *,
    by: Actor,
    lot: Code,
    container: Code,
    pours: dict[Title, Mass],
    machine: Word = "",
    total_mg: Mass | None = None,
    mixing_min: Minutes | None = None,
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
    override: Paragraph = "",
) -> Lot:
    """Pour lots of one material together in a container and mix them: a new lot, with the exact share of each.

    `pours`: what (a lot, or the label of a container) → how much. `machine`: for which machine, so that the
    limits of its job and what it still holds are looked at now. `total_mg`: what the scale says of the whole.
    """
    permit(by, "feedstock.override" if override.strip() else "feedstock.blend")
    code = new_code(lot)
    using = air(tool, temperature_celsius, humidity_percent)
    with act("feedstock.blended", by=by) as done:
        wanted = read(pours, machine)
        reasons = blend_reasons(by, wanted, container, using.tool, total_mg)
        passed = passing.free_or_passed(done, reasons, override)
        lots = [each.code for _pour, each, _only in wanted.pours]
        into = open_container(container, wanted.pours[0][1].material.code, lots)
        made = _made(done, code, wanted)
        used = _poured(done, wanted, into.ref, made, using)
        open_container(
            into.code, made.material.code, [made.code]
        )  # of what lay in it, nothing is left beside the blend
        must_hold(into, 0)
        PowderContainer.objects.filter(pk=into.pk, material="").update(material=made.material.code)
        carry(done, made.material.code, using.tool)
        place = wanted.machine or into.ref
        passing.keep(done, made, place, passed, override)
        _tell(done, made, into, wanted, used, mixing_min, passed, using)
    return made


def blend_by_share(
    *,
    by: Actor,
    lot: Code,
    container: Code,
    shares: dict[Title, Share100],
    total_mg: Mass,
    machine: Word = "",
    mixing_min: Minutes | None = None,
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """The same with the share of each parent in percent: they make exactly a hundred, or nothing is poured."""
    permit(by, "feedstock.blend")
    must_weigh_something(total_mg)
    if reasons := rules.check_shares(shares):
        raise Refused(reasons)
    return blend(
        by=by,
        lot=lot,
        container=container,
        pours=rules.masses_of(shares, total_mg),
        machine=machine,
        total_mg=total_mg,
        mixing_min=mixing_min,
        tool=tool,
        temperature_celsius=temperature_celsius,
        humidity_percent=humidity_percent,
    )


def read(pours: dict[str, int], machine: str = "") -> Wanted:
    """What is asked, with each lot as it is now; several pourings of one lot from one place are one."""
    must_weigh(**{name: mass_mg for name, mass_mg in pours.items() if mass_mg < 0})
    place = queries.place_of(machine) if machine else ""
    found: dict[tuple[str, str], int] = {}
    for name, mass_mg in pours.items():
        if mass_mg:
            key = _named(name)
            found[key] = found.get(key, 0) + mass_mg
    lots = {code: queries.lot(code) for code, _only in found}
    limits = _limits(place, lots)
    asked = [(lots[code], only) for code, only in found]
    inside = queries.in_machine(place) if place else MachineContent("")
    inside, seen = queries.seen_with(inside, limits, asked)
    rows = tuple(
        (Pour(replace(one, roots=queries.roots_of(each)), mass_mg), each, only)
        for one, (each, only), mass_mg in zip(seen, asked, found.values(), strict=True)
    )
    return Wanted(rows, limits, inside if place else None, place)


def _named(name: str) -> tuple[str, str]:
    """A lot by its code, or by the container it is poured from."""
    text = name.strip()
    if not text.startswith("container:"):
        return text.removeprefix("lot:"), ""
    place = queries.container(text).ref
    inside = queries.content(place)
    if not inside.portions:
        raise RuleBroken("container_is_empty", container=place)
    return inside.portions[0].lot, place


def _limits(place: str, lots: dict[str, Lot]) -> Limits | None:
    """Those of the job on the machine; without a machine, those of the material itself."""
    if limits := registry.job_on(place).limits:
        return limits
    materials = {each.material.code for each in lots.values()}
    return queries.of_material(materials.pop()) if len(materials) == 1 else None


def suppliers_may_meet(limits: Limits | None) -> bool:
    """Whether different supplier lots may be blended: as the routing says, else as the site decided."""
    if limits is not None and limits.several_supplier_lots is not None:
        return limits.several_supplier_lots
    return bool(site.value("powder_blend_supplier_lots"))


def blend_reasons(
    by: Actor, wanted: Wanted, container: str, tool: str = "", total_mg: int | None = None
) -> list[Reason]:
    """Every reason against this blend, by this person, now."""
    lots = [each for _pour, each, _only in wanted.pours]
    label = container.strip().removeprefix("container:")
    goal = f"container:{label}" if label else ""
    known = goal if PowderContainer.objects.filter(code=label).exists() else ""
    from_places = [only for _pour, _each, only in wanted.pours if only]
    reasons = queries.held(*(each.ref for each in lots), *from_places, goal, tool)
    reasons += queries.held_ancestors({each.pk: each for each in lots}.values())
    reasons += rules.check_blend(
        [pour for pour, _each, _only in wanted.pours],
        wanted.limits,
        on=queries.today(*(each.code for each in lots)),
        residual=wanted.residual,
        mixed_suppliers=suppliers_may_meet(wanted.limits),
        total_mg=total_mg,
    )
    if wanted.residual is not None and not any(r.code == "supplier_lots_not_to_be_mixed" for r in reasons):
        together = [*(p.lot for p in wanted.residual.portions), *(each.code for each in lots)]
        reasons += queries.origin_reasons(together, wanted.limits)
    reasons += queries.oven_reasons(*_all_places(wanted), goal)
    for material in dict.fromkeys(each.material.code for each in lots):
        reasons += queries.traces_reasons([known], material)
        reasons += queries.tool_reasons([tool], material, known)
    lacking = [reason for each in lots for reason in queries.person_reasons(by, each)]
    return reasons + [reason for n, reason in enumerate(lacking) if reason not in lacking[:n]]


def _all_places(wanted: Wanted) -> list[str]:
    places: list[str] = []
    for _pour, each, only in wanted.pours:
        places += [only] if only else queries.places_of(each.code)
    return places


def _made(done: Done, code: str, wanted: Wanted) -> Lot:
    """The blend as a lot: what its parents are worth together, the earliest of their dates."""
    parents = [each for _pour, each, _only in wanted.pours]
    content = wanted.content
    meshes = [each.mesh_um for each in parents]
    return Lot.objects.create(
        code=code,
        material=parents[0].material,
        origin="blend",
        state=rules.OPEN,
        received_mass_mg=content.mass_mg,
        used_share=content.used_share,
        age_max=content.age_max,
        age_mean=content.age_mean,
        hours_mean=content.hours_mean,
        mesh_um=None if None in meshes else max(mesh for mesh in meshes if mesh is not None),
        expires_on=min((each.expires_on for each in parents if each.expires_on), default=None),
        opened_at=min((each.opened_at for each in parents if each.opened_at), default=done.happened_at),
        received_by=done.by.person,
        received_at=done.happened_at,
    )


def _poured(done: Done, wanted: Wanted, target: str, made: Lot, using: Air) -> list[str]:
    used: list[str] = []
    # Two blends of the same lots, named in another order, take them in one order all the same.
    rows = sorted(wanted.pours, key=lambda row: (row[1].pk, row[2]))
    for pour, each, only in rows:
        used += take_from_containers(
            done,
            each,
            target=target,
            mass_mg=pour.mass_mg,
            kind="blended",
            only=only,
            becomes=made,
            by=using,
        )
    for _pour, each, _only in rows:
        poured_from(done, each)
        close_if_empty(each)
    return used


def _tell(
    done: Done,
    made: Lot,
    into: PowderContainer,
    wanted: Wanted,
    used: Sequence[str],
    mixing_min: int | None,
    passed: Sequence[str],
    using: Air,
) -> None:
    content = wanted.content
    parts = {f"lot:{p.lot}": {"mass_mg": p.mass_mg, "share": s.decimal} for p, s in content.parts}
    predicted = rules.properties.mixed(
        [(p.mass_mg, queries.known_properties(p.lot)) for p in content.portions]
    )
    told = {
        "lot": made.ref,
        "container": into.ref,
        "machine": wanted.machine,
        "mass_mg": content.mass_mg,
        "used_share": made.used_share.decimal,
        "age_max": made.age_max,
        "age_mean": made.age_mean.decimal,
        "hours_mean": made.hours_mean.decimal,
        "mixing_min": mixing_min,
        "portions": parts,
        "predicted": {code: str(each.value) for code, each in predicted.items()},
    }
    lots = [each for _pour, each, _only in wanted.pours]
    extra = {"override": list(passed)} if passed else {}
    done.tell(made, into, *lots, *used, wanted.machine, **told, **using.told, **extra)
