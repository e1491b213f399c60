"""Powder is checked against its delivery and its specification, and released by somebody else."""

from django.utils import timezone

from strate.workshop.doors.texts import Paragraph, Word
from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions import measuring
from strate.workshop.feedstock.actions.ledger import move, must_weigh, must_weigh_something, pass_to
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.rules.typed import Digest, Mass
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit


def check(
    *,
    by: Actor,
    lot: Word,
    identity: bool,
    seal: bool,
    certificate_conform: bool,
    mass_mg: Mass,
    visual: bool | None = None,
    sample_kept: bool | None = None,
    certificate: Digest = "",
    note: Paragraph = "",
) -> Lot:
    """Check a lot against its delivery: label, seal, certificate, scale, look; quarantine if it is wrong.

    What is known of the lot is compared with the specification of its material, whatever the person ticked.
    """
    permit(by, "feedstock.check")
    must_weigh_something(mass_mg)
    each = queries.lot(lot)
    delivered_mg = each.announced_mass_mg or each.received_mass_mg or 0
    out = measuring.out_of_limits(each)
    found = {
        "identity": identity,
        "seal": seal,
        "certificate": certificate_conform and not out,
        "quantity": rules.quantity_conforms(mass_mg, delivered_mg),
        **({} if visual is None else {"visual": visual}),
    }
    wrong = sorted(name for name, conforms in found.items() if not conforms)
    codes = [reason.values["property"] for reason in out]
    with act("feedstock.found_wrong" if wrong else "feedstock.checked", by=by, reason=note) as done:
        _pass_check(done, each, rules.QUARANTINE if wrong else rules.CHECKED, mass_mg, certificate)
        told = {"delivered_mg": delivered_mg, "wrong": wrong, "out": codes, "sample_kept": sample_kept}
        done.tell(each, lot=each.ref, mass_mg=mass_mg, **told, **found)
    return each


def _pass_check(done: Done, each: Lot, to: str, mass_mg: int, certificate: str) -> None:
    """The state after a check, the mass that the scale said, the file that came with it."""
    reasons = rules.check_move(each.code, each.state, to) + queries.oven_reasons(
        *queries.places_of(each.code)
    )
    if reasons:
        raise Refused(reasons)
    _settle(done, each, mass_mg)
    kept = {"certificate": certificate} if certificate else {}
    when = {"checked_by": done.by.person, "checked_at": done.happened_at}
    pass_to(each, to, received_mass_mg=mass_mg, **when, **kept)


def release(*, by: Actor, lot: Word) -> Lot:
    """Release a checked lot for production: signed, by someone other than who received or checked it."""
    permit(by, "feedstock.release")
    each = queries.lot(lot)
    held = queries.held(each.ref) + measuring.out_of_limits(each)
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
    if reasons := queries.oven_reasons(place):
        raise Refused(reasons)
    before = queries.on_hand_mg(each.code, place)
    if before == mass_mg:
        raise RuleBroken("scale_already_agrees", mass_mg=mass_mg)
    with act("feedstock.weighed_again", by=by, reason=reason) as done:
        _settle(done, each, mass_mg, place)
        done.tell(each, place, lot=each.ref, container=place, before_mg=before, mass_mg=mass_mg)
    return each


def _settle(done: Done, each: Lot, weighed_mg: int, place: str = "") -> None:
    """Make the balance of one container (of all, when none is named) agree with the scale, through the ledger."""
    gap = weighed_mg - queries.on_hand_mg(each.code, place)
    places = [place] if place else queries.places_of(each.code)
    if gap >= 0:
        move(done, each, source="scale:", target=places[0], mass_mg=gap, kind="adjusted")
        return
    for lying in places:
        part = min(-gap, queries.on_hand_mg(each.code, lying))
        move(done, each, source=lying, target="scale:", mass_mg=part, kind="adjusted")
        gap += part
