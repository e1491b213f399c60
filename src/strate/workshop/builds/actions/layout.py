"""The layout of a plate: copies put in rows, moved one by one; what meets or stands outside is refused."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from strate.workshop.attachments import actions as attachments
from strate.workshop.builds import layout, queries, rules
from strate.workshop.builds.layout import Laid
from strate.workshop.builds.models import Build, PlateCopy
from strate.workshop.builds.rules import BuildCode
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import queries as hall
from strate.workshop.parts import queries as parts
from strate.workshop.people.roles import permit

Label = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
Place = Annotated[int, Field(ge=-10_000_000, le=10_000_000)]
Turn = Annotated[int, Field(ge=-360_000, le=360_000)]


def arrange_plate(*, by: Actor, build: BuildCode) -> Build:
    """Put every copy of a build in rows on the plate; the machine is then given one file for the whole plate."""
    permit(by, "builds.prepare")
    found = _to_lay_out(build)
    rows = list(found.orders.values("order", "part", "revision", "quantity", "file_digest"))
    verdicts = {
        row["file_digest"]: parts.file(row["file_digest"], part=row["part"], revision=row["revision"]).verdict
        for row in rows
    }
    machine, wanted = hall.machine(found.machine), rules.wanted(found.routing)
    copies = layout.rows_of(layout.labelled(rows), layout.sizes_of(verdicts), machine, wanted)
    return _write_down(by, found, layout.work_out(found.code, copies, machine, wanted))


def place_copy(
    *, by: Actor, build: BuildCode, label: Label, x_um: Place, y_um: Place, turn_mdeg: Turn = 0
) -> Build:
    """Move or turn one copy on the plate; refused when it then meets another one or stands over the margin."""
    permit(by, "builds.prepare")
    found = _to_lay_out(build)
    copies = layout.copies_of(found)
    if label not in {copy.label for copy in copies}:
        raise RuleBroken("no_such_copy", label=label, build=found.ref)
    moved = [
        replace(copy, x_mm=x_um / 1000, y_mm=y_um / 1000, turn_deg=turn_mdeg / 1000)
        if copy.label == label
        else copy
        for copy in copies
    ]
    machine, wanted = hall.machine(found.machine), rules.wanted(found.routing)
    return _write_down(by, found, layout.work_out(found.code, moved, machine, wanted), label)


def _to_lay_out(code: str) -> Build:
    found = queries.build(code)
    if found.state != rules.PREPARED:
        raise RuleBroken("plate_already_sent", build=found.ref)
    return found


def _write_down(by: Actor, seen: Build, laid: Laid, label: str = "") -> Build:
    with act("builds.plate_laid_out", by=by) as done:
        found = queries.for_update(seen)
        if found.state != rules.PREPARED or found.file_digest != seen.file_digest:
            raise RuleBroken("plate_changed_meanwhile", build=found.ref)
        attachments.receive(by=by, stored=laid.stored)
        write_copies(found, laid)
        found.save()
        moved = found.copies.filter(label=label).first()
        where = {"x_um": moved.x_um, "y_um": moved.y_um, "turn_mdeg": moved.turn_mdeg} if moved else {}
        file = f"file:{laid.stored.digest}"
        done.tell(found, file, copies=len(laid.copies), label=label, sha256=laid.stored.digest, **where)
    return found


def write_copies(found: Build, laid: Laid) -> None:
    """The copies as they stand now, and the file that holds them all; the caller saves the build."""
    found.copies.all().delete()
    for copy in laid.copies:
        PlateCopy.objects.create(
            build=found,
            label=copy.label,
            order=copy.label.rpartition("-")[0],
            file_digest=copy.part,
            x_um=round(copy.x_mm * 1000),
            y_um=round(copy.y_mm * 1000),
            turn_mdeg=round(copy.turn_deg * 1000),
        )
    found.plate = laid.plate
    found.file_digest, found.file_name = laid.stored.digest, f"{found.code}.3mf"
    found.machine_digest = ""
