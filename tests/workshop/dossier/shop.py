"""A whole production of the demo shop, played by its people; the printer answers without a wire."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from strate.web.demo import hall, jobs, people
from strate.web.production import steps
from strate.web.production.gestures import follow
from strate.web.production.stage import Stage
from strate.web.production.steps import BUILD, LOT, MACHINE
from strate.workshop.anomalies import actions as anomalies
from strate.workshop.builds import actions as builds
from strate.workshop.builds import queries as build_book
from strate.workshop.builds import rules as build_rules
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.handover import actions as handover
from strate.workshop.inspection import actions as inspection
from strate.workshop.inspection import queries as pieces
from strate.workshop.inspection import scanning
from strate.workshop.inspection.models import Piece
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor, machine_actor
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as machine_book
from strate.workshop.monitoring import actions as layers
from strate.workshop.orders import actions as orders
from strate.workshop.parts import queries as parts
from strate.workshop.procedures import actions as procedures
from strate.workshop.safety import actions as safety
from strate.workshop.telemetry import actions as telemetry

MINE, THEIRS = "OF-2601", "OF-2602"
STOPPED_AT = 25


@dataclass
class Printer:
    """The machine of the tests: it obeys at once, and says what it does."""

    told: int = 0
    at: datetime = field(default_factory=clock.now)
    calm: dict[str, Any] = field(
        default_factory=lambda: {
            "state": "ready",
            "collector": "live",
            "oxygen_ppm": 300.0,
            "plate_celsius": 80.0,
            "room_oxygen_percent": 20.9,
            "filter_pressure_mbar": 6.0,
            "gas_flow_m_s": 1.2,
        }
    )

    def say(self, *signals: tuple[str, Any]) -> None:
        said = []
        for name, value in signals:
            self.at = max(self.at + timedelta(microseconds=200), clock.now())
            said.append(
                {"name": name, "value": value, "unit": "", "at": self.at.isoformat(), "quality": "good"}
            )
        telemetry.ingest(machine=hall.PRINTER, source="gateway:test", first=self.told, signals=said)
        self.told += len(said)

    def breathe(self) -> None:
        self.say(*self.calm.items())

    def obey(self) -> None:
        """Answer everything it was told."""
        for command in machine_book.waiting_commands(hall.PRINTER):
            values: dict[str, Any] = {}
            if command.verb == "put_file":
                values = {"sha256": command.args["sha256"]}
            elif command.verb == "read_parameters":
                wanted = build_rules.wanted(build_book.build(BUILD).routing).parameters
                values = {name: str(value) for name, value in wanted.items()}
            machines.answer(by=machine_actor(hall.PRINTER), command=str(command.id), ok=True, values=values)


@dataclass
class Shop:
    """The people, the printer, and how far the production has come."""

    stage: Stage
    printer: Printer

    def who(self, key: str) -> Actor:
        return self.stage.who(key)


def furnished() -> Shop:
    """The demo shop with its two orders, for two customers, that share one plate."""
    team = people.hire()
    hall.furnish(team, "opc.tcp://127.0.0.1:9/")
    jobs.fill_the_queue(team)
    return Shop(Stage(quiet=True), Printer())


def produced(shop: Shop) -> Shop:
    """From the shift taken over to the orders closed: nothing is missing any more."""
    prepare(shop)
    load(shop)
    set_up(shop)
    build(shop)
    take_out(shop)
    inspect(shop)
    close(shop)
    return shop


def prepare(shop: Shop) -> None:
    amina = shop.who("amina")
    steps.take_over(amina)
    builds.prepare(by=amina, code=BUILD, machine=hall.PRINTER, quantities={MINE: 4, THEIRS: 2})
    safety.confirm_ppe(by=amina, operation="powder", about=MACHINE, materials=["ti64"])


def load(shop: Shop) -> None:
    amina, elsa = shop.who("amina"), shop.who("elsa")
    steps.check_lot(amina)
    feedstock.release(by=elsa, lot=LOT)
    feedstock.open_lot(by=amina, lot=LOT)
    steps.add_virgin(amina)


def set_up(shop: Shop) -> None:
    amina = shop.who("amina")
    # However slow the computer, what the printer said a moment ago is still fresh.
    with clock.at(clock.now()):
        shop.printer.breathe()
        steps.do_rounds(shop.stage)
        steps.start_up(shop.stage, amina)
    builds.send_file(by=amina, build=BUILD)
    shop.printer.obey()
    builds.read_parameters(by=amina, build=BUILD)
    shop.printer.obey()


def build(shop: Shop) -> None:
    amina, chloe, printer = shop.who("amina"), shop.who("chloe"), shop.printer
    printer.breathe()
    found = builds.launch(by=amina, build=BUILD)
    printer.obey()
    printer.say(("job", BUILD), ("state", "running"), *(("layer", n) for n in range(1, STOPPED_AT + 1)))
    jam = {"code": "recoater_jam", "active": True, "severity": 800}
    printer.say(("alarm", jam), ("state", "held"))
    builds.decide_interruption(by=chloe, build=BUILD, decision="resume", reason="Lit contrôlé au hublot.")
    printer.obey()
    printer.say(
        ("state", "running"), *(("layer", n) for n in range(STOPPED_AT + 1, found.layers_planned + 1))
    )
    printer.say(("state", "cooling"), ("plate_celsius", 32.0))
    printer.calm |= {"state": "cooling", "plate_celsius": 80.0}
    run = procedures.start(by=amina, procedure="lpbf-reading-sheet", about=[MACHINE, found.ref])
    printer.breathe()
    follow(shop.stage, run, amina, "", {})
    printer.calm |= {"plate_celsius": 32.0}
    printer.breathe()


def take_out(shop: Shop) -> None:
    amina = shop.who("amina")
    builds.open_chamber(by=amina, build=BUILD)
    found = build_book.build(BUILD)
    left = powder.in_machine(hall.PRINTER).mass_mg - found.parts_mg
    oversize, waste = 55_000, 45_000
    residual = left // 3
    builds.weigh_back(
        by=amina,
        build=BUILD,
        recovered_mg=left - oversize - waste - residual - 20_000,
        oversize_mg=oversize,
        waste_mg=waste,
        residual_mg=residual,
        container="FUT-R2",
    )
    layers.keep_layers(by=amina, build=BUILD)
    steps.heat_and_cut(amina)


def inspect(shop: Shop) -> None:
    """Each piece looked at; one of each order measured; all good."""
    amina = shop.who("amina")
    made = steps.look_at_all(shop.stage, amina)
    for order in (MINE, THEIRS):
        first = next(p for p in made if p.order == order)
        for control in pieces.controls(BUILD):
            inspection.measure(
                by=amina, piece=first.serial, control=control.name, value=Decimal("60.02"), gauge="PAC-4"
            )
    _scan(shop, next(p for p in made if p.order == MINE))
    for piece in made:
        inspection.sort(by=amina, piece=piece.serial, verdict="good")


def _scan(shop: Shop, piece: Piece) -> None:
    """The piece is scanned: as like its file as the file itself."""
    today = clock.now().date()
    inspection.enter_gauge(
        by=shop.who("elsa"),
        code="SCAN-1",
        title="Scanner d'essai",
        kind="scanner",
        calibrated_on=today,
        due_on=today + timedelta(days=365),
    )
    nominal = parts.approved_file(piece.part, piece.revision)
    assert nominal is not None
    tenth = {"lower": Decimal("-0.1"), "upper": Decimal("0.1"), "name": "scan.stl"}
    row = inspection.send_scan(
        by=shop.who("amina"), piece=piece.serial, scan=nominal.digest, gauge="SCAN-1", **tenth
    )
    inspection.write_scan(scan=row.pk, told=scanning.compare(row))


def close(shop: Shop) -> None:
    amina, chloe, farid = shop.who("amina"), shop.who("chloe"), shop.who("farid")
    found = anomalies.report(
        by=amina,
        about=[MACHINE, f"build:{BUILD}"],
        kind="wear_or_leak",
        to="maintenance",
        text="Le joint de porte marque.",
    )
    anomalies.answer(by=farid, anomaly=found.ref, text="Joint nettoyé.")
    anomalies.close(by=farid, anomaly=found.ref, conclusion="Remplacement prévu.")
    safety.sort_waste(
        by=amina, stream="oversize", mass_mg=55_000, container="DECHET-1", about=f"build:{BUILD}"
    )
    builds.close(by=amina, build=BUILD)
    handover.write_handover(by=amina, text="Machine vide et froide.", place="hall", machines=[MACHINE])
    for order in (MINE, THEIRS):
        orders.close_order(by=chloe, order=order)
