"""What every production of the demo shop does alike, whether it is told aloud or played by a test."""

from decimal import Decimal
from typing import TYPE_CHECKING

from strate.web.demo import hall
from strate.web.demo.hall import certificate_of
from strate.web.production.gestures import follow, photo
from strate.web.production.stage import Stage
from strate.workshop.builds import queries as build_book
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.feedstock.rules import gates
from strate.workshop.handover import actions as handover
from strate.workshop.handover import queries as notes
from strate.workshop.inspection import actions as inspection
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.maintenance import actions as maintenance
from strate.workshop.maintenance import queries as care
from strate.workshop.post_processing import actions as post_processing
from strate.workshop.procedures import actions as procedures
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets

if TYPE_CHECKING:
    from strate.workshop.inspection.models import Piece

MACHINE = f"machine:{hall.PRINTER}"
BUILD = "F-0001"
LOT = "TI64-2602"


def take_over(by: Actor) -> int:
    """The shift, what the last one left, the sheets and documents to read; how many notes there were."""
    left = [note.ref for note in notes.for_person(by.person, "hall")]
    handover.take_over(by=by, place="hall", notes=left)
    for sheet in sheets.in_force(["ti64"]):
        safety.acknowledge(by=by, sheet=sheet.code, version=sheet.version)
    for document in sheets.to_read(by, [MACHINE]):
        safety.acknowledge_document(by=by, document=document.code, version=document.version)
    return len(left)


def check_lot(by: Actor) -> None:
    """The lot that was delivered is what it says, sealed, whole, with its certificate."""
    feedstock.check(
        by=by,
        lot=LOT,
        identity=True,
        seal=True,
        certificate_conform=True,
        mass_mg=40 * hall.KG,
        certificate=certificate_of(LOT, by),
    )


def add_virgin(by: Actor) -> int:
    """Enough virgin powder for the ceiling of the routing and for the build; the mass added."""
    inside, found = powder.in_machine(hall.PRINTER), build_book.build(BUILD)
    ceiling = build_book.limits(found).used_share_ceiling
    assert ceiling is not None
    lacking = gates.virgin_needed_mg(inside, ceiling) or 0
    need = max(lacking, found.need_mg - inside.mass_mg, 0)
    feedstock.load(by=by, lot=LOT, machine=hall.PRINTER, mass_mg=need)
    return need


def do_rounds(stage: Stage, speaking: str = "") -> None:
    """The rounds that are due, each by whom it concerns."""
    for key, level in (("amina", 1), ("farid", 3)):
        if care.due(hall.PRINTER, clock.now(), level):
            by = stage.who(key)
            follow(stage, maintenance.start_round(by=by, machine=hall.PRINTER), by, speaking, {})


def start_up(stage: Stage, by: Actor, speaking: str = "") -> None:
    """The machine is started by its procedure, its plate and its recoater scanned."""
    scans = {"plate": "plate:PL-07", "recoater": "recoater:RA-21", "machine": MACHINE}
    run = procedures.start(by=by, procedure="lpbf-start-up", about=[MACHINE, f"build:{BUILD}"])
    follow(stage, run, by, speaking, scans)


def heat_and_cut(by: Actor) -> None:
    """The furnace cycle within its limits, then the parts off the plate."""
    cycle = post_processing.charge(by=by, build=BUILD, furnace="FOUR-1")
    post_processing.record_cycle(
        by=by,
        cycle=cycle.pk,
        soak_celsius=Decimal("702"),
        soak_min=Decimal("121"),
        highest_celsius=Decimal("706"),
        atmosphere="argon",
    )
    post_processing.finish(
        by=by,
        build=BUILD,
        operation="separation",
        means="Électroérosion à fil",
        plate="plate:PL-07",
        plate_left_um=24_300,
    )


def look_at_all(stage: Stage, by: Actor) -> "list[Piece]":
    """Each piece numbered, photographed, looked at and found good."""
    made = inspection.number_pieces(by=by, build=BUILD)
    for piece in made:
        picture = photo(stage, by, piece.ref, piece.serial)
        inspection.look(by=by, piece=piece.serial, conform=True, photos=[picture])
    return made
