"""A whole stock, or a whole pile of certificates, brought in from a list: all of it or nothing, one fact."""

from collections import defaultdict
from datetime import date
from typing import Any

from strate.workshop.feedstock import queries, rules
from strate.workshop.feedstock.actions import measuring
from strate.workshop.feedstock.models import (
    Lot,
    LotProperty,
    Material,
    PowderContainer,
    PowderMovement,
    PowderPortion,
)
from strate.workshop.feedstock.rules import Share
from strate.workshop.feedstock.rules.properties import CERTIFICATE
from strate.workshop.journal import clock
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.journal.rows import insert_all
from strate.workshop.people.roles import permit

# What a row says of its lot, of its container; the rest joins the two.
OF_LOT = (
    *("supplier", "supplier_lot", "heat", "product", "order_number", "certificate_number"),
    *("certificate_type", "making", "gas", "made_on", "expires_on", "colour"),
)
OF_CONTAINER = ("kind", "place", "inside", "tare_mg")


def import_stock(*, by: Actor, rows: list[dict[str, Any]], file_sha256: str) -> list[Lot]:
    """Bring in lots with their containers: they wait in quarantine, like any lot at the door."""
    permit(by, "feedstock.import_stock")
    _must_be_new(rows)
    with act("feedstock.stock_imported", by=by) as done:
        lots = _lots(done, rows)
        _containers(done, rows)
        _masses(done, rows, lots)
        total = sum(row["mass_mg"] for row in rows)
        refs = [f"container:{row['container']}" for row in rows]
        done.tell(
            *lots.values(),
            *refs,
            count=len(lots),
            containers=len(rows),
            mass_mg=total,
            file_sha256=file_sha256,
        )
    return list(lots.values())


def _must_be_new(rows: list[dict[str, Any]]) -> None:
    """Between the dry run and now somebody may have received the same lot."""
    taken = Lot.objects.filter(code__in={row["lot"] for row in rows}).values_list("code", flat=True)
    full = queries.held_in(f"container:{row['container']}" for row in rows)
    if taken:
        raise RuleBroken("lot_exists", lot=f"lot:{taken[0]}")
    for place, portions in full.items():
        raise RuleBroken("container_not_empty", container=place, lot=portions[0].lot.ref)


def _lots(done: Done, rows: list[dict[str, Any]]) -> dict[str, Lot]:
    materials = {each.code: each for each in Material.objects.all()}
    masses: dict[str, int] = defaultdict(int)
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        masses[row["lot"]] += row["mass_mg"]
        first.setdefault(row["lot"], row)
    made: dict[str, Lot] = {}
    for code in _parents_first(first):
        row = first[code]
        made[code] = Lot(
            code=code,
            material=materials[row["material"]],
            state=rules.RECEIVED,
            received_mass_mg=masses[code],
            received_by=done.by.person,
            received_at=done.happened_at,
            **{name: row[name] for name in OF_LOT},
            **_past(row, made),
        )
    insert_all(list(made.values()))
    return made


def _parents_first(rows: dict[str, dict[str, Any]]) -> list[str]:
    """In an order where what a lot is made of comes before it: rows number lots as they were made."""
    ordered: dict[str, None] = {}
    left = list(reversed(rows))
    while left:
        code = left[-1]
        waiting = [p for p, _mass in rows[code]["parents"] if p in rows and p not in ordered]
        if waiting and code not in ordered:
            left += waiting
            continue
        ordered.setdefault(left.pop())
    return list(ordered)


def _past(row: dict[str, Any], made: dict[str, Lot]) -> dict[str, Any]:
    """How used a lot is: as its parents make it, else as the list says."""
    if not row["parents"]:
        used = Share.parse(row["used_percent"] / 100) if row["used_percent"] else Share()
        age = row["age"] or 0
        kept = {"used_share": used, "age_max": age, "age_mean": Share(age * rules.ONE)}
        return {**kept, "origin": "declared" if used.units or age else "supplier"}
    parents = [(made.get(code) or queries.lot(code), mass_mg) for code, mass_mg in row["parents"]]
    inside = rules.content_of(
        "past:",
        [
            rules.Portion(
                lot=each.code,
                material=each.material.code,
                mass_mg=mass_mg,
                used_share=each.used_share,
                age_max=each.age_max,
                age_mean=each.age_mean,
            )
            for each, mass_mg in parents
        ],
    )
    kept = {"used_share": inside.used_share, "age_max": inside.age_max, "age_mean": inside.age_mean}
    return {**kept, "origin": "declared"}


def _containers(done: Done, rows: list[dict[str, Any]]) -> None:
    codes = {row["container"] for row in rows}
    known = {each.code: each for each in PowderContainer.objects.filter(code__in=codes)}
    fresh = [row for row in rows if row["container"] not in known]
    insert_all(
        [
            PowderContainer(
                code=row["container"], since=done.happened_at, **{name: row[name] for name in OF_CONTAINER}
            )
            for row in fresh
        ]
    )
    for row in rows:
        if (each := known.get(row["container"])) and row["place"]:
            PowderContainer.objects.filter(pk=each.pk).update(place=row["place"])


def _masses(done: Done, rows: list[dict[str, Any]], lots: dict[str, Lot]) -> None:
    """The stored balance and the ledger, written together; what a lot is made of first."""
    lines = [
        _line(done, parent, mass_mg, source="past:", target="past:", kind="declared", becomes=lot)
        for lot, parent, mass_mg in _past_edges(rows, lots)
    ]
    portions = []
    for row in rows:
        each, place = lots[row["lot"]], f"container:{row['container']}"
        source = f"supplier:{each.supplier or '?'}"
        lines.append(_line(done, each, row["mass_mg"], source=source, target=place, kind="received"))
        portions.append(PowderPortion(place=place, lot=each, mass_mg=row["mass_mg"]))
    # A container emptied of this very lot code cannot be: the codes are new.
    insert_all(portions)
    insert_all(lines)


def _past_edges(rows: list[dict[str, Any]], lots: dict[str, Lot]) -> list[tuple[Lot, Lot, int]]:
    first = {row["lot"]: row for row in reversed(rows)}
    return [
        (lots[code], lots.get(parent) or queries.lot(parent), mass_mg)
        for code, row in first.items()
        for parent, mass_mg in row["parents"]
    ]


def _line(done: Done, lot: Lot, mass_mg: int, **more: Any) -> PowderMovement:
    return PowderMovement(
        lot=lot, mass_mg=mass_mg, event=done.event, at=done.happened_at, by=done.by.person, **more
    )


def import_certificates(*, by: Actor, rows: list[dict[str, Any]], file_sha256: str) -> list[Lot]:
    """Bring in what certificates say, a line for each value; newer values supersede, nothing is overwritten."""
    permit(by, "feedstock.certify")
    by_lot: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_lot[row["lot"]].append(row)
    lots = {each.code: each for each in Lot.objects.select_related("material").filter(code__in=by_lot)}
    with act("feedstock.certificates_imported", by=by) as done:
        made = [each for code, mine in by_lot.items() for each in _certified(done, lots[code], mine)]
        insert_all(made)
        _supersede(made)
        for code, mine in by_lot.items():
            _keep_number(lots[code], mine)
        out = [code for code, each in lots.items() if measuring.out_of_limits(each)]
        done.tell(*lots.values(), count=len(made), lots=len(lots), out_lots=out, file_sha256=file_sha256)
    return list(lots.values())


def _certified(done: Done, lot: Lot, rows: list[dict[str, Any]]) -> list[LotProperty]:
    readings = [{name: row[name] for name in ("property", "value", "unit", "method")} for row in rows]
    found, reasons = measuring.read_some(lot.material.family, readings)
    if reasons:
        raise Refused(reasons)
    days: dict[str, date | None] = {row["property"]: row["issued_on"] for row in rows}
    return [
        LotProperty(
            lot=lot,
            code=code,
            value=known.value,
            bound=known.bound,
            text=known.word,
            written=known.written,
            method=known.method,
            basis=CERTIFICATE,
            known_on=measuring.day(days[code]),
            recorded_at=clock.now(),
            by=done.by.person,
            event=done.event,
        )
        for code, known in found.items()
    ]


def _supersede(made: list[LotProperty]) -> None:
    """What the certificate said before is superseded, a lot at a time."""
    fresh = {(each.lot_id, each.code): each for each in made}
    before = LotProperty.objects.filter(
        lot__in={each.lot_id for each in made}, basis=CERTIFICATE, superseded_by__isnull=True
    ).exclude(event=made[0].event)
    for row in before:
        newer = fresh.get((row.lot_id, row.code))
        if newer and newer.known_on >= row.known_on:
            LotProperty.objects.filter(pk=row.pk).update(superseded_by=newer)
        elif newer:
            LotProperty.objects.filter(pk=newer.pk).update(superseded_by=row)


def _keep_number(lot: Lot, rows: list[dict[str, Any]]) -> None:
    values = {
        "certificate_number": next((row["number"] for row in rows if row["number"]), ""),
        "certificate_type": next((row["type"] for row in rows if row["type"]), ""),
    }
    kept = {name: value for name, value in values.items() if value}
    if kept:
        Lot.objects.filter(pk=lot.pk).update(**kept)
