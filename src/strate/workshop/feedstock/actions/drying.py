"""Drying: powder put in an oven, not to be poured meanwhile; weighed out of it, what it lost is water."""

from datetime import datetime
from decimal import Decimal

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.ledger import (
    air,
    carry,
    like,
    move,
    must_weigh_something,
    next_code,
)
from strate.workshop.feedstock.models import Drying, Lot
from strate.workshop.feedstock.rules.gates import quantity_conforms
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Percent
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit


def put_in_oven(
    *,
    by: Actor,
    container: Word,
    set_celsius: Celsius,
    mass_mg: Mass,
    oven: Title = "",
    atmosphere: Code = "",
    started_at: datetime | None = None,
    humidity_percent: Percent | None = None,
) -> Drying:
    """Put a container of powder in an oven, weighed before; it is not poured until it is weighed out of it."""
    permit(by, "feedstock.dry")
    must_weigh_something(mass_mg)
    place = queries.container(container).ref
    using = air(oven, None, humidity_percent)
    each = _only_lot(place)
    inside = queries.on_hand_mg(each.code, place)
    reasons = queries.held(each.ref, place, using.tool) + queries.oven_reasons(place)
    reasons += _drying_reasons(each, set_celsius)
    reasons += queries.tool_reasons([using.tool], each.material.code, place)
    reasons += queries.person_reasons(by, each)
    if each.state not in rules.LIVE:
        reasons.append(Reason("lot_not_in_state", {"lot": each.ref, "lot_state": each.state}))
    if not quantity_conforms(mass_mg, inside):
        values = {"container": place, "mass_mg": mass_mg, "inside_mg": inside}
        reasons.append(Reason("scale_disagrees", values, lifted_by=("shift_leader", "quality")))
    if reasons:
        raise Refused(reasons)
    with act("feedstock.put_in_oven", by=by, happened_at=started_at) as done:
        _settle(done, each, place, mass_mg - inside)
        drying = Drying.objects.create(
            lot=each,
            place=place,
            oven=using.tool,
            set_celsius=set_celsius,
            atmosphere=atmosphere,
            before_mg=mass_mg,
            started_by=by.person,
            started_at=done.happened_at,
        )
        carry(done, each.material.code, using.tool)
        told = {"set_celsius": set_celsius, "atmosphere": atmosphere, "mass_mg": mass_mg, "oven": using.tool}
        done.tell(each, place, using.tool if ":" in using.tool else "", lot=each.ref, container=place, **told)
    return drying


def take_out_of_oven(
    *,
    by: Actor,
    container: Word,
    mass_mg: Mass,
    lot: Code = "",
    ended_at: datetime | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Weigh a container out of the oven: what it lost is water, a movement of its own.

    When the lot also lies elsewhere, what was dried becomes another lot of it (`lot`, or a code proposed).
    """
    permit(by, "feedstock.dry")
    must_weigh_something(mass_mg)
    place = queries.container(container).ref
    found = queries.drying_at(place)
    if not found:
        raise RuleBroken("not_in_an_oven", container=place)
    drying = found[0]
    using = air(drying.oven, drying.set_celsius, humidity_percent)
    with act("feedstock.dried", by=by, happened_at=ended_at) as done:
        if done.happened_at < drying.started_at:
            raise RuleBroken("ends_before_it_starts", at=done.happened_at, started_at=drying.started_at)
        # What was contaminated while it dried bears another code by now.
        each = _only_lot(place)
        inside = queries.on_hand_mg(each.code, place)
        if mass_mg > inside:
            raise RuleBroken("more_out_than_in", found_mg=mass_mg, inside_mg=inside)
        move(done, each, source=place, target="lost:water", mass_mg=inside - mass_mg, kind="dried", by=using)
        dried = _part(done, each, place, mass_mg, lot)
        closed = {"after_mg": mass_mg, "ended_by": by.person, "ended_at": done.happened_at}
        if not Drying.objects.filter(pk=drying.pk, ended_at__isnull=True).update(**closed):
            raise RuleBroken("changed_meanwhile", lot=each.ref)
        hours = Decimal(int((done.happened_at - drying.started_at).total_seconds())) / 3600
        told = {"mass_mg": mass_mg, "loss_mg": inside - mass_mg, "dried_h": round(hours, 2)}
        told |= {"loss_share": Decimal(inside - mass_mg) / inside, "set_celsius": drying.set_celsius}
        done.tell(each, dried, place, lot=dried.ref, container=place, oven=drying.oven, **told)
    return dried


def _only_lot(place: str) -> Lot:
    inside = queries.content(place)
    if not inside.mass_mg:
        raise RuleBroken("container_is_empty", container=place)
    return queries.lot(inside.portions[0].lot)


def _drying_reasons(each: Lot, set_celsius: Decimal) -> list[Reason]:
    """What the specification says of drying: forbidden, or hotter than allowed."""
    lines = rules.properties.effective(queries.limits_for(each.material.code))
    reasons = []
    if (line := lines.get("drying")) and line.wanted == "forbidden":
        reasons.append(Reason("drying_forbidden", {"lot": each.ref}, line.source, ("methods", "quality")))
    line = lines.get("drying_celsius")
    if line and line.high is not None and set_celsius > line.high:
        values = {"set_celsius": set_celsius, "limit_celsius": line.high}
        reasons.append(Reason("oven_too_hot", values, line.source, ("methods", "quality")))
    return reasons


def _settle(done: Done, each: Lot, place: str, gap_mg: int) -> None:
    """The scale before the oven counts: what differs by less than a delivery may is set right in the ledger."""
    if gap_mg < 0:
        move(done, each, source=place, target="scale:", mass_mg=-gap_mg, kind="adjusted")
    else:
        move(done, each, source="scale:", target=place, mass_mg=gap_mg, kind="adjusted")


def _part(done: Done, each: Lot, place: str, mass_mg: int, code: str) -> Lot:
    """All of the lot was dried: it stays itself. A part of it is no longer the same powder: another lot."""
    if not queries.portions_of(each.code).exclude(place=place).exists():
        return each
    part = like(each, code or next_code(each.code, "S"), origin="split", received_mass_mg=mass_mg)
    move(done, each, source=place, target=place, mass_mg=mass_mg, kind="split", becomes=part)
    return part
