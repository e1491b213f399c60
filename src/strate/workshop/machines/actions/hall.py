"""Entering, amending and retiring what stands in the hall."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from django.db import IntegrityError

from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.machines import queries, rules
from strate.workshop.machines.models import Machine
from strate.workshop.machines.rules import Address, Code, Millimetres, Title, Word
from strate.workshop.people.roles import permit

Kind = Literal["printer", "sieve", "furnace", "depowdering", "saw", "blasting", "scale", "store"]
Family = Literal["metal", "polymer", "sand"]


@dataclass(frozen=True)
class Newcomer:
    """A machine of a list."""

    code: str
    title: str
    kind: str = "printer"
    family: str = "metal"
    model: str = ""
    serial: str = ""
    place: str = ""
    width_mm: int = 0
    depth_mm: int = 0
    height_mm: int = 0
    material: str = ""
    driver: str = ""
    endpoint: str = ""
    simulated: bool = False


def enter(
    *,
    by: Actor,
    code: Code,
    title: Title,
    kind: Kind = "printer",
    family: Family = "metal",
    model: Word = "",
    serial: Word = "",
    place: Word = "",
    width_mm: Millimetres = 0,
    depth_mm: Millimetres = 0,
    height_mm: Millimetres = 0,
    material: Word = "",
    driver: Literal["", "opcua"] = "",
    endpoint: Address = "",
    simulated: bool = False,
) -> Machine:
    """Enter a machine or a peripheral into the hall."""
    permit(by, "machines.administer")
    new = Newcomer(
        code,
        title,
        kind,
        family,
        model,
        serial,
        place,
        width_mm,
        depth_mm,
        height_mm,
        material,
        driver,
        endpoint,
        simulated,
    )
    with act("machines.entered", by=by) as done:
        machine = _create([new])[0]
        done.tell(
            machine,
            title=title,
            kind=kind,
            model=model,
            serial=serial,
            material=material,
            driver=driver,
            simulated=simulated,
        )
    return machine


def import_machines(*, by: Actor, newcomers: Sequence[Newcomer], file_sha256: str = "") -> list[Machine]:
    """Enter every machine of a list at once: all of them or none, one fact."""
    permit(by, "machines.administer")
    with act("machines.imported", by=by) as done:
        created = _create(newcomers)
        done.tell(*created, count=len(created), file_sha256=file_sha256)
    return created


def _create(newcomers: Sequence[Newcomer]) -> list[Machine]:
    known, reasons = queries.codes(), list[Reason]()
    for each in newcomers:
        sides = (each.width_mm, each.depth_mm, each.height_mm)
        reasons += rules.entry_reasons(each.code, each.title, sides, taken=known)
        known.add(each.code)
    if reasons:
        raise Refused(reasons)
    try:
        return Machine.objects.bulk_create([Machine(**asdict(n)) for n in newcomers])
    except IntegrityError as taken:
        # Two people entered the same code in the same second.
        raise RuleBroken("machine_code_taken", machine=newcomers[0].code) from taken


def amend(
    *,
    by: Actor,
    machine: str,
    title: Title,
    model: Word = "",
    serial: Word = "",
    place: Word = "",
    endpoint: Address = "",
    reason: Title = "",
) -> Machine:
    """Change what is written about a machine; the old values stay in the journal."""
    permit(by, "machines.administer")
    found = queries.machine(machine)
    new = {"title": title.strip(), "model": model, "serial": serial, "place": place, "endpoint": endpoint}
    if not new["title"]:
        raise RuleBroken("machine_title_missing")
    old = {name: getattr(found, name) for name in new}
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        raise RuleBroken("nothing_changed")
    with act("machines.amended", by=by, reason=reason) as done:
        for name, value in new.items():
            setattr(found, name, value)
        found.save(update_fields=list(new))
        done.tell(found, old={n: old[n] for n in changed}, new={n: new[n] for n in changed})
    return found


def dedicate(*, by: Actor, machine: str, material: Word) -> Machine:
    """Say for which material a machine is clean from now on: written by the room that saw it cleaned, in its act."""
    found = queries.machine(machine)
    with act("machines.dedicated", by=by) as done:
        before, found.material = found.material, material
        found.save(update_fields=["material"])
        done.tell(found, material=f"material:{material}", before=f"material:{before}" if before else "")
    return found


def retire(*, by: Actor, machine: str, reason: Title) -> Machine:
    """Take a machine out of service for good; its history stays."""
    permit(by, "machines.administer")
    found = queries.machine(machine)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    reasons = rules.retire_reasons(
        found.code, retired=found.retired, fitted=sorted(queries.fitted_refs(found.code))
    )
    if reasons:
        raise Refused(reasons)
    with act("machines.retired", by=by, reason=reason) as done:
        found.retired = True
        found.save(update_fields=["retired"])
        done.tell(found)
    return found
