"""How the hall is shown: each machine as a card, what is heard of it, what it holds, what is fitted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from strate.workshop.journal import clock
from strate.workshop.machines import queries, registry, rules, wording
from strate.workshop.machines.models import Item, Machine, MachineCommand
from strate.workshop.machines.registry import Heard, Shown
from strate.workshop.site import queries as site

CHIPS = {"off": "stopped", "preparing": "launched", "held": "interrupted", "finished": "done"}


@dataclass(frozen=True)
class LifeBar:
    """What is fitted, and how much of its life is left to it."""

    item: Item
    kind: Any
    percent: int | None
    tone: str
    width: float


@dataclass(frozen=True)
class Told:
    """An order given to a machine and what became of it."""

    command: MachineCommand
    verb: Any
    said: Any
    state: str
    late: bool


@dataclass(frozen=True)
class Card:
    """One machine as it stands in the hall."""

    machine: Machine
    kind: Any
    power: Any
    heard: Heard
    fitted: list[LifeBar]
    lines: list[Shown]
    waiting: list[Told] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        return bool(self.machine.driver)

    @property
    def face(self) -> str:
        """How the drawing looks: alive, idle, off, or hatched because nothing is known."""
        if not self.connected:
            return "plain"
        if not self.heard.live or not self.heard.state:
            return "unknown"
        return {"running": "live", "off": "off", "held": "held", "aborted": "held"}.get(
            self.heard.state, "idle"
        )

    @property
    def chip(self) -> str:
        """The shape and colour of its state."""
        if not self.heard.live or not self.heard.state:
            return "no_data" if self.heard.live else "offline"
        return CHIPS.get(self.heard.state, self.heard.state)


def cards(machines: Iterable[Machine]) -> list[Card]:
    """The cards of these machines."""
    listed = list(machines)
    codes = [m.code for m in listed]
    heard, lines = registry.heard(codes), registry.shown(codes)
    waiting: dict[str, list[Told]] = {code: [] for code in codes}
    for command in queries.commands_of(codes).filter(state="waiting"):
        waiting[command.machine.code].append(told(command))
    return [_card(m, heard[m.code], lines[m.code], waiting[m.code]) for m in listed]


def card(machine: Machine) -> Card:
    return cards([machine])[0]


def _card(machine: Machine, heard: Heard, lines: list[Shown], waiting: list[Told]) -> Card:
    power = machine.power
    if heard.live and heard.state:
        power = "off" if heard.state == "off" else "on"
    fitted = [life_bar(item) for item in machine.items.all()]
    kind = wording.KINDS.get(machine.kind, machine.kind)
    return Card(machine, kind, wording.POWERS[power], heard, fitted, lines, waiting)


def life_bar(item: Item) -> LifeBar:
    """The life of an item: nine tenths used asks for attention, all of it stops."""
    kind = wording.ITEMS.get(item.kind, item.kind)
    if not item.life_max:
        return LifeBar(item, kind, None, "none", 0)
    share = item.life_used / item.life_max
    tone = "stop" if share >= 1 else "warn" if share >= rules.NEARLY_WORN else "ok"
    return LifeBar(item, kind, int(share * 100), tone, float(min(share, Decimal(1)) * 100))


def told(command: MachineCommand) -> Told:
    """An order with its answer in words."""
    verb = wording.VERBS.get(command.verb, command.verb)
    late = command.state == "waiting" and rules.has_expired(command.expires_at, at=clock.now())
    states = {"waiting": "late" if late else "waiting", "done": "done", "withdrawn": "obsolete"}
    code = str(command.result.get("code", ""))
    return Told(command, verb, wording.ANSWERS.get(code, code), states.get(command.state, "refused"), late)


@dataclass(frozen=True)
class PlaceOfHall:
    """A place and the machines that stand in it."""

    code: str
    title: str
    cards: list[Card]


def by_place(found: Iterable[Card]) -> list[PlaceOfHall]:
    """The machines where they stand: places of the site by title, an unknown place as it was written."""
    titles = {p.code: p.title for p in site.places(also_closed=True)}
    groups: dict[str, list[Card]] = {}
    ranks = {kind: n for n, kind in enumerate(wording.KINDS)}
    for each in sorted(found, key=lambda c: (c.machine.place, ranks.get(c.machine.kind, 99), c.machine.code)):
        groups.setdefault(each.machine.place, []).append(each)
    return [PlaceOfHall(code, titles.get(code, code), groups[code]) for code in groups]
