"""A demo shop with a build on its printer, and a machine that says what a test makes it say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from strate.web.demo import hall, jobs, people
from strate.web.production import gestures
from strate.workshop.builds import actions as builds
from strate.workshop.builds import queries
from strate.workshop.builds.queries import Build
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.handover import actions as handover
from strate.workshop.handover import queries as relays
from strate.workshop.journal import clock
from strate.workshop.journal.actor import SYSTEM, Actor, machine_actor
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as machine_book
from strate.workshop.maintenance import actions as maintenance
from strate.workshop.maintenance import queries as care
from strate.workshop.people import actions as staff
from strate.workshop.people.middleware import STATION_COOKIE
from strate.workshop.procedures import actions as procedures
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets
from strate.workshop.telemetry import actions as telemetry
from tests.workshop.kept import Kept

PRINTER, KG = hall.PRINTER, hall.KG
MORNING = datetime.fromisoformat("2026-11-23T07:30:00+00:00")
# A printer that is warm, inert, and waits: what its gateway says every few seconds.
READY: dict[str, Any] = {
    "state": "ready",
    "collector": "live",
    "oxygen_ppm": 400.0,
    "room_oxygen_percent": 20.8,
    "plate_celsius": 80.0,
    "gas_flow_m_s": 1.9,
    "filter_pressure_mbar": 6.2,
}


@dataclass
class Shop:
    """The demo shop, its team, its hands on the clock, and the voice of its printer."""

    team: dict[str, Actor]
    hand: Callable[[datetime], None]
    now: datetime = MORNING
    next: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["team"][name]
        except KeyError:
            raise AttributeError(name) from None

    def wait(self, minutes: float = 0, seconds: float = 0) -> datetime:
        self.now += timedelta(minutes=minutes, seconds=seconds)
        self.hand(self.now)
        return self.now

    def says(self, *, quality: str = "good", at: datetime | None = None, **values: Any) -> None:
        """The printer tells these signals in one batch, at this moment."""
        when = (at or self.now).isoformat()
        self.batch([{"name": k, "value": v, "at": when, "quality": quality} for k, v in values.items()])

    def batch(self, signals: list[dict[str, Any]]) -> None:
        signals = [{"received_at": self.now.isoformat(), **s} for s in signals]
        telemetry.ingest(machine=PRINTER, source="test-gateway", first=self.next, signals=signals)
        self.next += len(signals)

    def answers(self, verb: str, ok: bool = True, code: str = "", **values: Any) -> None:
        """The printer answers the last order of this kind."""
        order = machine_book.last_command(PRINTER, verb)
        assert order is not None, f"the printer was never told to {verb}"
        machines.answer(by=machine_actor(PRINTER), command=str(order.id), ok=ok, code=code, values=values)

    def build(self, code: str = "F-0001") -> Build:
        return queries.build(code)

    def layers(self, first: int, last: int, every_s: float = 10) -> None:
        """The counter moves from one layer to the next, one batch each."""
        for layer in range(first, last + 1):
            self.wait(seconds=every_s)
            self.says(layer=layer)


def furnish() -> dict[str, Actor]:
    """The demo shop with its two orders, on a Monday morning; returns its people."""
    team = people.hire()
    hall.furnish(team, "opc.tcp://127.0.0.1:4841/")
    jobs.fill_the_queue(team)
    BADGES.update({team[one.key].person: one.badge for one in (people.HUGO, *people.TEAM)})
    return team


def prepared(shop: Shop, **quantities: int) -> Build:
    """A build of these orders (one order of four by default), whose papers and equipment are in order."""
    amina, wanted = shop.amina, quantities or {"OF-2601": 2}
    build = builds.prepare(
        by=amina,
        code="F-0001",
        machine=PRINTER,
        quantities={k.replace("_", "-"): n for k, n in wanted.items()},
    )
    for sheet in sheets.in_force(["ti64"]):
        safety.acknowledge(by=amina, sheet=sheet.code, version=sheet.version)
    for document in sheets.to_read(amina, [build.machine_ref]):
        safety.acknowledge_document(by=amina, document=document.code, version=document.version)
    notes = [note.ref for note in relays.for_person(amina.person, "hall")]
    handover.take_over(by=amina, place="hall", notes=notes)
    safety.confirm_ppe(by=amina, operation="powder", about=build.machine_ref, materials=["ti64"])
    return build


class _Aloud:
    """The follower of a procedure tells what it does; nobody listens here."""

    def say(self, *_said: str) -> None:
        return


def follow(by: Actor, procedure: str, shop: Shop, **scans: str) -> None:
    """A procedure about the build, followed to its end by this person."""
    run = procedures.start(by=by, procedure=procedure, about=[f"machine:{PRINTER}", "build:F-0001"])
    finish(by, run, **scans)


def finish(by: Actor, run: Any, **scans: str) -> None:
    gestures.follow(_Aloud(), run, by, "", scans)


def fitted(shop: Shop) -> None:
    """The machine started by its procedure: plate and recoater scanned and fitted, its cares given."""
    shop.says(**READY)
    for by in (shop.amina, shop.farid):
        if care.due(PRINTER, shop.now, 1 if by is shop.amina else 3):
            finish(by, maintenance.start_round(by=by, machine=PRINTER))
    follow(
        shop.amina,
        "lpbf-start-up",
        shop,
        plate="plate:PL-07",
        recoater="recoater:RA-21",
        machine=f"machine:{PRINTER}",
    )


def file_sent(shop: Shop) -> None:
    """The file in the machine, its hash and its parameters read back."""
    build = shop.build()
    builds.send_file(by=shop.amina, build=build.code)
    shop.answers("put_file", sha256=build.file_digest)
    builds.read_parameters(by=shop.amina, build=build.code)
    wanted = queries.rules.wanted(build.routing).parameters
    shop.answers("read_parameters", **{name: float(value) for name, value in wanted.items()})


def poured(shop: Shop, mass_mg: int = 11 * KG) -> None:
    """Virgin powder poured on the 11 kg of used powder that the last build left in the machine."""
    feedstock.load(by=shop.amina, lot="TI64-2601", machine=PRINTER, mass_mg=mass_mg)


def ready(shop: Shop) -> Build:
    """Everything before the launch is done: only the signature lacks."""
    build = prepared(shop)
    fitted(shop)
    file_sent(shop)
    poured(shop)
    return build


def launched(shop: Shop) -> Build:
    """The machine makes the build."""
    ready(shop)
    build = builds.launch(by=shop.amina, build="F-0001")
    shop.answers("start")
    shop.wait(seconds=2)
    shop.says(job=build.code, job_state="Running", layer=0, state="running")
    return shop.build()


def ended(shop: Shop) -> Build:
    """All its layers made, the plate cold."""
    build = launched(shop)
    shop.wait(minutes=100)
    shop.says(layer=build.layers_planned, state="cooling")
    shop.wait(minutes=60)
    shop.says(plate_celsius=41.5, room_oxygen_percent=20.8, collector="live")
    return shop.build()


def depowdered(shop: Shop) -> Build:
    """The powder weighed back, every milligram found."""
    build = ended(shop)
    builds.open_chamber(by=shop.amina, build=build.code)
    inside = powder.in_machine(PRINTER).mass_mg
    builds.weigh_back(by=shop.amina, build=build.code, recovered_mg=inside - build.parts_mg)
    return shop.build()


def tablet_of(by: Actor) -> Client:
    """The tablet of the hall in the hands of one of the team, signed in by badge and PIN."""
    client = Client()
    _station, secret = staff.enrol_station(by=SYSTEM, code=f"hall-{by.person}", title="Tablette")
    client.cookies[STATION_COOKIE] = secret
    client.post("/poste/", {"badge": BADGES[by.person], "pin": people.DEMO_PIN, "next": "/"})
    return client


BADGES: dict[str, str] = {}


FURNISHED = Kept(furnish)


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Actor]]:
    """The demo shop, furnished once for all the tests of a run; each of them is undone."""
    with django_db_blocker.unblock(), _Clock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield FURNISHED.again()
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture()
def shop(furnished: dict[str, Actor], db: None) -> Iterator[Shop]:
    """The demo shop; its clock stands still until the test moves it."""
    with _Clock() as moving:
        team = {key: people.proven(by) for key, by in furnished.items()}
        yield Shop(team, moving.put)


class _Clock:
    """The hands of the clock in a test."""

    def __enter__(self) -> "_Clock":
        self.held = clock.at(MORNING)
        self.held.__enter__()
        return self

    def put(self, to: datetime) -> None:
        self.held.__exit__(None, None, None)
        self.held = clock.at(to)
        self.held.__enter__()

    def __exit__(self, *_raised: object) -> None:
        self.held.__exit__(None, None, None)
