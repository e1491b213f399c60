"""Drums, bottles, silos, hoppers and bins: labelled, described, moved on the floor, taken out of use."""

from typing import Any, Literal

from strate.workshop.doors.texts import Code, Title, Word
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.actions.ledger import must_weigh
from strate.workshop.feedstock.models import PowderContainer
from strate.workshop.feedstock.rules.typed import Mass
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.machines import queries as machines
from strate.workshop.people.roles import permit

Kind = Literal["drum", "bottle", "bag", "silo", "hopper", "bin"]
Seal = Literal["", "whole", "broken", "none"]


def new_container(
    *,
    by: Actor,
    container: Code,
    kind: Kind = "drum",
    place: Word = "",
    inside: Title = "",
    tare_mg: Mass | None = None,
    capacity_mg: Mass | None = None,
) -> PowderContainer:
    """Give a drum, a silo, a hopper or a machine's bin its label; one label is on one container."""
    permit(by, "feedstock.container")
    code = new_label(container)
    values = _described(code, place=place, inside=inside, tare_mg=tare_mg, capacity_mg=capacity_mg)
    with act("feedstock.container_labelled", by=by) as done:
        made = PowderContainer.objects.create(code=code, kind=kind, since=done.happened_at, **values)
        done.tell(made, inside, container=made.ref, kind=kind, **values)
    return made


def change_container(
    *,
    by: Actor,
    container: Word,
    kind: Kind = "drum",
    place: Word = "",
    inside: Title = "",
    tare_mg: Mass | None = None,
    capacity_mg: Mass | None = None,
    seal: Seal = "",
) -> PowderContainer:
    """Correct what is known of a container: where it stands, its tare, what it can hold."""
    permit(by, "feedstock.container")
    known = queries.container(container)
    values: dict[str, Any] = _described(
        known.code, place=place, inside=inside, tare_mg=tare_mg, capacity_mg=capacity_mg
    )
    values |= {"kind": kind, "seal": seal}
    holds_mg = queries.content(known.ref).mass_mg
    if capacity_mg is not None and holds_mg > capacity_mg:
        raise RuleBroken(
            "container_too_small", container=known.ref, holds_mg=holds_mg, capacity_mg=capacity_mg
        )
    before = {name: getattr(known, name) for name in values}
    with act("feedstock.container_changed", by=by) as done:
        PowderContainer.objects.filter(pk=known.pk).update(**values)
        known.refresh_from_db()
        done.tell(known, inside, container=known.ref, before=before, after=values)
    return known


def retire_container(*, by: Actor, container: Word) -> PowderContainer:
    """Take an empty container out of use; its label is never given again."""
    permit(by, "feedstock.container")
    known = queries.container(container)
    inside = queries.content(known.ref)
    if inside.mass_mg:
        raise RuleBroken("container_not_empty", container=known.ref, lot=f"lot:{inside.portions[0].lot}")
    with act("feedstock.container_retired", by=by) as done:
        if not PowderContainer.objects.filter(pk=known.pk, retired=False).update(retired=True):
            raise RuleBroken("container_out_of_use", container=known.ref)
        known.retired = True
        done.tell(known, container=known.ref)
    return known


def new_label(label: str) -> str:
    """A label that no container bears, nor bore."""
    code = label.removeprefix("container:").strip()
    if not code:
        raise RuleBroken("field_missing", field="container")
    if "/" in code:
        raise RuleBroken("field_not_understood", field="container", value=code)
    if taken := PowderContainer.objects.filter(code__iexact=code).first():
        raise RuleBroken("container_exists", container=taken.ref)
    return code


def _described(
    code: str, *, place: str, inside: str, tare_mg: int | None, capacity_mg: int | None
) -> dict[str, Any]:
    must_weigh(tare=tare_mg or 0, capacity=capacity_mg or 0)
    inside = inside.strip()
    if inside.startswith("machine:"):
        inside = machines.machine(inside.removeprefix("machine:")).ref
    elif inside:
        inside = queries.container(inside).ref
        if f"container:{code}" in queries.around(inside):
            raise RuleBroken("container_inside_itself", container=f"container:{code}", inside=inside)
    return {"place": place.strip(), "inside": inside, "tare_mg": tare_mg, "capacity_mg": capacity_mg}
