"""Who pours, and with what: sheets read, rights held, tools free of another material and fit for their zone."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from strate.workshop.feedstock.models import Carried, Lot
from strate.workshop.feedstock.queries import stock
from strate.workshop.feedstock.rules import CONTAMINATED, MachineContent
from strate.workshop.feedstock.rules.gates import CONTAMINATED_POWDER
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import Reason
from strate.workshop.machines import queries as machines
from strate.workshop.machines.queries import Item, Machine
from strate.workshop.people import queries as people
from strate.workshop.procedures import registry as procedures
from strate.workshop.safety import queries as safety
from strate.workshop.safety import registry
from strate.workshop.things import registry as things

CHANGE = "ISO/ASTM 52904"
_TRACES = Question(lambda ref: Carried.objects.filter(about=ref).values_list("material", flat=True))


def tool_reasons(tools: Iterable[str], material: str, *beside: str) -> list[Reason]:
    """What forbids these tools here: traces of another material, a category too low for the explosive zone.

    `beside`: what the gesture is done on; what is carried there by hand is used where the first of these stands,
    a machine where it stands itself.
    """
    used = [tool for tool in dict.fromkeys(tools) if tool]
    place = stands_at(*beside) if used else ""
    zoned = [safety.equipment_reasons(tool, _where(tool, place), undeclared=False) for tool in used]
    return traces_reasons(used, material) + [reason for reasons in zoned for reason in reasons]


def undeclared_tools(tools: Iterable[str], place: str = "") -> list[Reason]:
    """The tools of which nobody said what explosive zone they are made for, where there is one: doubted, and told."""
    doubts = []
    for tool in dict.fromkeys(tool for tool in tools if tool):
        where = _where(tool, place)
        if not safety.equipment_reasons(tool, where, undeclared=False):
            doubts += safety.equipment_reasons(tool, where)
    return doubts


def _where(tool: str, place: str) -> str:
    return "" if tool.startswith("machine:") else place


def waste_stream(each: Lot) -> str:
    """The waste this powder is: contaminated when it is, else as its sheet says; empty when no sheet says it."""
    if each.state == CONTAMINATED:
        return CONTAMINATED_POWDER
    return next((s.waste_stream for s in safety.in_force_for([each.ref]) if s.waste_stream), "")


def stands_at(*refs: str) -> str:
    """The place where the first of these stands, when it is known."""
    return next((place for ref in refs if (place := registry.place_of(ref))), "")


def traces_reasons(refs: Iterable[str], material: str, *, but: MachineContent | None = None) -> list[Reason]:
    """What still carries another material: a machine, a sieve, a vacuum, a scoop (handbook 2.8).

    `but`: what a place holds now; when it holds the other material, that is told already.
    """
    reasons = []
    for ref in dict.fromkeys(ref for ref in refs if ref):
        carried = carried_by(ref)
        if not carried or carried == material or (but and carried in but.materials):
            continue
        values = {"about": ref, "inside": f"material:{carried}", "material": f"material:{material}"}
        reasons.append(Reason("material_change_needed", values, CHANGE, ("operator", "quality")))
    return reasons


def carried_by(ref: str) -> str:
    """The material a thing carries traces of: since its last change of material, else as it was declared."""
    if known := known_traces(ref):
        return known
    kind, _sep, code = ref.partition(":")
    if kind == "container":
        return stock.container(code).material or stock.last_material_in(ref)
    model = Machine if kind == "machine" else Item
    return model.objects.filter(code=code).values_list("material", flat=True).first() or ""


def known_traces(ref: str) -> str:
    """The material it carries traces of since it was last poured into, cleaned or used; empty when nothing was told."""
    return _TRACES.first(ref) or ""


def tool_ref(typed: str) -> str:
    """A tool as a reference when the house knows it (a machine, an item), else as it was typed."""
    text = typed.strip()
    code = text.rpartition(":")[2]
    if not code:
        return ""
    if machine := Machine.objects.filter(code=code).first():
        return machine.ref
    item = Item.objects.filter(code=code).first()
    return item.ref if item else text


def is_a_tool(ref: str) -> bool:
    """Whether this is a machine or an item of the hall (a sieve, a vacuum, a mesh, a recoater)."""
    kind, _sep, code = ref.partition(":")
    if kind == "machine":
        return Machine.objects.filter(code=code).exists()
    return Item.objects.filter(kind=kind, code=code).exists()


def instrument_reasons(typed: str, on: date) -> list[Reason]:
    """Why this instrument of the house measured nothing that day: retired, never calibrated, past its calibration."""
    code = typed.strip().removeprefix("gauge:")
    kind = things.kinds().get("gauge")
    if not code or kind is None or kind.find(code) is None:
        return []
    wrong = procedures.wrong_with(f"gauge:{code}")
    return [r for r in wrong if (due := r.values.get("due_on")) is None or on > due]


def person_reasons(by: Actor, lot: Lot, place: str = "") -> list[Reason]:
    """What this person lacks to handle this lot: its own sheet read, the right to be where it goes, CMR training.

    A site that keeps no safety data sheet at all is told of it at the launch, not at every scoop.
    """
    today, material = timezone.localdate(clock.now()), lot.material.code
    unread = safety.unread_sheets(by.person, [material], [lot.ref])
    missing = [reason for reason in unread if reason.code == "sheet_missing"]
    if missing and not safety.keeps_sheets():
        unread = [reason for reason in unread if reason not in missing]
    trained = people.lacks(by, ("material", material), on=today) if lot.material.cmr == "yes" else []
    documents = safety.unread_documents(by, ["-"], materials=[material], operations=["powder"])
    here = safety.place_reasons(by, place, today) if place else []
    return [*unread, *documents, *trained, *_demanded(by, material, place), *here]


def _demanded(by: Actor, material: str, place: str) -> list[Reason]:
    """What the site demands of whoever pours into this machine, besides what every pouring asks."""
    if not place.startswith("machine:"):
        return []
    into = machines.machine(place)
    today = timezone.localdate(clock.now())
    return people.lacks(
        by, on=today, act="feedstock.load", machine=(into.code, into.model), material=material
    )
