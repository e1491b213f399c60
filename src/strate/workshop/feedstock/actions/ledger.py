"""The hands that move powder: a place gives only what it holds, each gesture is a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.models import Carried, Lot, PowderContainer, PowderMovement, PowderPortion
from strate.workshop.feedstock.queries import INSIDE, on_hand_mg
from strate.workshop.journal.actions import Done
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.journal.rows import insert


@dataclass(frozen=True)
class Air:
    """With which tool a gesture was done, at which temperature and humidity; unknown stays empty."""

    tool: str = ""
    temperature_celsius: Decimal | None = None
    humidity_percent: Decimal | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What is known of it, for the fact."""
        known = {
            "tool": self.tool,
            "temperature_celsius": self.temperature_celsius,
            "humidity_percent": self.humidity_percent,
        }
        return {name: value for name, value in known.items() if value not in (None, "")}


STILL_AIR = Air()


def air(tool: str, temperature_celsius: Decimal | None, humidity_percent: Decimal | None) -> Air:
    """The same with the tool by its reference, when the house knows it."""
    return Air(queries.tool_ref(tool), temperature_celsius, humidity_percent)


def must_weigh(**masses_mg: int) -> None:
    """No mass is below nothing: −1 kg is a mistake of typing."""
    for name, mass_mg in masses_mg.items():
        if mass_mg < 0:
            raise RuleBroken("mass_below_zero", weighed=name, mass_mg=mass_mg)


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
    by: Air = STILL_AIR,
) -> None:
    """Move this mass from one place to another and write it in the ledger; nothing when it is zero."""
    if mass_mg == 0:
        return
    if becomes is not None and becomes.pk <= lot.pk:
        # A lot is made after its parents: the family tree cannot go round.
        raise RuleBroken("matter_goes_round", lots=[lot.ref, becomes.ref, lot.ref])
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
        tool=by.tool,
        temperature_celsius=by.temperature_celsius,
        humidity_percent=by.humidity_percent,
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
    done: Done,
    lot: Lot,
    *,
    target: str,
    mass_mg: int,
    kind: str,
    only: str = "",
    becomes: Lot | None = None,
    by: Air = STILL_AIR,
) -> list[str]:
    """Pour a mass out of a lot's containers (or of that one), by label; says which were used."""
    rows = [row for row in queries.in_containers(lot) if only in ("", row.place)]
    left, used = mass_mg, []
    for row in rows:
        part = min(left, row.mass_mg)
        if part:
            move(
                done,
                lot,
                source=row.place,
                target=target,
                mass_mg=part,
                kind=kind,
                becomes=becomes,
                by=by,
            )
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


def poured_from(done: Done, lot: Lot) -> None:
    """Pouring opens a lot that was closed; one that somebody rejected or contaminated meanwhile is not poured.

    After its powder moved: every gesture takes balances first, lots then, or two would wait for each other.
    """
    held = Lot.objects.select_for_update(no_key=True).filter(pk=lot.pk)
    lot.state = held.values_list("state", flat=True)[0]
    if lot.state not in rules.USABLE:
        raise RuleBroken("changed_meanwhile", lot=lot.ref)
    if lot.state == rules.RELEASED:
        pass_to(lot, rules.OPEN, opened_at=done.happened_at)


def close_if_empty(lot: Lot) -> bool:
    """A lot of which nothing is left anywhere in its containers is exhausted."""
    if on_hand_mg(lot.code) or rules.check_move(lot.code, lot.state, rules.EXHAUSTED):
        return False
    pass_to(lot, rules.EXHAUSTED)
    return True


def new_code(code: str, field: str = "lot") -> str:
    """A lot code that nothing bears yet, fit for a label and an address."""
    text = code.strip().removeprefix("lot:")
    if not text:
        raise RuleBroken("field_missing", field=field)
    if "/" in text:
        raise RuleBroken("field_not_understood", field="code", value=text)
    if Lot.objects.filter(code__iexact=text).exists():
        raise RuleBroken("lot_exists", lot=f"lot:{text}")
    return text


def next_code(stem: str, letter: str) -> str:
    """The next free code after another: `A-M1`, `A-M2`..."""
    stem = stem[:32]
    taken = set(Lot.objects.filter(code__istartswith=f"{stem}-{letter}").values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem}-{letter}{n}") not in taken)


def like(parent: Lot, code: str, **changed: Any) -> Lot:
    """Another lot of the same powder: what happens to part of a lot makes another lot of it."""
    same = (
        "material",
        "supplier",
        "state",
        "used_share",
        "age_max",
        "age_mean",
        "hours_mean",
        "mesh_um",
        "build",
        "expires_on",
        "opened_at",
        "product",
    )
    values = {name: getattr(parent, name) for name in same} | changed
    return Lot.objects.create(code=code, **values)


def carry(done: Done, material: str, *refs: str) -> None:
    """From now on these things carry traces of this material, unless they are known to carry some."""
    for ref in dict.fromkeys(ref for ref in refs if ":" in ref and not queries.known_traces(ref)):
        values = {"material": material, "since": done.happened_at, "by": done.by.person}
        Carried.objects.get_or_create(about=ref, defaults=values)


def open_container(label: str, material: str, lots: Sequence[str] = ()) -> PowderContainer:
    """A labelled container fit for this material: empty, or holding only these lots; a new label is taken into use."""
    code = label.strip().removeprefix("container:")
    if not code:
        raise RuleBroken("field_missing", field="container")
    into, _new = PowderContainer.objects.get_or_create(code=code)
    if into.retired:
        raise RuleBroken("container_out_of_use", container=into.ref)
    others = [p.lot for p in queries.content(into.ref).portions if p.lot not in lots]
    if others:
        raise RuleBroken("container_not_empty", container=into.ref, lot=f"lot:{others[0]}")
    must_be_fit(into, material)
    return into


def must_be_fit(into: PowderContainer, material: str) -> None:
    """Nothing is poured into a container that is blocked, or that keeps traces of another material."""
    if reasons := queries.held(into.ref) + queries.traces_reasons([into.ref], material):
        raise Refused(reasons)


def must_hold(into: PowderContainer, mass_mg: int) -> None:
    """A container takes no more than it can hold, when that is known."""
    holds_mg = queries.content(into.ref).mass_mg + mass_mg
    if into.capacity_mg is not None and holds_mg > into.capacity_mg:
        raise RuleBroken(
            "container_overfull", container=into.ref, holds_mg=holds_mg, capacity_mg=into.capacity_mg
        )
