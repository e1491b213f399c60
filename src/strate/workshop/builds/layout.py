"""Where the copies stand on a plate: worked out and judged by the geometry kernel, outside any act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from strate.kernels.geometry.plate.arrange import in_rows
from strate.kernels.geometry.plate.guarded import plate_file_in_child, plate_in_child
from strate.kernels.geometry.plate.record import Bed, Copy, PlateRefused, PlateVerdict, Shape
from strate.kernels.geometry.refusal import FileRefused, Limits, Point
from strate.workshop.attachments import store
from strate.workshop.attachments.rules import Stored
from strate.workshop.builds.models import Build, PlateCopy
from strate.workshop.builds.rules import Wanted, plate_fault, plate_unworked
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines.queries import Machine
from strate.workshop.parts.shown import refusal_said

# A person waits in front of the page.
PAGE_LIMITS = Limits(cpu_s=100, wall_s=120.0)
# What is kept free when the routing says nothing: usual practice, for methods to decide.
USUAL_GAP_MM, USUAL_MARGIN_MM = Decimal(2), Decimal(5)


@dataclass(frozen=True)
class Laid:
    """A plate without fault: its copies, the one file the machine is given, what the tablet draws."""

    copies: tuple[Copy, ...]
    stored: Stored
    plate: dict[str, Any]


def gap_mm(wanted: Wanted) -> Decimal:
    found = wanted.limit("plate_gap_mm")
    return USUAL_GAP_MM if found is None else found


def margin_mm(wanted: Wanted) -> Decimal:
    found = wanted.limit("plate_margin_mm")
    return USUAL_MARGIN_MM if found is None else found


def bed_of(machine: Machine, wanted: Wanted) -> Bed:
    """The plate of a machine with the margin the routing wants."""
    return Bed(machine.width_mm, machine.depth_mm, machine.height_mm or 10_000, float(margin_mm(wanted)))


def labelled(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Each copy of each order with its label and the file it is a copy of."""
    return [
        (f"{row['order']}-{n}", row["file_digest"]) for row in rows for n in range(1, row["quantity"] + 1)
    ]


def rows_of(
    copies: Sequence[tuple[str, str]], sizes: Mapping[str, Point], machine: Machine, wanted: Wanted
) -> tuple[Copy, ...]:
    """A first layout, in rows; refused when the plate is full."""
    try:
        # A hair more than the gap, so that rounding never refuses what was proposed.
        return in_rows(copies, sizes, bed_of(machine, wanted), float(gap_mm(wanted)) + 0.01)
    except PlateRefused as full:
        raise RuleBroken(full.code, lifted_by=("methods",), **full.values) from full


def work_out(name: str, copies: Sequence[Copy], machine: Machine, wanted: Wanted) -> Laid:
    """Judge a plate and write its file; every fault is a reason, and then no file is written."""
    files = {copy.part: store.path_of(copy.part) for copy in copies}
    gap = float(gap_mm(wanted))
    try:
        judged = plate_in_child(
            files, copies, bed_of(machine, wanted), layer_um=wanted.layer_um, gap_mm=gap, limits=PAGE_LIMITS
        )
        if not judged.may_be_built:
            grave = [finding for finding in judged.findings if finding.severity == "refuse"]
            raise Refused([plate_fault(f.code, f.values, wanted.name) for f in grave])
        written = plate_file_in_child(files, copies, PAGE_LIMITS)
    except FileRefused as refused:
        raise Refused([plate_unworked(refusal_said(refused))]) from refused
    return Laid(
        tuple(copies), store.keep(written, f"{name}.3mf", untouched=True), _drawn(judged, machine, wanted)
    )


def _drawn(judged: PlateVerdict, machine: Machine, wanted: Wanted) -> dict[str, Any]:
    """What is kept of the verdict to draw the plate again: shadows, sizes, how it was looked at."""
    shapes = {
        part: {"size_mm": list(shape.size_mm), "outlines": [list(flat) for flat in shape.outlines]}
        for part, shape in judged.shapes.items()
    }
    return {
        "width_mm": machine.width_mm,
        "depth_mm": machine.depth_mm,
        "margin_mm": str(margin_mm(wanted)),
        "gap_mm": str(gap_mm(wanted)),
        "checked_every_mm": judged.checked_every_mm,
        "shapes": shapes,
    }


def sizes_of(verdicts: Mapping[str, Mapping[str, Any]]) -> dict[str, Point]:
    """The size of each part, from the verdict on its file."""
    found: dict[str, Point] = {}
    for digest, verdict in verdicts.items():
        low, high = verdict["box"]["low"], verdict["box"]["high"]
        found[digest] = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    return found


def copies_of(build: Build) -> list[Copy]:
    """The copies of a build as the kernel takes them."""
    return [as_copy(each) for each in build.copies.all()]


def as_copy(kept: PlateCopy) -> Copy:
    return Copy(kept.label, kept.file_digest, kept.x_um / 1000, kept.y_um / 1000, kept.turn_mdeg / 1000)


def shape(build: Build, digest: str) -> Shape:
    """The shadow of a part of this plate, as it was kept."""
    kept = build.plate["shapes"][digest]
    x, y, z = kept["size_mm"]
    return Shape((x, y, z), tuple(tuple(flat) for flat in kept["outlines"]), 0.0, False, 0.0, ())
