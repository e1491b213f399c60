"""The gauges: entered with their calibration, calibrated again, set aside."""

from datetime import date

from strate.workshop.attachments import queries as attachments
from strate.workshop.inspection import queries, rules
from strate.workshop.inspection.models import Gauge
from strate.workshop.inspection.rules import Code, Resolution, Title, Unit, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit


def enter_gauge(
    *,
    by: Actor,
    code: Code,
    title: Title,
    kind: Word,
    unit: Unit = "mm",
    resolution: Resolution | None = None,
    calibrated_on: date | None = None,
    due_on: date | None = None,
) -> Gauge:
    """Enter a gauge with its calibration."""
    permit(by, "inspection.administer")
    reasons = rules.new_gauge_reasons(code=code, title=title, calibrated_on=calibrated_on, due_on=due_on)
    if reasons:
        raise Refused(reasons)
    with act("inspection.gauge_entered", by=by) as done:
        if queries.gauge_exists(code):
            raise RuleBroken("gauge_code_taken", gauge=code)
        gauge = Gauge.objects.create(
            code=code,
            title=title,
            kind=kind,
            unit=unit,
            resolution=resolution,
            calibrated_on=calibrated_on,
            due_on=due_on,
        )
        done.tell(gauge, title=title, gauge_kind=kind, unit=unit, calibrated_on=calibrated_on, due_on=due_on)
    return gauge


def calibrate(*, by: Actor, gauge: Code, calibrated_on: date, due_on: date, certificate: str = "") -> Gauge:
    """Write down a new calibration of a gauge, with its certificate when there is a file of it."""
    permit(by, "inspection.administer")
    found = queries.gauge(gauge)
    reasons = rules.calibration_reasons(calibrated_on=calibrated_on, due_on=due_on)
    if reasons:
        raise Refused(reasons)
    if certificate:
        attachments.need(certificate)
    with act("inspection.gauge_calibrated", by=by) as done:
        old = found.due_on
        found.calibrated_on, found.due_on = calibrated_on, due_on
        found.save(update_fields=["calibrated_on", "due_on"])
        done.tell(
            found,
            gauge=found.ref,
            calibrated_on=calibrated_on,
            due_on=due_on,
            old_due_on=old,
            certificate=certificate,
        )
    return found


def retire_gauge(*, by: Actor, gauge: Code, reason: rules.Note) -> Gauge:
    """Set a gauge aside for good; what it measured stays."""
    permit(by, "inspection.administer")
    found = queries.gauge(gauge)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("inspection.gauge_retired", by=by, reason=reason) as done:
        found.retired = True
        found.save(update_fields=["retired"])
        done.tell(found, gauge=found.ref)
    return found
