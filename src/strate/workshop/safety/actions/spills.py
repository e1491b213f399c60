"""A spill: told in a tap, guided, recorded; closed by HSE."""

from typing import Annotated, Any, Literal

from pydantic import Field

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.anomalies.queries import one as anomaly_of
from strate.workshop.anomalies.rules import CLOSED, OPEN
from strate.workshop.doors.texts import Code, Page, Title, Word
from strate.workshop.holds import actions as holds
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people import queries as people
from strate.workshop.people.roles import permit
from strate.workshop.safety import queries, registry, rules
from strate.workshop.safety.models import Spill, SpillThing
from strate.workshop.things import registry as things

Milligrams = Annotated[int, Field(ge=0, le=10**15)]
# What a spill dirties; a build or a place is only where it happened.
TOUCHABLE = ("lot", "container", "silo", "hopper", "bin", "machine")


def report_spill(
    *,
    by: Actor,
    about: list[Title],
    place: Title = "",
    size: Literal["small", "large"] = "small",
    material: Code = "",
    dangers: list[Word] | None = None,
) -> Spill:
    """Accidental release: the alert leaves at once, what was touched is contaminated, the guided gesture starts.

    A place is enough: whoever cannot tell what lies there raises the alarm all the same.
    `dangers`: what is told besides, of `fire` and `injured`.
    """
    permit(by, "safety.report_spill")
    refs = list(dict.fromkeys(ref for ref in about if ref))
    for ref in refs:
        things.find(ref)
    matters = registry.matters_of([*refs, *([f"material:{material}"] if material else [])])
    if not matters and not refs and not place.strip():
        raise RuleBroken("spill_of_nothing")
    told = _dangers(dangers)
    materials = list(dict.fromkeys(m.material for m in matters))
    sheets = queries.in_force_for(refs, materials)
    with act("safety.spill_reported", by=by) as done:
        spill = Spill.objects.create(
            material=", ".join(materials)[:60],
            product=sheets[0].code if len(sheets) == 1 else "",
            place=place or next((p for ref in refs if (p := registry.place_of(ref))), ""),
            size=size,
            orders=rules.spill_orders(sheets, materials) | ({"dangers": told} if told else {}),
            reported_by=by.person,
            reported_at=done.happened_at,
        )
        touched = [ref for ref in refs if ref.partition(":")[0] in TOUCHABLE]
        SpillThing.objects.bulk_create(SpillThing(spill=spill, ref=ref) for ref in refs)
        _stop_and_tell(by, spill, touched)
        _guide(by, spill, refs, materials)
        done.tell(spill, *refs, spill=spill.ref, size=size, place=_where(spill), **_told(spill, touched))
    return spill


def _dangers(typed: list[str] | None) -> list[str]:
    """Those told, each once, in the order they are seen to."""
    for each in typed or []:
        if each not in rules.DANGERS:
            raise RuleBroken("danger_unknown", typed=each)
    return [each for each in rules.DANGERS if each in (typed or [])]


def _where(spill: Spill) -> str:
    """The place by its name when it is one of the site's."""
    return f"place:{spill.place}" if spill.place in queries.places_titles() else spill.place


def _told(spill: Spill, touched: list[str]) -> dict[str, Any]:
    return {"material": spill.material or "—", "touched": touched, "orders": spill.orders, "run": spill.run}


def _stop_and_tell(by: Actor, spill: Spill, touched: list[str]) -> None:
    """What was touched is contaminated and held until HSE decides; the anomaly goes to HSE with the spill's number."""
    dangers = spill.orders.get("dangers", [])
    contaminated = registry.tell_spill(by, spill, touched)
    spill.things.filter(ref__in=contaminated).update(contaminated=True)
    # A machine is only dirty: its powder is what waits for a decision.
    stopped = [ref for ref in touched if not ref.startswith("machine:")]
    for ref in stopped:
        holds.place(
            by=by, about=ref, code="touched_by_a_spill", liftable_by=("hse", "quality"), origin=spill.ref
        )
    anomaly = anomalies.report(
        by=by,
        about=[spill.ref, *touched],
        kind="spill",
        text=spill.code,
        severity=rules.spill_severity(spill.size, dangers),
    )
    spill.anomaly = anomaly.ref
    notify(
        by=by,
        to=["role:hse", "role:shift_leader"],
        about=spill.ref,
        code="dangerous_spill_reported" if dangers else "spill_reported",
        where=_where(spill),
        **({"spill_dangers": dangers} if dangers else {}),
    )


def _guide(by: Actor, spill: Spill, refs: list[str], materials: list[str]) -> None:
    orders = spill.orders
    context = {
        "spill": spill.ref,
        "material": ", ".join(materials),
        "fire_class": str(orders["fire_class"]),
        "agents": ", ".join(orders["agents"]),
        "never": ", ".join(orders["never"]),
        "damp": "yes" if orders["damp"] == "yes" else "no",
        "size": spill.size,
    }
    spill.run = registry.start_guide(by, spill, [spill.ref, *refs], context)
    spill.save(update_fields=["anomaly", "run"])


def weigh_spill(*, by: Actor, spill: Word, mass_mg: Milligrams) -> Spill:
    """Note what was spilt, weighed or estimated during the gesture: the record starts from it."""
    permit(by, "safety.report_spill")
    with act("safety.spill_weighed", by=by) as done:
        found = Spill.objects.select_for_update().get(pk=queries.spill(spill).pk)
        if found.recorded_by or found.state == rules.SETTLED:
            raise RuleBroken("spill_is_settled", spill=found.ref)
        found.mass_mg = mass_mg
        found.save(update_fields=["mass_mg"])
        done.tell(found, spill=found.ref, mass_mg=mass_mg)
    return found


def record_spill(
    *,
    by: Actor,
    spill: Word,
    mass_mg: Milligrams,
    cause: Code,
    cause_said: Page = "",
    persons: list[Word] | None = None,
    estimated: bool = True,
    drum: Word = "",
    stream: Code = "",
) -> Spill:
    """Record what was spilt: the mass, who was there, why; with a drum, what was collected goes in it."""
    permit(by, "safety.report_spill")
    if cause not in rules.CAUSES:
        raise RuleBroken("cause_unknown", typed=cause)
    for each in persons or []:
        people.person(each)
    with act("safety.spill_recorded", by=by) as done:
        found = Spill.objects.select_for_update().get(pk=queries.spill(spill).pk)
        if found.state == rules.SETTLED:
            raise RuleBroken("spill_is_settled", spill=found.ref)
        found.state, found.mass_mg, found.estimated = rules.CLEANED, mass_mg, estimated
        found.cause, found.cause_said, found.persons = cause, cause_said.strip(), list(persons or [])
        found.recorded_by, found.recorded_at = by.person, done.happened_at
        if drum and mass_mg:
            found.drum = _into_the_drum(by, found, drum, stream, mass_mg)
        found.save()
        notify(by=by, to="role:hse", about=found.ref, code="spill_to_review")
        told = {"mass_mg": mass_mg, "estimated": estimated, "spill_cause": cause, "persons": found.persons}
        done.tell(found, *queries.touched_by(found), spill=found.ref, drum=found.drum, **told)
    return found


def _into_the_drum(by: Actor, spill: Spill, drum: str, stream: str, mass_mg: int) -> str:
    """Spilt powder is never used again: it goes in the drum in the same act, or nothing is recorded."""
    from strate.workshop.safety.actions.waste import sort_waste

    found = queries.drum(drum)
    lot = next((ref for ref in queries.touched_by(spill) if ref.startswith("lot:")), "")
    single = spill.material if "," not in spill.material else ""
    sort_waste(
        by=by,
        stream=stream or queries.spill_stream(spill) or found.stream,
        mass_mg=mass_mg,
        container=found.code,
        about=spill.ref,
        material=single,
        lot=lot,
    )
    return found.ref


def settle_spill(*, by: Actor, spill: Word, conclusion: Page) -> Spill:
    """HSE closes a spill: it is recorded, what it stopped was decided, and this is what is learnt of it."""
    permit(by, "safety.settle_spill")
    found = queries.spill(spill)
    if not conclusion.strip():
        raise RuleBroken("spill_conclusion_missing")
    with act("safety.spill_settled", by=by, meaning="spill_settled") as done:
        found = Spill.objects.select_for_update().get(pk=found.pk)
        reasons = rules.why_not_review(
            spill=found.ref,
            state=found.state,
            recorded=bool(found.recorded_by),
            holds=queries.still_held(found),
        )
        if reasons:
            raise Refused(reasons)
        found.state, found.reviewed_by, found.reviewed_at = rules.SETTLED, by.person, done.happened_at
        found.conclusion = conclusion.strip()
        found.save()
        _close_the_anomaly(by, found)
        done.tell(found, *queries.touched_by(found), spill=found.ref, text=found.conclusion)
    return found


def _close_the_anomaly(by: Actor, spill: Spill) -> None:
    """Its anomaly ends with it, unless by its own rule somebody else must: then it stays open, and is seen."""
    anomaly = anomaly_of(spill.anomaly) if spill.anomaly else None
    if anomaly is None or anomaly.reported_by == by.person:
        return
    if anomaly.state == OPEN:
        anomalies.answer(by=by, anomaly=anomaly.number, text=spill.conclusion)
    if anomaly.state != CLOSED:
        anomalies.close(by=by, anomaly=anomaly.number, conclusion=spill.conclusion)
