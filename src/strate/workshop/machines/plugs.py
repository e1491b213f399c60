"""What the machines bring to the rooms below: rights, labels, the effect of fitting a scanned item."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.speech import number
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, RuleBroken
from strate.workshop.machines import actions, queries, rules, wording
from strate.workshop.machines.models import Item, Machine
from strate.workshop.people.registry import gated
from strate.workshop.people.roles import ADMIN, MAINTENANCE, METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.procedures import registry as gestures
from strate.workshop.safety import registry as safety
from strate.workshop.things.registry import Gesture, Kind, Thing, doable, register

# The house itself moves the simulated printer of a demo shop whose port was taken.
declare("machines.administer", ADMIN, METHODS, MAINTENANCE, "system")
declare("machines.enter_item", METHODS, MAINTENANCE, SHIFT_LEADER)
declare("machines.fit", OPERATOR, SHIFT_LEADER, MAINTENANCE)
declare("machines.switch", OPERATOR, SHIFT_LEADER, MAINTENANCE)
declare("machines.tell", OPERATOR, SHIFT_LEADER, METHODS, QUALITY, MAINTENANCE)
# A machine counts its own wear; people correct a counter in the maintenance room.
declare("machines.use_life", OPERATOR, SHIFT_LEADER, MAINTENANCE, "machine", "system")
declare("machines.answer", "machine")
# What the machine shows settles what the network left open: a person who looked, or the machine once it is heard.
declare("machines.settle", OPERATOR, SHIFT_LEADER, MAINTENANCE, "machine")

gated("machines.power_on", _("Switch a machine on"))


def _machine_thing(machine: Machine) -> Thing:
    url = reverse("machines:machine", args=[machine.code])
    lines = [(_("Model"), machine.model or "—"), (_("Place"), machine.place or "—")]
    fit = reverse("machines:fit", args=[machine.code])
    gestures = [Gesture(_("Fit a plate, a recoater, a filter"), fit, "machines.fit")]
    state = "obsolete" if machine.retired else ""
    return Thing(machine.ref, machine.title, url, state, lines, [] if machine.retired else gestures)


def find_machine(code: str) -> Thing | None:
    found = Machine.objects.filter(code=code).first()
    return _machine_thing(found) if found else None


def search_machines(text: str, limit: int) -> list[Thing]:
    found = Machine.objects.filter(code__icontains=text) | Machine.objects.filter(title__icontains=text)
    return [_machine_thing(m) for m in found[:limit]]


def _item_thing(item: Item) -> Thing:
    url = reverse("machines:item", args=[item.kind, item.code])
    unit = wording.CHOICES["unit"].get(item.life_unit, item.life_unit)
    life = (
        f"{number(item.life_used.normalize())} / {number(item.life_max.normalize())} {unit}"
        if item.life_max
        else "—"
    )
    where = item.fitted_on.title if item.fitted_on else "—"
    return Thing(item.ref, item.title, url, item.state, [(_("Life"), life), (_("Fitted on"), where)])


def _register_items(kind: str, label: Any) -> None:
    def find(code: str) -> Thing | None:
        found = Item.objects.select_related("fitted_on").filter(kind=kind, code=code).first()
        return _item_thing(found) if found else None

    def search(text: str, limit: int) -> list[Thing]:
        return [_item_thing(i) for i in queries.items(kind, text)[:limit]]

    register(Kind(kind, label, find, search, icon=kind))


@doable
def fit_it(ref: str, by: Actor) -> list[Gesture]:
    """A tool or consumable is fitted on a machine of the hall, or says why it is not."""
    kind, _sep, code = ref.partition(":")
    item = queries.items(kind, "").filter(code=code).first() if kind in rules.ITEM_KINDS else None
    if item is None:
        return []
    return [_fitting(item, machine) for machine in queries.machines("printer")]


def _fitting(item: Item, machine: Machine) -> Gesture:
    reasons = rules.fit_reasons(queries.seen(item), machine=machine.code, machine_material=machine.material)
    if item.fitted_on_id == machine.pk:
        reasons.append(Reason("item_fitted_elsewhere", {"item": item.code, "machine": machine.ref}))
    label = _("Fit it on %(machine)s") % {"machine": machine.title}
    url = f"{reverse('machines:fit', args=[machine.code])}?{urlencode({'item': item.ref})}"
    return Gesture(label, url, "machines.fit", tuple(reasons))


register(Kind("machine", _("Machine"), find_machine, search_machines, icon="machine"))
for _kind in rules.ITEM_KINDS:
    _register_items(_kind, wording.ITEMS[_kind])


@gestures.families_from
def families_here() -> set[str]:
    """The families of machines that stand in the hall: procedures for the others are not offered."""
    return {machine.family for machine in queries.machines() if not machine.retired}


@gestures.effect("machines.fit")
def fit_scanned(by: Actor, run: Any, step: dict[str, Any], outcome: Any) -> None:
    """A scanned plate, recoater or filter is fitted on the machine the gesture is about."""
    actions.fit(by=by, machine=_machine_of(run), item=outcome.things[0])


@gestures.effect("machines.power_on")
def power_on(by: Actor, run: Any, step: dict[str, Any], outcome: Any) -> None:
    """The step that switches the machine on tells the machine itself, when it can be told."""
    machine = queries.machine(_machine_of(run))
    if machine.driver:
        actions.switch(by=by, machine=machine.code, power="on")


@gestures.effect("machines.prepare")
def prepare(by: Actor, run: Any, step: dict[str, Any], outcome: Any) -> None:
    """With the door closed, the machine is told to inert its chamber and heat its plate."""
    machine = queries.machine(_machine_of(run))
    if machine.driver:
        actions.tell_machine(by=by, machine=machine.code, verb="prepare", about=run.thing("build"))


def _machine_of(run: Any) -> str:
    found = next((ref for ref in run.about if ref.startswith("machine:")), None)
    if found is None:
        raise RuleBroken("gesture_without_machine")
    return str(found)


@safety.place
def stands_at(ref: str) -> str:
    """Where a machine stands: what its place asks is asked of whoever works on it."""
    return queries.stands_at(ref) if ref.startswith("machine:") else ""
