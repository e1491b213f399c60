"""The hands that move powder: a place gives only what it holds, each gesture is a line."""

from django.db import connection

from strate.workshop.feedstock.models import Lot, PowderMovement, PowderPortion
from strate.workshop.feedstock.queries import INSIDE, on_hand_mg
from strate.workshop.journal.actions import Done
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.journal.rows import insert

_IN_CONTAINERS = Question(
    lambda lot: (
        PowderPortion.objects.filter(lot=lot, mass_mg__gt=0)
        .exclude(place__startswith="machine:")
        .order_by("place")
    )
)


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
    line = PowderMovement(
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
    insert(line)


def take(lot: Lot, place: str, mass_mg: int) -> None:
    """Take from a place if it holds that much at this very moment: two people may empty the same drum."""
    if not _change(lot, place, -mass_mg):
        available = on_hand_mg(lot.code, place)
        raise RuleBroken("more_than_container_holds", lot=lot.ref, asked_mg=mass_mg, available_mg=available)


def put(lot: Lot, place: str, mass_mg: int) -> None:
    if not _change(lot, place, mass_mg):
        PowderPortion.objects.get_or_create(place=place, lot=lot)
        _change(lot, place, mass_mg)


def _change(lot: Lot, place: str, by_mg: int) -> bool:
    """Add to a place, or take from it; judged and written by the database in one breath, never below nothing."""
    table = PowderPortion._meta.db_table
    change = (
        f"UPDATE {table} SET mass_mg = mass_mg + %s WHERE lot_id = %s AND place = %s AND mass_mg + %s >= 0"
    )
    with connection.cursor() as cursor:
        cursor.execute(change, [by_mg, lot.pk, place, by_mg])
        return bool(cursor.rowcount)


def take_from_containers(
    done: Done, lot: Lot, *, target: str, mass_mg: int, kind: str, only: str = ""
) -> list[str]:
    """Pour a mass out of a lot's containers (or of that one), by label; says which were used."""
    rows = [row for row in _IN_CONTAINERS.all(lot.pk) if only in ("", row.place)]
    left, used = mass_mg, []
    for row in rows:
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
