"""The verbs of inspection: number the pieces, look, measure, sort the good from the scrap."""

from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils import timezone

from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.inspection import queries, rules
from strate.workshop.inspection.models import Gauge, Measurement, Piece, VisualCheck
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.orders import actions as orders
from strate.workshop.people.roles import permit


def enter_gauge(
    *,
    by: Actor,
    code: str,
    title: str,
    kind: str,
    unit: str = "mm",
    resolution: Decimal | None = None,
    calibrated_on: date | None = None,
    due_on: date | None = None,
) -> Gauge:
    """Enter a gauge with its calibration."""
    permit(by, "inspection.administer")
    if Gauge.objects.filter(code=code).exists():
        raise RuleBroken("gauge_code_taken", gauge=code)
    with act("inspection.gauge_entered", by=by) as done:
        gauge = Gauge.objects.create(
            code=code, title=title, kind=kind, unit=unit, resolution=resolution,
            calibrated_on=calibrated_on, due_on=due_on,
        )
        done.tell(gauge, title=title, kind=kind, unit=unit, calibrated_on=calibrated_on, due_on=due_on)
    return gauge


def calibrate(*, by: Actor, gauge: str, calibrated_on: date, due_on: date, certificate: str = "") -> Gauge:
    """Write down a new calibration of a gauge."""
    permit(by, "inspection.administer")
    found = queries.gauge(gauge)
    if due_on <= calibrated_on:
        raise RuleBroken("calibration_ends_before_it_begins")
    with act("inspection.gauge_calibrated", by=by) as done:
        old = found.due_on
        found.calibrated_on, found.due_on = calibrated_on, due_on
        found.save()
        done.tell(found, calibrated_on=calibrated_on, due_on=due_on, old_due_on=old, certificate=certificate)
    return found


def number_pieces(*, by: Actor, build: str) -> list[Piece]:
    """Give every piece of a build its serial, all at once."""
    permit(by, "inspection.number")
    found = builds.build(build)
    if found.state not in (build_rules.DEPOWDERED, build_rules.CLOSED):
        raise RuleBroken("not_depowdered_yet", build=found.ref)
    if Piece.objects.filter(build=found.code).exists():
        raise RuleBroken("pieces_already_numbered", build=found.ref)
    with act("inspection.pieces_numbered", by=by) as done:
        made = [
            Piece(serial=serial, build=found.code, order=row.order, part=row.part, revision=row.revision)
            for row in found.orders.all()
            for serial in rules.serials(found.code, row.order, row.quantity)
        ]
        Piece.objects.bulk_create(made)
        done.tell(found, *(f"order:{row.order}" for row in found.orders.all()), serials=[p.serial for p in made])
    return made


def look(
    *,
    by: Actor,
    piece: str,
    conform: bool,
    defects: list[str] | None = None,
    photos: list[str] | None = None,
    note: str = "",
) -> VisualCheck:
    """Write down what the eye saw on a piece: conform, or its defects, with photos."""
    permit(by, "inspection.look")
    found = queries.piece(piece)
    if not conform and not defects and not note.strip():
        raise RuleBroken("defect_not_named", piece=found.ref)
    with act("inspection.looked", by=by) as done:
        check = VisualCheck.objects.create(
            piece=found, conform=conform, defects=defects or [], photos=photos or [], note=note,
            by=by.person, at=clock.now(),
        )
        done.tell(found, f"build:{found.build}", f"order:{found.order}", conform=conform,
                  defects=defects or [], photos=photos or [], note=note)
    return check


def measure(*, by: Actor, piece: str, control: str, value: Decimal, gauge: str) -> Measurement:
    """Measure one dimension of a piece with a gauge; out of limits it is kept, shown, and told to quality."""
    permit(by, "inspection.measure")
    found, tool = queries.piece(piece), queries.gauge(gauge)
    wanted = queries.control(found.build, control)
    reasons = rules.gauge_reasons(
        gauge=tool.code, kind=tool.kind, due_on=tool.due_on, retired=tool.retired, wanted_kind=wanted.gauge,
        unit=tool.unit, wanted_unit=wanted.unit, on=timezone.localdate(clock.now()),
    )
    if reasons:
        raise Refused(reasons)
    conform = rules.within(value, wanted)
    with act("inspection.measured", by=by) as done:
        made = Measurement.objects.create(
            piece=found, name=control, value=value, unit=wanted.unit, lower=wanted.lower, upper=wanted.upper,
            gauge=tool.code, conform=conform, by=by.person, at=clock.now(), event=done.event,
        )
        done.tell(found, tool, f"build:{found.build}", f"order:{found.order}", control=control, value=value,
                  unit=wanted.unit, lower=wanted.lower, upper=wanted.upper, nominal=wanted.nominal,
                  gauge=tool.ref, conform=conform)
        if not conform:
            notices.notify(by=by, to=["role:quality"], about=found.ref, code="out_of_limits", control=control)
    return made


def sort(*, by: Actor, piece: str, verdict: Literal["good", "scrap"], reason: str = "") -> Piece:
    """Call a piece good or scrap, in one gesture with its reason; the count of its order follows."""
    permit(by, "inspection.sort")
    found = queries.piece(piece)
    reasons = rules.sorting_reasons(
        state=found.state, conform=queries.conform(found), verdict=verdict, reason=reason, piece=found.serial
    )
    if reasons:
        raise Refused(reasons)
    with act("inspection.sorted", by=by, reason=reason) as done:
        found.state, found.reason = verdict, reason
        found.save()
        good, scrap = (1, 0) if verdict == "good" else (0, 1)
        orders.count_parts(
            by=by, order=found.order, good=good, scrap=scrap, reason=reason, build=f"build:{found.build}"
        )
        done.tell(found, f"build:{found.build}", f"order:{found.order}", verdict=verdict)
    return found
