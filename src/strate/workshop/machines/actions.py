"""The verbs of the hall: enter a machine, fit and unfit what it needs, tell it what to do."""

from decimal import Decimal
from typing import Any, Literal

from uuid6 import uuid7

from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import queries, registry, rules
from strate.workshop.machines.models import Item, Machine, MachineCommand
from strate.workshop.people.roles import permit

Kind = Literal["printer", "sieve", "furnace", "depowdering", "saw", "blasting", "scale", "store"]
Family = Literal["metal", "polymer", "sand"]


def enter(
    *,
    by: Actor,
    code: str,
    title: str,
    kind: Kind = "printer",
    family: Family = "metal",
    model: str = "",
    serial: str = "",
    place: str = "",
    width_mm: int = 0,
    depth_mm: int = 0,
    height_mm: int = 0,
    material: str = "",
    driver: Literal["", "opcua"] = "",
    endpoint: str = "",
) -> Machine:
    """Enter a machine or a peripheral into the hall."""
    permit(by, "machines.administer")
    if Machine.objects.filter(code=code).exists():
        raise RuleBroken("machine_code_taken", machine=code)
    if min(width_mm, depth_mm, height_mm) < 0:
        raise RuleBroken("volume_negative")
    with act("machines.entered", by=by) as done:
        machine = Machine.objects.create(
            code=code,
            title=title,
            kind=kind,
            family=family,
            model=model,
            serial=serial,
            place=place,
            width_mm=width_mm,
            depth_mm=depth_mm,
            height_mm=height_mm,
            material=material,
            driver=driver,
            endpoint=endpoint,
        )
        done.tell(machine, title=title, kind=kind, model=model, serial=serial, material=material, driver=driver)
    return machine


def amend(
    *, by: Actor, machine: str, title: str, model: str = "", serial: str = "", place: str = "", endpoint: str = "",
    reason: str = "",
) -> Machine:
    """Change what is written about a machine; the old values stay in the journal."""
    permit(by, "machines.administer")
    found = queries.machine(machine)
    new = {"title": title, "model": model, "serial": serial, "place": place, "endpoint": endpoint}
    old = {name: getattr(found, name) for name in new}
    with act("machines.amended", by=by, reason=reason) as done:
        for name, value in new.items():
            setattr(found, name, value)
        found.save()
        done.tell(found, old=old, new=new)
    return found


def retire(*, by: Actor, machine: str, reason: str) -> Machine:
    """Take a machine out of service for good; its history stays."""
    permit(by, "machines.administer")
    found = queries.machine(machine)
    with act("machines.retired", by=by, reason=reason) as done:
        found.retired = True
        found.save()
        done.tell(found)
    return found


def enter_item(
    *,
    by: Actor,
    code: str,
    kind: Literal["plate", "recoater", "filter", "window", "mesh"],
    title: str,
    material: str = "",
    life_unit: Literal["", "h", "builds", "kg", "L"] = "",
    life_max: Decimal | None = None,
    life_used: Decimal = Decimal(0),
    thickness_um: int | None = None,
) -> Item:
    """Enter a tool or consumable with its label and its life."""
    permit(by, "machines.enter_item")
    if Item.objects.filter(code=code).exists():
        raise RuleBroken("item_code_taken", item=code)
    with act("machines.item_entered", by=by) as done:
        item = Item.objects.create(
            code=code,
            kind=kind,
            title=title,
            material=material,
            life_unit=life_unit,
            life_max=life_max,
            life_used=life_used,
            thickness_um=thickness_um,
        )
        done.tell(item, title=title, life_unit=life_unit, life_max=life_max, thickness_um=thickness_um)
    return item


def fit(*, by: Actor, machine: str, item: str) -> Item:
    """Fit a scanned plate, recoater or filter on a machine; the one it replaces comes off."""
    permit(by, "machines.fit")
    target, new = queries.machine(machine), queries.item(item)
    reasons = rules.fit_reasons(queries.seen(new), machine=target.code, machine_material=target.material)
    if reasons:
        raise Refused(reasons)
    with act("machines.fitted", by=by) as done:
        old = Item.objects.filter(fitted_on=target, kind=new.kind).exclude(pk=new.pk).first()
        if old:
            old.fitted_on, old.state = None, "available"
            old.save()
        new.fitted_on, new.state = target, "fitted"
        new.save()
        done.tell(target, new, old, machine=target.ref, item=new.ref, life_used=new.life_used, life_max=new.life_max)
    return new


def take_off(*, by: Actor, item: str, worn: bool = False, reason: str = "") -> Item:
    """Take a tool or consumable off its machine; worn out, it is not used again."""
    permit(by, "machines.fit")
    found = queries.item(item)
    with act("machines.taken_off", by=by, reason=reason) as done:
        done.tell(found.fitted_on, found, item=found.ref, worn=worn)
        found.fitted_on, found.state = None, "retired" if worn else "available"
        found.save()
    return found


def use_life(*, by: Actor, machine: str, unit: Literal["h", "builds", "kg", "L"], amount: Decimal) -> None:
    """Count hours, builds or kilograms on everything fitted that is worn by them."""
    found = queries.machine(machine)
    with act("machines.life_used", by=by) as done:
        used = {}
        for item in Item.objects.filter(fitted_on=found, life_unit=unit):
            item.life_used += amount
            item.save()
            used[item.ref] = item.life_used
        done.tell(found, *used, unit=unit, amount=amount, used=used)


def tell_machine(
    *, by: Actor, machine: str, verb: str, args: dict[str, Any] | None = None, about: str = ""
) -> MachineCommand:
    """Tell a machine what to do; its gateway fetches the order and answers once."""
    permit(by, "machines.tell")
    found = queries.machine(machine)
    if verb not in rules.VERBS:
        raise RuleBroken("no_such_verb", verb=verb)
    if not found.driver:
        raise RuleBroken("machine_not_connected", machine=found.ref, lifted_by=("methods",))
    with act("machines.told", by=by) as done:
        command = MachineCommand.objects.create(
            id=uuid7(),
            machine=found,
            verb=verb,
            args=args or {},
            about=about,
            ordered_by=by.person,
            ordered_at=clock.now(),
        )
        done.tell(found, about, machine=found.ref, verb=verb, args=args or {}, command=str(command.id))
    return command


def switch(*, by: Actor, machine: str, power: Literal["on", "off"]) -> MachineCommand:
    """Switch a machine on or off: power-on may need the employer's authorisation, checked at this very moment."""
    permit(by, "machines.switch")
    return tell_machine(by=by, machine=machine, verb=f"power_{power}")


def answer(*, by: Actor, command: str, ok: bool, code: str = "", values: dict[str, Any] | None = None) -> None:
    """What the machine answered to an order; the same answer sent again changes nothing."""
    found = queries.command(command)
    if found.state != "waiting":
        return
    with act("machines.answered", by=by) as done:
        found.state = "done" if ok else "failed"
        found.result = {"ok": ok, "code": code, **(values or {})}
        found.answered_at = clock.now()
        found.save()
        if ok and found.verb in ("power_on", "power_off"):
            Machine.objects.filter(pk=found.machine_id).update(power=found.verb.removeprefix("power_"))
        done.tell(
            found.machine, found.about, machine=found.machine.ref, verb=found.verb, ok=ok, code=code,
            values=values or {}, command=str(found.id),
        )
        registry.tell(by, found)

