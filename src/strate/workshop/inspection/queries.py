"""Reading the pieces, their checks and the gauges."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from strate.workshop.builds import queries as builds
from strate.workshop.inspection import rules
from strate.workshop.inspection.models import Gauge, Measurement, Piece, Scan
from strate.workshop.inspection.rules import Control
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.routings.rules import content as routings


def gauge(code: str) -> Gauge:
    """A gauge by its code or reference."""
    found = Gauge.objects.filter(code=code.removeprefix("gauge:")).first()
    if not found:
        raise NotFound("no_such_gauge", gauge=code)
    return found


def gauge_exists(code: str) -> bool:
    return Gauge.objects.filter(code=code).exists()


def gauges() -> QuerySet[Gauge]:
    return Gauge.objects.filter(retired=False)


def gauge_state(found: Gauge) -> str:
    """valid, due (within a month), expired or unknown: what the list of gauges shows."""
    return rules.gauge_state(due_on=found.due_on, retired=found.retired, on=timezone.localdate(clock.now()))


def piece(serial: str) -> Piece:
    """A piece by its serial or reference."""
    found = Piece.objects.filter(serial=serial.removeprefix("piece:")).first()
    if not found:
        raise NotFound("no_such_piece", piece=serial)
    return found


def piece_for_update(found: Piece) -> Piece:
    """The same piece inside an act, as it is now."""
    return Piece.objects.select_for_update().get(pk=found.pk)


def pieces(build: str) -> QuerySet[Piece]:
    found = Piece.objects.filter(build=build.removeprefix("build:"))
    return found.prefetch_related("checks", "measurements")


def controls(build: str) -> list[Control]:
    """The dimensions that the routing of a build wants measured."""
    content: dict[str, Any] = builds.build(build).routing.get("content", {})
    wanted = (content.get("controls") or {}).get("measurements") or []
    return [rules.control_of(raw) for raw in wanted]


def scan_zones(build: str) -> list[dict[str, Any]]:
    """The zones that the routing of a build wants a scan judged by."""
    content: dict[str, Any] = builds.build(build).routing.get("content", {})
    wanted = (content.get("controls") or {}).get("scan_zones") or []
    return [routings.ScanZone.model_validate(raw).plain() for raw in wanted]


def control(build: str, name: str) -> Control:
    found = next((c for c in controls(build) if c.name == name), None)
    if not found:
        raise NotFound("no_such_control", control=name)
    return found


@dataclass(frozen=True)
class Progress:
    """How far the inspection of a build is."""

    made: int
    unseen: int
    unsorted: int
    measured: frozenset[str]
    first_unseen: str
    first_unsorted: str


def progress(build: str) -> Progress:
    """How many pieces were made, looked at, sorted; which controls were measured on at least one."""
    rows = list(
        Piece.objects.filter(build=build)
        .annotate(looks=Count("checks"))
        .values_list("serial", "state", "looks")
    )
    unseen = [serial for serial, _state, looks in rows if not looks]
    unsorted = [serial for serial, state, _looks in rows if state == "made"]
    measured = Measurement.objects.filter(piece__build=build, corrected=False).values_list("name", flat=True)
    first = (unseen[0] if unseen else "", unsorted[0] if unsorted else "")
    return Progress(len(rows), len(unseen), len(unsorted), frozenset(measured), *first)


def next_piece(build: str) -> Piece | None:
    """The next piece of a build to look at, measure or sort."""
    return Piece.objects.filter(build=build, state="made").order_by("serial").first()


def sampled(found: Piece) -> bool:
    """Whether every control of the build was measured already, on this piece or on another."""
    return not rules.unmeasured(controls(found.build), list(progress(found.build).measured))


def valid_measurements(found: Piece) -> list[Measurement]:
    """The measurements of a piece that were not corrected since."""
    return [m for m in found.measurements.all() if not m.corrected]


def conform(found: Piece) -> bool:
    """Whether nothing seen or measured on this piece is out of its limits."""
    last_look = found.checks.order_by("-at").first()
    looked = last_look is None or last_look.conform
    return looked and not scanned_out(found) and all(m.conform for m in valid_measurements(found))


def scanned_out(found: Piece) -> bool:
    """Whether the last scan that gave an answer is out of tolerance; what is unknown decides nothing."""
    answers = (rules.WITHIN, rules.OUT)
    last = found.scans.filter(state__in=answers).order_by("-at", "-pk").first()
    return last is not None and last.state == rules.OUT


def scan(number: int) -> Scan:
    """A scan by its number."""
    found = Scan.objects.select_related("piece").filter(pk=number).first()
    if not found:
        raise NotFound("no_such_scan", number=number)
    return found


def scan_for_update(number: int) -> Scan:
    """The same scan inside an act, as it is now."""
    scan(number)
    return Scan.objects.select_for_update(of=("self",)).select_related("piece").get(pk=number)


def scans(found: Piece) -> list[Scan]:
    """The scans of a piece, the last first."""
    return list(found.scans.order_by("-at", "-pk"))


def missing(build_code: str) -> list[Reason]:
    """What inspection still owes a build: pieces numbered, looked at, one measured for each control, all sorted."""
    found = builds.build(build_code)
    made = list(pieces(found.code))
    if not made:
        return [Reason("pieces_not_numbered", {"build": found.ref}, lifted_by=("operator",))]
    reasons = []
    unseen = [p.serial for p in made if not p.checks.all()]
    if unseen:
        reasons.append(
            Reason(
                "pieces_not_looked_at", {"build": found.ref, "count": len(unseen)}, lifted_by=("operator",)
            )
        )
    measured = [m.name for p in made for m in valid_measurements(p)]
    for name in rules.unmeasured(controls(found.code), measured):
        reasons.append(
            Reason(
                "control_not_measured",
                {"build": found.ref, "control": name},
                rules_source(found.routing),
                ("operator",),
            )
        )
    unsorted = [p.serial for p in made if p.state == "made"]
    if unsorted:
        reasons.append(
            Reason("pieces_not_sorted", {"build": found.ref, "count": len(unsorted)}, lifted_by=("operator",))
        )
    return reasons


def rules_source(routing: dict[str, Any]) -> str:
    """The routing as the source of what is asked."""
    return builds.rules.routing_name(routing)


def pieces_of(builds: Collection[str]) -> QuerySet[Piece]:
    """The pieces of several builds, by build and serial."""
    return Piece.objects.filter(build__in=list(builds)).order_by("build", "serial")
