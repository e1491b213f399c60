"""A scan of a piece: sent with its tolerance, compared by the server, its verdict told to quality when it is bad."""

from typing import Any

from django.utils import timezone

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.attachments import queries as attachments
from strate.workshop.inspection import queries, rules, scanning
from strate.workshop.inspection.actions.pieces import must_not_be_sorted
from strate.workshop.inspection.models import Gauge, Piece, Scan
from strate.workshop.inspection.rules import Code, Digest, FileName, Serial, Value
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.parts import queries as parts
from strate.workshop.people.roles import permit
from strate.workshop.work import actions as work


def send_scan(
    *,
    by: Actor,
    piece: Serial,
    scan: Digest,
    gauge: Code,
    lower: Value,
    upper: Value,
    name: FileName = "",
    zones: list[dict[str, Any]] | None = None,
) -> Scan:
    """Send the scan of a piece, received before: the server compares it with the exchange file it was made from."""
    permit(by, "inspection.measure")
    found, tool = queries.piece(piece), queries.gauge(gauge)
    attachments.need(scan)
    nominal = _nominal(found, tool, lower, upper)
    kept = _zones([*queries.scan_zones(found.build), *(zones or [])])
    with act("inspection.scan_sent", by=by) as done:
        found = queries.piece_for_update(found)
        must_not_be_sorted(found)
        row = Scan.objects.create(
            piece=found,
            file=scan,
            name=name or scan[:12],
            nominal=nominal.digest,
            nominal_name=nominal.name,
            gauge=tool.code,
            lower=lower,
            upper=upper,
            zones=kept,
            by=by.person,
            at=clock.now(),
        )
        work.later("inspection.compare_scan", {"scan": row.pk}, dedupe=str(row.pk))
        refs = (found, tool, f"build:{found.build}", f"order:{found.order}", f"file:{nominal.digest}")
        done.tell(
            *refs, piece=found.ref, name=row.name, scan=scan, nominal=nominal.digest,
            gauge=tool.ref, lower=lower, upper=upper, zones=kept, number=row.pk,
        )  # fmt: skip
    return row


def _nominal(found: Piece, tool: Gauge, lower: Value, upper: Value) -> parts.ExchangeFile:
    """What the piece was made from; refused, with all the reasons, when the scan could not be judged."""
    nominal = parts.approved_file(found.part, found.revision)
    reasons = rules.scan_reasons(piece=found.ref, nominal=nominal is not None, lower=lower, upper=upper)
    reasons += rules.gauge_reasons(
        gauge=tool.code,
        kind=tool.kind,
        due_on=tool.due_on,
        retired=tool.retired,
        wanted_kind=rules.SCANNER,
        unit=tool.unit,
        wanted_unit="mm",
        on=timezone.localdate(clock.now()),
    )
    if reasons or nominal is None:
        raise Refused(reasons)
    return nominal


def _zones(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The zones of the routing, always, then those asked for."""
    try:
        return [zone.to_dict() for zone in scanning.zones_of(asked)]
    except FileRefused as refused:
        if refused.code == "zone_named_twice":
            raise RuleBroken("scan_zone_in_the_routing_too", name=refused.values["name"]) from refused
        raise RuleBroken("scan_zones_unreadable", number=refused.values.get("number", 0)) from refused


def write_scan(*, scan: int, told: dict[str, Any]) -> Scan:
    """Write what came out of the comparison; a second time changes nothing. The server's own hands."""
    with act("inspection.scan_compared", by=SYSTEM) as done:
        row = queries.scan_for_update(scan)
        if row.state != rules.WAITING:
            raise RuleBroken("scan_already_compared", number=row.pk)
        row.state, row.answer, row.ended_at = told["state"], told, clock.now()
        row.save(update_fields=["state", "answer", "ended_at"])
        piece = row.piece
        zones = {zone["name"]: zone["state"] for zone in told.get("zones", ())}
        figures = told.get("figures") or {}
        done.tell(
            piece, f"build:{piece.build}", f"order:{piece.order}", piece=piece.ref, name=row.name,
            number=row.pk, scan_state=row.state, zones=zones, refused=told.get("code", ""),
            covered=str(round(figures["covered"], 4)) if figures else "",
            percentiles_um={k: round(v * 1000) for k, v in (figures.get("percentiles_mm") or {}).items()},
        )  # fmt: skip
        if row.state in (rules.OUT, rules.UNREADABLE):
            code = "scan_out" if row.state == rules.OUT else "scan_refused"
            notices.notify(by=SYSTEM, to=["role:quality"], about=piece.ref, code=code, name=row.name)
    return row
