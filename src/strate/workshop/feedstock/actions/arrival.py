"""Powder at the door: announced, then received in its container, with what its label and its papers say."""

from datetime import date
from typing import Any, Literal

from django.utils import timezone

from strate.workshop.doors.texts import Code, Sentence, Title, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.containers import Kind, Seal, new_label
from strate.workshop.feedstock.actions.ledger import move, must_be_fit, must_weigh_something
from strate.workshop.feedstock.actions.measuring import Type
from strate.workshop.feedstock.models import Lot, Material, PowderContainer
from strate.workshop.feedstock.rules.typed import Digest, Mass
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people.roles import permit

Making = Literal[
    "", "gas_viga", "gas_eiga", "plasma", "water", "milled", "precipitated", "polymerised", "natural"
]


def announce(
    *,
    by: Actor,
    lot: Code,
    material: Code,
    supplier: Title,
    mass_mg: Mass,
    supplier_lot: Code = "",
) -> Lot:
    """Announce a lot that was ordered, before it arrives."""
    permit(by, "feedstock.announce")
    must_weigh_something(mass_mg)
    of = queries.material(material)
    code = new_code(lot)
    with act("feedstock.announced", by=by) as done:
        made = Lot.objects.create(
            code=code,
            material=of,
            supplier=supplier,
            supplier_lot=supplier_lot,
            announced_mass_mg=mass_mg,
            state=rules.ANNOUNCED,
        )
        done.tell(made, of, lot=made.ref, material=of.ref, supplier=supplier, mass_mg=mass_mg)
    return made


def receive(
    *,
    by: Actor,
    lot: Code,
    material: Code,
    mass_mg: Mass,
    supplier: Title = "",
    supplier_lot: Code = "",
    heat: Word = "",
    certificate: Digest = "",
    expires_on: date | None = None,
    container: Code = "",
    place: Code = "",
    kind: Kind = "drum",
    product: Sentence = "",
    order_number: Word = "",
    certificate_number: Word = "",
    certificate_type: Type = "",
    making: Making = "",
    gas: Code = "",
    made_on: date | None = None,
    colour: Code = "",
    seal: Seal = "",
) -> Lot:
    """Receive a lot of feedstock at the door, in its container; it stays in quarantine until released."""
    permit(by, "feedstock.receive")
    said = {
        **{"supplier": supplier, "supplier_lot": supplier_lot, "heat": heat, "certificate": certificate},
        **{"expires_on": expires_on, "product": product, "order_number": order_number, "making": making},
        **{"certificate_number": certificate_number, "certificate_type": certificate_type, "gas": gas},
        **{"made_on": made_on, "colour": colour, "seal": seal},
    }
    return _receive(by, lot, queries.material(material), mass_mg, (container or lot, place, kind), said)


def _receive(
    by: Actor, lot: str, of: Material, mass_mg: int, where: tuple[str, str, str], said: dict[str, Any]
) -> Lot:
    must_weigh_something(mass_mg)
    _days_must_follow(said["made_on"], said["expires_on"])
    known = Lot.objects.select_related("material").filter(code=lot.strip()).first()
    label, place, kind = where
    with act("feedstock.received", by=by) as done:
        each = arrive(done, of, known, new_code(lot) if known is None else lot, mass_mg, said)
        into = arriving_in(label.removeprefix("container:").strip(), of, place, kind)
        source = f"supplier:{each.supplier or '?'}"
        move(done, each, source=source, target=into.ref, mass_mg=mass_mg, kind="received")
        done.tell(each, of, into, container=into.ref, **as_received(each))
    return each


def arrive(done: Done, of: Material, known: Lot | None, code: str, mass_mg: int, said: dict[str, Any]) -> Lot:
    """The lot as it arrives: what its label and its papers say; what was announced stays where they are silent."""
    each = _arriving(known, code, of)
    for name, value in said.items():
        setattr(each, name, value or getattr(each, name))
    each.state, each.received_mass_mg = rules.RECEIVED, mass_mg
    each.received_by, each.received_at = done.by.person, done.happened_at
    each.save()
    return each


def _days_must_follow(made_on: date | None, expires_on: date | None) -> None:
    """Powder is made before it comes, and does not expire before it was made."""
    if made_on and made_on > timezone.localdate(clock.now()):
        raise RuleBroken("day_not_come", on=made_on)
    if made_on and expires_on and expires_on < made_on:
        raise RuleBroken("expires_before_made", on=expires_on, made_on=made_on)


def as_received(each: Lot) -> dict[str, Any]:
    """What the fact of a reception keeps."""
    names = (
        *("supplier", "supplier_lot", "heat", "certificate", "expires_on", "product", "order_number"),
        *("certificate_number", "certificate_type", "making", "gas", "made_on", "colour", "seal"),
    )
    return {
        "lot": each.ref,
        "material": each.material.ref,
        "mass_mg": each.received_mass_mg,
        **{name: getattr(each, name) for name in names},
    }


def new_code(lot: str) -> str:
    code = lot.strip().removeprefix("lot:")
    if not code:
        raise RuleBroken("field_missing", field="lot")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Lot.objects.filter(code__iexact=code).exists():
        raise RuleBroken("lot_exists", lot=f"lot:{code}")
    return code


def _arriving(known: Lot | None, code: str, of: Material) -> Lot:
    """The lot that arrives: one that was announced, or a new one."""
    if known is None:
        return Lot(code=code, material=of)
    if known.state != rules.ANNOUNCED:
        raise RuleBroken("lot_exists", lot=known.ref)
    if known.material.code != of.code:
        raise RuleBroken(
            "other_material_announced",
            lot=known.ref,
            expected=known.material.ref,
            material=of.ref,
        )
    return known


def arriving_in(label: str, of: Material, place: str, kind: str) -> PowderContainer:
    """The labelled container: one label is on one container, which holds one thing at a time."""
    known = PowderContainer.objects.filter(code=label).exists()
    into, new = PowderContainer.objects.get_or_create(
        code=label if known else new_label(label),
        defaults={"kind": kind, "place": place, "since": clock.now()},
    )
    if new:
        return into
    if into.retired:
        raise RuleBroken("container_out_of_use", container=into.ref)
    inside = queries.content(into.ref)
    if inside.mass_mg:
        raise RuleBroken("container_not_empty", container=into.ref, lot=f"lot:{inside.portions[0].lot}")
    must_be_fit(into, of.code)
    if place:
        into.place = place
        into.save(update_fields=["place"])
    return into
