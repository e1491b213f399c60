"""Tools and consumables: entered with their life, fitted by scan, worn by use, taken off."""

from decimal import Decimal
from typing import Literal

from django.db import IntegrityError
from django.db.models import F

from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.machines import queries, rules
from strate.workshop.machines.models import Item
from strate.workshop.machines.rules import Code, Life, LifeUnit, Title, Word
from strate.workshop.notices import actions as notices
from strate.workshop.people.roles import permit


def enter_item(
    *,
    by: Actor,
    code: Code,
    kind: Literal["plate", "recoater", "filter", "window", "mesh"],
    title: Title,
    material: Word = "",
    life_unit: Literal["", "h", "builds", "kg", "L"] = "",
    life_max: Life | None = None,
    life_used: Life = Decimal(0),
    thickness_um: rules.Micrometres | None = None,
) -> Item:
    """Enter a tool or consumable with its label and its life."""
    permit(by, "machines.enter_item")
    reasons = rules.item_reasons(code, title, life_unit=life_unit, life_max=life_max, life_used=life_used)
    if reasons:
        raise Refused(reasons)
    if queries.item_exists(code):
        raise RuleBroken("item_code_taken", item=code)
    told = {"title": title, "life_unit": life_unit, "life_max": life_max, "thickness_um": thickness_um}
    with act("machines.item_entered", by=by) as done:
        try:
            item = Item.objects.create(code=code, kind=kind, material=material, life_used=life_used, **told)
        except IntegrityError as taken:
            raise RuleBroken("item_code_taken", item=code) from taken
        done.tell(item, kind=kind, material=material, life_used=life_used, **told)
    return item


def fit(*, by: Actor, machine: str, item: str) -> Item:
    """Fit a scanned plate, recoater or filter on a machine; the one it replaces comes off."""
    permit(by, "machines.fit")
    target = queries.machine(machine)
    with act("machines.fitted", by=by) as done:
        # Read again under lock: the same plate may be fitted elsewhere at this very moment.
        new = queries.item_for_update(item)
        reasons = rules.fit_reasons(queries.seen(new), machine=target.code, machine_material=target.material)
        reasons += rules.in_service(target.code, retired=target.retired)
        if reasons:
            raise Refused(reasons)
        old = Item.objects.filter(fitted_on=target, kind=new.kind).exclude(pk=new.pk).first()
        if old:
            old.fitted_on, old.state = None, "available"
            old.save(update_fields=["fitted_on", "state"])
        new.fitted_on, new.state = target, "fitted"
        new.save(update_fields=["fitted_on", "state"])
        told = {"life_used": new.life_used, "life_max": new.life_max, "life_unit": new.life_unit}
        done.tell(target, new, old, machine=target.ref, item=new.ref, replaced=old.ref if old else "", **told)
    return new


def take_off(*, by: Actor, item: str, worn: bool = False, reason: Title = "") -> Item:
    """Take a tool or consumable off its machine; worn out, it is not used again."""
    permit(by, "machines.fit")
    with act("machines.taken_off", by=by, reason=reason) as done:
        found = queries.item_for_update(item)
        if found.state == "retired":
            raise RuleBroken("item_retired", item=found.code)
        if found.fitted_on is None and not worn:
            raise RuleBroken("item_not_fitted", item=found.ref)
        machine = found.fitted_on
        done.tell(machine, found, machine=machine.ref if machine else "", item=found.ref, worn=worn)
        found.fitted_on, found.state = None, "retired" if worn else "available"
        found.save(update_fields=["fitted_on", "state"])
    return found


def use_life(*, by: Actor, machine: str, unit: LifeUnit, amount: Decimal) -> None:
    """Count hours, builds or kilograms on what is fitted and worn by them; what nears its end is told."""
    permit(by, "machines.use_life")
    found, more = queries.machine(machine), Decimal(amount)
    if more <= 0 or more >= rules.LIFE_BEYOND:
        raise RuleBroken("life_not_positive", amount=more)
    with act("machines.life_used", by=by) as done:
        worn_by_it = Item.objects.filter(fitted_on=found, life_unit=unit)
        before = {item.pk: item.life_used for item in worn_by_it}
        worn_by_it.update(life_used=F("life_used") + more)
        items = list(worn_by_it.filter(pk__in=before))
        done.tell(found, *items, unit=unit, amount=more, used={i.ref: i.life_used for i in items})
        for item in items:
            if rules.nears_its_end(before[item.pk], item.life_used, item.life_max):
                values = {"item": item.ref, "used": item.life_used, "limit": item.life_max, "unit": unit}
                notices.notify(
                    by=by, to=["role:maintenance"], about=item.ref, code="item_nearly_worn", **values
                )
