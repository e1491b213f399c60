"""The verbs of inspection: number the pieces, look, measure, sort the good from the scrap."""

from typing import Literal

from django.utils import timezone

from strate.workshop.attachments import queries as attachments
from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.holds import queries as holds
from strate.workshop.inspection import queries, rules
from strate.workshop.inspection.models import Gauge, Measurement, Piece, VisualCheck
from strate.workshop.inspection.rules import (
    Code,
    Defect,
    Digest,
    FluidDensity,
    Milligrams,
    Note,
    Reason200,
    Serial,
    Title,
    Value,
)
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.orders import actions as orders
from strate.workshop.people.roles import permit


def number_pieces(*, by: Actor, build: Code) -> list[Piece]:
    """Give every piece of a build its serial, all at once."""
    permit(by, "inspection.number")
    found = builds.build(build)
    if found.state not in (build_rules.DEPOWDERED, build_rules.CLOSED):
        raise RuleBroken("not_depowdered_yet", build=found.ref)
    with act("inspection.pieces_numbered", by=by) as done:
        builds.for_update(found)
        if Piece.objects.filter(build=found.code).exists():
            raise RuleBroken("pieces_already_numbered", build=found.ref)
        made = [
            Piece(serial=serial, build=found.code, order=row.order, part=row.part, revision=row.revision)
            for row in found.orders.all()
            for serial in rules.serials(found.code, row.order, row.quantity)
        ]
        Piece.objects.bulk_create(made)
        serials = [p.serial for p in made]
        done.tell(
            found, *(f"order:{row.order}" for row in found.orders.all()), serials=serials, count=len(made)
        )
    return made


def look(
    *,
    by: Actor,
    piece: Serial,
    conform: bool,
    defects: list[Defect] | None = None,
    photos: list[Digest] | None = None,
    note: Note = "",
) -> VisualCheck:
    """Write down what the eye saw on a piece: conform, or its defects, with photos."""
    permit(by, "inspection.look")
    found, seen, pictures = queries.piece(piece), list(dict.fromkeys(defects or [])), photos or []
    reasons = rules.look_reasons(piece=found.ref, conform=conform, defects=seen, note=note)
    if reasons:
        raise Refused(reasons)
    attachments.need(*pictures)
    with act("inspection.looked", by=by) as done:
        found = queries.piece_for_update(found)
        must_not_be_sorted(found)
        check = VisualCheck.objects.create(
            piece=found,
            conform=conform,
            defects=seen,
            photos=pictures,
            note=note,
            by=by.person,
            at=clock.now(),
        )
        told = {"conform": conform, "defects": seen, "photos": pictures, "note": note}
        done.tell(found, f"build:{found.build}", f"order:{found.order}", piece=found.ref, **told)
    return check


def measure(*, by: Actor, piece: Serial, control: Title, value: Value, gauge: Code) -> Measurement:
    """Measure a dimension of a piece with a gauge in calibration; the verdict is worked out from the limits."""
    return _measured(by, piece, control, value, gauge, {})


def weigh_density(
    *,
    by: Actor,
    piece: Serial,
    control: Title,
    air_mg: Milligrams,
    fluid_mg: Milligrams,
    fluid_g_cm3: FluidDensity,
    gauge: Code,
) -> Measurement:
    """Work out the density of a piece weighed in air and in a fluid (Archimedes), against the limits of the routing."""
    density = rules.archimedes_density(air_mg=air_mg, fluid_mg=fluid_mg, fluid_g_cm3=fluid_g_cm3)
    weighed = {"air_mg": air_mg, "fluid_mg": fluid_mg, "fluid_g_cm3": fluid_g_cm3}
    return _measured(by, piece, control, density, gauge, weighed)


def _measured(
    by: Actor, piece: str, control: str, value: Value, gauge: str, weighed: dict[str, object]
) -> Measurement:
    permit(by, "inspection.measure")
    found, tool = queries.piece(piece), queries.gauge(gauge)
    wanted = queries.control(found.build, control)
    # A density is worked out from a balance, which does not read g/cm³ itself.
    _must_suit(tool, wanted, unit=wanted.unit if weighed else tool.unit)
    conform = rules.within(value, wanted)
    with act("inspection.measured", by=by) as done:
        found = queries.piece_for_update(found)
        must_not_be_sorted(found)
        made = Measurement.objects.create(
            piece=found,
            name=control,
            value=value,
            unit=wanted.unit,
            lower=wanted.lower,
            upper=wanted.upper,
            gauge=tool.code,
            conform=conform,
            by=by.person,
            at=clock.now(),
            event=done.event,
        )
        told = {
            "control": control,
            "value": value,
            "unit": wanted.unit,
            "gauge": tool.ref,
            "conform": conform,
        }
        limits = {"lower": wanted.lower, "upper": wanted.upper, "nominal": wanted.nominal}
        refs = (found, tool, f"build:{found.build}", f"order:{found.order}")
        done.tell(*refs, piece=found.ref, **told, **limits, **weighed)
        if not conform:
            _tell_quality(by, made)
    return made


def _must_suit(tool: Gauge, wanted: rules.Control, *, unit: str) -> None:
    """The gauge measures what the control asks for, and is in calibration today."""
    reasons = rules.gauge_reasons(
        gauge=tool.code,
        kind=tool.kind,
        due_on=tool.due_on,
        retired=tool.retired,
        wanted_kind=wanted.gauge,
        unit=unit,
        wanted_unit=wanted.unit,
        on=timezone.localdate(clock.now()),
    )
    if reasons:
        raise Refused(reasons)


def _tell_quality(by: Actor, made: Measurement) -> None:
    values = {"control": made.name, "value": made.value, "unit": made.unit}
    notices.notify(by=by, to=["role:quality"], about=made.piece.ref, code="out_of_limits", **values)


def set_right(*, by: Actor, event: str, value: Value) -> Measurement:
    """Part of a correction: the wrong value stays, the right one stands beside it and counts from now on.

    `event` is the fact that is corrected.
    """
    old = Measurement.objects.filter(event=event, corrected=False).order_by("-pk").first()
    if old is None:
        raise RuleBroken("measurement_already_replaced")
    piece = queries.piece_for_update(old.piece)
    must_not_be_sorted(piece)
    limits = rules.Control(old.name, None, old.lower, old.upper, old.unit, old.gauge)
    conform = rules.within(value, limits)
    Measurement.objects.filter(pk=old.pk).update(corrected=True)
    made = Measurement.objects.create(
        piece=piece,
        name=old.name,
        value=value,
        unit=old.unit,
        lower=old.lower,
        upper=old.upper,
        gauge=old.gauge,
        conform=conform,
        by=by.person,
        at=clock.now(),
        event=event,
        replaces=old,
    )
    if not conform:
        _tell_quality(by, made)
    return made


def sort(*, by: Actor, piece: Serial, verdict: Literal["good", "scrap"], reason: Reason200 = "") -> Piece:
    """Call a piece good or scrap, in one gesture with its reason; the count of its order follows."""
    permit(by, "inspection.sort")
    found = queries.piece(piece)
    with act("inspection.sorted", by=by, reason=reason) as done:
        found = queries.piece_for_update(found)
        reasons = rules.sorting_reasons(
            state=found.state,
            conform=queries.conform(found),
            verdict=verdict,
            reason=reason,
            piece=found.serial,
            seen=found.checks.exists(),
        )
        # What was recalled is not delivered; it may always be scrapped.
        reasons += holds.reasons(found.ref) if verdict == "good" else []
        if reasons:
            raise Refused(reasons)
        found.state, found.reason = verdict, reason
        found.save()
        good, scrap = (1, 0) if verdict == "good" else (0, 1)
        orders.count_parts(
            by=by, order=found.order, good=good, scrap=scrap, reason=reason, build=f"build:{found.build}"
        )
        done.tell(found, f"build:{found.build}", f"order:{found.order}", piece=found.ref, verdict=verdict)
    return found


def must_not_be_sorted(found: Piece) -> None:
    """What was decided about a piece is not changed behind its back."""
    if found.state != "made":
        raise RuleBroken("piece_already_sorted", piece=found.ref, verdict=found.state, lifted_by=("quality",))
