"""Powder poured into a machine: opened, judged with all that the machine will then hold, loaded."""

from strate.workshop.doors.texts import Paragraph, Title, Word
from strate.workshop.feedstock import queries, registry, rules
from strate.workshop.feedstock.actions import passing
from strate.workshop.feedstock.actions.ledger import (
    Air,
    air,
    carry,
    close_if_empty,
    must_weigh_something,
    pass_to,
    poured_from,
    take_from_containers,
)
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules import Limits
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Percent
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.machines import queries as machines
from strate.workshop.machines.queries import Machine
from strate.workshop.people.roles import permit


def open_lot(
    *,
    by: Actor,
    lot: Word,
    container: Word = "",
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Open a container of a released lot, with the temperature and humidity of the room."""
    permit(by, "feedstock.open_lot")
    each = queries.lot(lot)
    # Who opens a drum breathes its powder: the sheet is read before.
    reasons = rules.check_move(each.code, each.state, rules.OPEN) + queries.person_reasons(by, each)
    if reasons:
        raise Refused(reasons)
    with act("feedstock.opened", by=by) as done:
        pass_to(each, rules.OPEN, opened_at=done.happened_at)
        place = queries.container(container).ref if container else ""
        done.tell(
            each,
            place,
            lot=each.ref,
            tool=tool,
            temperature_celsius=temperature_celsius,
            humidity_percent=humidity_percent,
        )
    return each


def load(
    *,
    by: Actor,
    lot: Word,
    machine: Word,
    mass_mg: Mass,
    container: Word = "",
    limits: Limits | None = None,
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
    more_to_come: bool = False,
    override: Paragraph = "",
) -> Lot:
    """Pour powder of a released lot into a machine; the same gesture opens what was closed.

    Refused with every reason at once. `more_to_come` says that other containers follow: what this pouring leaves
    missing for the build is then left to the launch, which looks at the whole again. `override`: why a limit that
    its rule lets be passed over is passed over; signed by somebody with the right, it stays on the build and in
    its dossier.
    """
    # Who passes over a limit answers for the pouring: quality may, who does not pour otherwise.
    permit(by, "feedstock.override" if override.strip() else "feedstock.load")
    must_weigh_something(mass_mg)
    using = air(tool, temperature_celsius, humidity_percent)
    with act("feedstock.loaded", by=by) as done:
        # Judged while nobody else can pour into it: two pourings, each allowed alone, are not allowed together.
        into, each = machines.held_still(machine), queries.lot(lot)
        only = queries.container(container).ref if container else ""
        reasons = load_reasons(
            by, each, into.ref, mass_mg, only=only, limits=limits, tool=using.tool, followed=more_to_come
        )
        passed = passing.free_or_passed(done, reasons, override)
        used = take_from_containers(
            done, each, target=into.ref, mass_mg=mass_mg, kind="loaded", only=only, by=using
        )
        poured_from(done, each)
        carry(done, each.material.code, into.ref, using.tool)
        passing.keep(done, each, into.ref, passed, override)
        _tell(done, each, into, mass_mg, used, using, passed)
    return each


def _tell(
    done: Done, each: Lot, into: Machine, mass_mg: int, used: list[str], using: Air, passed: list[str]
) -> None:
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
        **using.told,
        **({"override": passed} if passed else {}),
    )


def load_reasons(
    by: Actor,
    each: Lot,
    place: str,
    mass_mg: int,
    *,
    only: str = "",
    limits: Limits | None = None,
    tool: str = "",
    followed: bool = False,
) -> list[Reason]:
    """Every reason against this pouring, by this person, now."""
    material = each.material.code
    job = registry.job_on(place)
    allowed = limits or job.limits or queries.of_material(material)
    inside, [seen] = queries.seen_with(queries.in_machine(place), allowed, [(each, only)])
    held = queries.held(each.ref, place, only, tool)
    from_places = [only] if only else [row.place for row in queries.in_containers(each)]
    need_mg = None if followed else job.need_mg
    reasons = rules.check_load(seen, inside, allowed, mass_mg=mass_mg, on=queries.today(each.code), held=held)
    return [
        *reasons,
        *queries.origin_reasons([*(p.lot for p in inside.portions), each.code], allowed),
        *rules.short_of_need(inside, mass_mg, need_mg, allowed.source_of("need")),
        *queries.held_ancestors([each]),
        *queries.traces_reasons([place], material, but=inside),
        *queries.tool_reasons([tool], material, place),
        *queries.oven_reasons(*from_places),
        *queries.scan_reasons(from_places, bool(only)),
        *queries.person_reasons(by, each, place),
    ]
