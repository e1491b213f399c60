"""Powder that leaves the stock for good: returned to its supplier, or thrown in the waste drum of its stream."""

from strate.workshop.doors.texts import Paragraph, Title, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.ledger import (
    Air,
    air,
    close_if_empty,
    move,
    must_weigh_something,
    pass_to,
    take_from_containers,
)
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules.gates import check_drum
from strate.workshop.feedstock.rules.typed import Mass
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets


def return_to_supplier(
    *, by: Actor, lot: Word, mass_mg: Mass, reason: Paragraph, container: Word = "", note: Title = ""
) -> Lot:
    """Send powder back to its supplier, with the reason; `note` is the number on the transport note."""
    permit(by, "feedstock.return")
    must_weigh_something(mass_mg)
    if not reason.strip():
        raise RuleBroken("reason_needed_to_return")
    each = queries.lot(lot)
    if each.origin != "supplier":
        raise RuleBroken("not_from_a_supplier", lot=each.ref)
    only = queries.container(container).ref if container else ""
    if reasons := queries.oven_reasons(*([only] if only else queries.places_of(each.code))):
        raise Refused(reasons)
    with act("feedstock.returned", by=by, reason=reason.strip()) as done:
        target = f"supplier:{each.supplier or '?'}"
        used = take_from_containers(done, each, target=target, mass_mg=mass_mg, kind="returned", only=only)
        if not queries.on_hand_mg(each.code) and not rules.check_move(each.code, each.state, rules.RETURNED):
            pass_to(each, rules.RETURNED)
        told = {"lot": each.ref, "mass_mg": mass_mg, "supplier": each.supplier, "note": note}
        done.tell(each, *used, **told)
    return each


def waste(
    *,
    by: Actor,
    lot: Word,
    drum: Word,
    mass_mg: Mass,
    place: Title = "",
    reason: Paragraph = "",
    tool: Title = "",
) -> Lot:
    """Throw powder in a waste drum: the mass leaves the stock and enters the waste register in one gesture.

    `place`: the container (or machine) it is taken from, when the lot lies in several.
    """
    permit(by, "feedstock.waste")
    must_weigh_something(mass_mg)
    each = queries.lot(lot)
    using = air(tool, None, None)
    only = place.strip()
    if only and not only.startswith("machine:"):
        only = queries.container(only).ref
    reasons = queries.oven_reasons(*([only] if only else queries.places_of(each.code)))
    reasons += queries.of_build_reasons(only) if only.startswith("machine:") else []
    reasons += drum_reasons(drum, each) + queries.person_reasons(by, each)
    reasons += queries.tool_reasons([using.tool], each.material.code, only)
    if mass_mg > (inside := queries.on_hand_mg(each.code, only)):
        values = {"lot": each.ref, "asked_mg": mass_mg, "available_mg": inside}
        reasons.append(Reason("more_than_container_holds", values))
    if reasons:
        raise Refused(reasons)
    with act("feedstock.wasted", by=by, reason=reason.strip()) as done:
        target = to_drum(by, drum, mass_mg, each)
        _take(done, each, target, mass_mg, only, using)
        empty = close_if_empty(each)
        told = {"lot": each.ref, "drum": target, "mass_mg": mass_mg, "lot_exhausted": empty}
        done.tell(each, target, only, **told, **using.told)
    return each


def _take(done: Done, each: Lot, target: str, mass_mg: int, only: str, using: Air) -> None:
    if only.startswith("machine:"):
        move(done, each, source=only, target=target, mass_mg=mass_mg, kind="waste", by=using)
        return
    take_from_containers(done, each, target=target, mass_mg=mass_mg, kind="waste", only=only, by=using)


def drum_reasons(drum: str, each: Lot) -> list[Reason]:
    """Why this drum does not take this powder; none when no drum is named."""
    if not drum.strip():
        return []
    found = sheets.drum(drum.strip().removeprefix("drum:"))
    spoilt = each.state == rules.CONTAMINATED
    return check_drum(lot=each.code, drum=found.ref, stream=found.stream, contaminated=spoilt)


def to_drum(by: Actor, drum: str, mass_mg: int, about: Lot) -> str:
    """Enter a mass in the waste register, in the drum's own stream; gives the drum's reference."""
    found = sheets.drum(drum.strip().removeprefix("drum:"))
    safety.sort_waste(
        by=by,
        stream=found.stream,
        mass_mg=mass_mg,
        container=found.code,
        about=about.build or about.ref,
        material=about.material.code,
        lot=about.ref,
    )
    return str(found.ref)
