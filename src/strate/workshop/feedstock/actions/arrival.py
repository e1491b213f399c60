"""Powder at the door: announced, received, checked, and released by someone else."""

from datetime import date
from typing import Any

from django.utils import timezone

from strate.workshop.doors.texts import Code, Paragraph, Title, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions.ledger import move, must_weigh, must_weigh_something, pass_to
from strate.workshop.feedstock.models import Lot, PowderContainer
from strate.workshop.feedstock.rules.typed import Digest, Mass
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit


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
    code = _new_code(lot)
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
) -> Lot:
    """Receive a lot of feedstock at the door, in its container; it stays in quarantine until released."""
    permit(by, "feedstock.receive")
    must_weigh_something(mass_mg)
    of = queries.material(material)
    known = Lot.objects.select_related("material").filter(code=lot.strip()).first()
    label = (container or lot).removeprefix("container:").strip()
    with act("feedstock.received", by=by) as done:
        each = _arriving(known, _new_code(lot) if known is None else lot, of.code)
        each.supplier = supplier or each.supplier
        each.supplier_lot = supplier_lot or each.supplier_lot
        each.heat, each.certificate, each.expires_on = heat, certificate, expires_on
        each.state, each.received_mass_mg = rules.RECEIVED, mass_mg
        each.received_by, each.received_at = by.person, done.happened_at
        each.save()
        into = _container(label, place)
        source = f"supplier:{each.supplier or '?'}"
        move(done, each, source=source, target=into.ref, mass_mg=mass_mg, kind="received")
        done.tell(each, of, into, container=into.ref, **_as_received(each))
    return each


def _as_received(each: Lot) -> dict[str, Any]:
    """What the fact of a reception keeps."""
    return {
        "lot": each.ref,
        "material": each.material.ref,
        "mass_mg": each.received_mass_mg,
        "supplier": each.supplier,
        "supplier_lot": each.supplier_lot,
        "heat": each.heat,
        "certificate": each.certificate,
        "expires_on": each.expires_on,
    }


def check(
    *,
    by: Actor,
    lot: Word,
    identity: bool,
    seal: bool,
    certificate_conform: bool,
    mass_mg: Mass,
    certificate: Digest = "",
    note: Paragraph = "",
) -> Lot:
    """Check a lot against its delivery: label, seal, certificate, scale; quarantine if it is wrong."""
    permit(by, "feedstock.check")
    must_weigh_something(mass_mg)
    each = queries.lot(lot)
    delivered = each.announced_mass_mg or each.received_mass_mg or 0
    found = {
        "identity": identity,
        "seal": seal,
        "certificate": certificate_conform,
        "quantity": rules.quantity_conforms(mass_mg, delivered),
    }
    wrong = sorted(name for name, conforms in found.items() if not conforms)
    to = rules.QUARANTINE if wrong else rules.CHECKED
    if reasons := rules.check_move(each.code, each.state, to):
        raise Refused(reasons)
    with act("feedstock.found_wrong" if wrong else "feedstock.checked", by=by, reason=note) as done:
        _settle(done, each, mass_mg)
        kept = {"certificate": certificate} if certificate else {}
        pass_to(each, to, checked_by=by.person, checked_at=done.happened_at, received_mass_mg=mass_mg, **kept)
        done.tell(each, lot=each.ref, mass_mg=mass_mg, delivered_mg=delivered, wrong=wrong, **found)
    return each


def release(*, by: Actor, lot: Word) -> Lot:
    """Release a checked lot for production: signed, by someone other than who received or checked it."""
    permit(by, "feedstock.release")
    each = queries.lot(lot)
    held = queries.held(each.ref)
    seen = queries.seen(each)
    if reasons := rules.check_release(seen, by=by.person, on=timezone.localdate(clock.now()), held=held):
        raise Refused(reasons)
    with act("feedstock.released", by=by, meaning="released") as done:
        pass_to(each, rules.RELEASED, released_by=by.person, released_at=done.happened_at)
        done.tell(
            each,
            lot=each.ref,
            material=each.material.ref,
            mass_mg=seen.available_mg,
            certificate=each.certificate,
            checked_by=each.checked_by,
        )
    return each


def reject(*, by: Actor, lot: Word, reason: Paragraph) -> Lot:
    """Reject a lot for good: it will never be poured."""
    permit(by, "feedstock.reject")
    if not reason.strip():
        raise RuleBroken("reason_needed_to_reject")
    each = queries.lot(lot)
    if reasons := rules.check_move(each.code, each.state, rules.REJECTED):
        raise Refused(reasons)
    with act("feedstock.rejected", by=by, reason=reason) as done:
        pass_to(each, rules.REJECTED)
        done.tell(each, lot=each.ref, mass_mg=queries.on_hand_mg(each.code))
    return each


def weigh_again(*, by: Actor, lot: Word, container: Word, mass_mg: Mass, reason: Paragraph) -> Lot:
    """Set right how much a container holds after weighing it again; the ledger keeps the difference."""
    permit(by, "feedstock.weigh_again")
    must_weigh(mass=mass_mg)
    if not reason.strip():
        raise RuleBroken("reason_needed_to_adjust")
    each, place = queries.lot(lot), queries.container(container).ref
    before = queries.on_hand_mg(each.code, place)
    if before == mass_mg:
        raise RuleBroken("scale_already_agrees", mass_mg=mass_mg)
    with act("feedstock.weighed_again", by=by, reason=reason) as done:
        _settle(done, each, mass_mg, place)
        done.tell(each, place, lot=each.ref, container=place, before_mg=before, mass_mg=mass_mg)
    return each


def _settle(done: Done, each: Lot, weighed_mg: int, place: str = "") -> None:
    """Make the balance of one container agree with the scale, through the ledger."""
    place = place or queries.portions_of(each.code).values_list("place", flat=True)[0]
    gap = weighed_mg - queries.on_hand_mg(each.code, place)
    if gap < 0:
        move(done, each, source=place, target="scale:", mass_mg=-gap, kind="adjusted")
    else:
        move(done, each, source="scale:", target=place, mass_mg=gap, kind="adjusted")


def _new_code(lot: str) -> str:
    code = lot.strip().removeprefix("lot:")
    if not code:
        raise RuleBroken("field_missing", field="lot")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="code", value=code)
    if Lot.objects.filter(code__iexact=code).exists():
        raise RuleBroken("lot_exists", lot=f"lot:{code}")
    return code


def _arriving(known: Lot | None, code: str, material: str) -> Lot:
    """The lot that arrives: one that was announced, or a new one."""
    if known is None:
        return Lot(code=code, material=queries.material(material))
    if known.state != rules.ANNOUNCED:
        raise RuleBroken("lot_exists", lot=known.ref)
    if known.material.code != material:
        raise RuleBroken(
            "other_material_announced",
            lot=known.ref,
            expected=known.material.ref,
            material=f"material:{material}",
        )
    return known


def _container(label: str, place: str) -> PowderContainer:
    """The labelled container: one label is on one container, which holds one thing at a time."""
    into, new = PowderContainer.objects.get_or_create(code=label, defaults={"place": place})
    if not new:
        inside = queries.content(into.ref)
        if inside.mass_mg:
            raise RuleBroken("container_not_empty", container=into.ref, lot=f"lot:{inside.portions[0].lot}")
        if place:
            into.place = place
            into.save(update_fields=["place"])
    return into
