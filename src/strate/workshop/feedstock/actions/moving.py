"""Powder between containers: moved whole or in part to a drum, a silo, a hopper, a machine's bin; sampled."""

from strate.workshop.doors.texts import Sentence, Title, Word
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.actions.ledger import (
    air,
    carry,
    close_if_empty,
    move,
    must_hold,
    must_weigh_something,
    open_container,
)
from strate.workshop.feedstock.models import Lot, PowderContainer, PowderSample
from strate.workshop.feedstock.rules.typed import Celsius, Mass, Percent
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit


def transfer(
    *,
    by: Actor,
    lot: Word,
    source: Title,
    target: Title,
    mass_mg: Mass,
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> Lot:
    """Pour powder of a lot from one container to another, all or part; the lot stays the same.

    The other container is empty or holds the same lot: powder of two lots poured together is a blend.
    """
    permit(by, "feedstock.transfer")
    must_weigh_something(mass_mg)
    each = queries.lot(lot)
    place = queries.container(source).ref
    using = air(tool, temperature_celsius, humidity_percent)
    label = target.removeprefix("container:").strip()
    if place == f"container:{label}":
        raise RuleBroken("same_container", container=place)
    known = PowderContainer.objects.filter(code=label).first()
    goal = known.ref if known else ""
    reasons = queries.held(each.ref, place, goal, using.tool) + queries.oven_reasons(
        place, f"container:{label}"
    )
    reasons += queries.traces_reasons([goal], each.material.code)
    reasons += queries.tool_reasons([using.tool], each.material.code, place)
    reasons += queries.person_reasons(by, each)
    inside = queries.on_hand_mg(each.code, place)
    if mass_mg > inside:
        values = {"lot": each.ref, "asked_mg": mass_mg, "available_mg": inside}
        reasons.append(Reason("more_than_container_holds", values))
    if reasons:
        raise Refused(reasons)
    with act("feedstock.transferred", by=by) as done:
        into = open_container(label, each.material.code, [each.code])
        must_hold(into, mass_mg)
        move(done, each, source=place, target=into.ref, mass_mg=mass_mg, kind="transferred", by=using)
        PowderContainer.objects.filter(pk=into.pk, material="").update(material=each.material.code)
        carry(done, each.material.code, using.tool)
        told = {"lot": each.ref, "source": place, "target": into.ref, "mass_mg": mass_mg}
        done.tell(each, place, into, **told, **using.told)
    return each


def sample(
    *,
    by: Actor,
    lot: Word,
    mass_mg: Mass,
    container: Word = "",
    purpose: Sentence = "",
    sample: Word = "",
    tool: Title = "",
    temperature_celsius: Celsius | None = None,
    humidity_percent: Percent | None = None,
) -> PowderSample:
    """Take a sample of a lot: its grams leave the stock, its number is written on what is measured of it."""
    permit(by, "feedstock.sample")
    must_weigh_something(mass_mg)
    each = queries.lot(lot)
    using = air(tool, temperature_celsius, humidity_percent)
    rows = [r for r in queries.portions_of(each.code) if r.place.startswith("container:")]
    place = queries.container(container).ref if container else (rows[0].place if rows else "")
    if not place:
        raise RuleBroken("nothing_in_containers", lot=each.ref)
    reasons = queries.oven_reasons(place) + queries.person_reasons(by, each)
    reasons += queries.tool_reasons([using.tool], each.material.code, place)
    if mass_mg > (inside := queries.on_hand_mg(each.code, place)):
        values = {"lot": each.ref, "asked_mg": mass_mg, "available_mg": inside}
        reasons.append(Reason("more_than_container_holds", values))
    if reasons:
        raise Refused(reasons)
    with act("feedstock.sampled", by=by) as done:
        code = _sample_code(each, sample)
        taken = PowderSample.objects.create(
            code=code,
            lot=each,
            place=place,
            mass_mg=mass_mg,
            purpose=purpose.strip(),
            taken_by=by.person,
            taken_at=done.happened_at,
            event=done.event,
        )
        move(done, each, source=place, target=taken.ref, mass_mg=mass_mg, kind="sample", by=using)
        carry(done, each.material.code, using.tool)
        close_if_empty(each)
        told = {"lot": each.ref, "sample": taken.ref, "mass_mg": mass_mg, "purpose": taken.purpose}
        done.tell(each, taken, place, **told, **using.told)
    return taken


def _sample_code(each: Lot, typed: str) -> str:
    """The number on the bag, or the next one of this lot."""
    code = typed.strip().removeprefix("sample:")
    if not code:
        return f"{each.code}-E{each.samples.count() + 1}"
    if PowderSample.objects.filter(code__iexact=code).exists():
        raise RuleBroken("sample_exists", sample=f"sample:{code}")
    return code
