"""The hands that move powder: a place gives only what it holds, each gesture is a line."""

from django.db.models import F

from strate.workshop.feedstock.models import Lot, PowderMovement, PowderPortion
from strate.workshop.feedstock.queries import INSIDE, on_hand_mg
from strate.workshop.journal.actions import Done
from strate.workshop.journal.refusals import RuleBroken


def must_weigh(**masses_mg: int) -> None:
    """No mass is below nothing: −1 kg is a mistake of typing."""
    for name, mass_mg in masses_mg.items():
        if mass_mg < 0:
            raise RuleBroken("mass_below_zero", field=name, mass_mg=mass_mg)


def must_weigh_something(mass_mg: int) -> None:
    must_weigh(mass=mass_mg)
    if mass_mg == 0:
        raise RuleBroken("mass_is_zero")


def move(
    done: Done,
    lot: Lot,
    *,
    source: str,
    target: str,
    mass_mg: int,
    kind: str,
    build: str = "",
    becomes: Lot | None = None,
) -> None:
    """Move this mass from one place to another and write it in the ledger; nothing when it is zero."""
    if mass_mg == 0:
        return
    if source.startswith(INSIDE):
        take(lot, source, mass_mg)
    if target.startswith(INSIDE):
        put(becomes or lot, target, mass_mg)
    PowderMovement.objects.create(
        lot=lot,
        becomes=becomes,
        source=source,
        target=target,
        mass_mg=mass_mg,
        kind=kind,
        build=build,
        event=done.event,
        at=done.happened_at,
        by=done.by.person,
    )


def take(lot: Lot, place: str, mass_mg: int) -> None:
    """Take from a place if it holds that much at this very moment: two people may empty the same drum."""
    rows = PowderPortion.objects.filter(place=place, lot=lot, mass_mg__gte=mass_mg)
    if not rows.update(mass_mg=F("mass_mg") - mass_mg):
        available = on_hand_mg(lot.code, place)
        raise RuleBroken("more_than_container_holds", lot=lot.ref, asked_mg=mass_mg, available_mg=available)


def put(lot: Lot, place: str, mass_mg: int) -> None:
    PowderPortion.objects.get_or_create(place=place, lot=lot)
    PowderPortion.objects.filter(place=place, lot=lot).update(mass_mg=F("mass_mg") + mass_mg)


def take_from_containers(
    done: Done, lot: Lot, *, target: str, mass_mg: int, kind: str, only: str = ""
) -> list[str]:
    """Pour a mass out of a lot's containers (or of that one), by label; says which were used."""
    rows = PowderPortion.objects.filter(lot=lot, mass_mg__gt=0).exclude(place__startswith="machine:")
    rows = rows.filter(place=only) if only else rows
    left, used = mass_mg, []
    for row in rows.order_by("place"):
        part = min(left, row.mass_mg)
        if part:
            move(done, lot, source=row.place, target=target, mass_mg=part, kind=kind)
            used.append(row.place)
            left -= part
    if left:
        raise RuleBroken(
            "more_than_container_holds", lot=lot.ref, asked_mg=mass_mg, available_mg=mass_mg - left
        )
    return used


def pass_to(lot: Lot, state: str, **fields: object) -> None:
    """Write the lot's new state, if nobody changed it meanwhile."""
    if not Lot.objects.filter(pk=lot.pk, state=lot.state).update(state=state, **fields):
        raise RuleBroken("changed_meanwhile", lot=lot.ref)
    lot.state = state
    for name, value in fields.items():
        setattr(lot, name, value)


def close_if_empty(lot: Lot) -> bool:
    """A lot of which nothing is left anywhere in its containers is exhausted."""
    if on_hand_mg(lot.code) or lot.state in {"exhausted", "rejected"}:
        return False
    pass_to(lot, "exhausted")
    return True
