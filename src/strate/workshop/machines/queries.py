"""Reading the hall: machines, what is fitted on them, what they have been told."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines.models import Item, Machine, MachineCommand
from strate.workshop.machines.rules import SEEN_DONE, UNKNOWN, ItemSeen

_MACHINE = Question(lambda code: Machine.objects.filter(code=code))
_HELD_STILL = Question(lambda code: Machine.objects.select_for_update().filter(code=code))
_PLACE = Question(lambda code: Machine.objects.filter(code=code).values_list("place", flat=True))


def machine(code: str) -> Machine:
    """A machine by its code (or reference)."""
    return _known(code, _MACHINE)


def _known(code: str, ask: Question[Machine]) -> Machine:
    found = ask.first(code.removeprefix("machine:"))
    if not found:
        raise NotFound("no_such_machine", machine=code)
    return found


def stands_at(code: str) -> str:
    """The place where a machine stands; empty when it is not known."""
    return _PLACE.first(code.removeprefix("machine:")) or ""


def machines(kind: str = "") -> QuerySet[Machine]:
    """The machines in service."""
    found = Machine.objects.filter(retired=False)
    return found.filter(kind=kind) if kind else found


def hall(text: str = "") -> QuerySet[Machine]:
    """The machines in service in their places, with what is fitted on them."""
    found = machines().prefetch_related(Prefetch("items", Item.objects.order_by("kind")))
    found = found.filter(Q(code__icontains=text) | Q(title__icontains=text)) if text else found
    return found.order_by("place", "kind", "code")


def codes() -> set[str]:
    """Every code ever given to a machine."""
    return set(Machine.objects.values_list("code", flat=True))


def simulated() -> frozenset[str]:
    """The machines on which nothing is made: what is done there is training."""
    return frozenset(Machine.objects.filter(simulated=True).values_list("code", flat=True))


def item(code: str) -> Item:
    """A tool or consumable by its code or reference (`plate:PL-07`)."""
    return _one_item(Item.objects.select_related("fitted_on"), code)


def held_still(code: str) -> Machine:
    """The machine, its row locked until the act ends: of two who pour into it, one is judged after the other."""
    return _known(code, _HELD_STILL)


def item_for_update(code: str) -> Item:
    """The same inside an act: nobody else may fit it meanwhile."""
    return _one_item(Item.objects.select_related("fitted_on").select_for_update(of=("self",)), code)


def _one_item(among: QuerySet[Item], code: str) -> Item:
    kind, sep, rest = code.partition(":")
    first = (among.filter(kind=kind, code=rest) if sep else among.filter(code=code)).first()
    if not first:
        raise NotFound("no_such_item", item=code)
    return first


def item_exists(code: str) -> bool:
    return Item.objects.filter(code=code).exists()


def items(kind: str = "", text: str = "") -> QuerySet[Item]:
    found = Item.objects.select_related("fitted_on").exclude(state="retired")
    found = found.filter(kind=kind) if kind else found
    return found.filter(Q(code__icontains=text) | Q(title__icontains=text)) if text else found


def fitted(machine_code: str) -> dict[str, Item]:
    """What is fitted on a machine, by kind."""
    found = Item.objects.filter(fitted_on__code=machine_code.removeprefix("machine:"))
    return {each.kind: each for each in found}


def fitted_refs(machine_code: str) -> list[str]:
    """The references of what is fitted on a machine."""
    return [each.ref for each in Item.objects.filter(fitted_on__code=machine_code.removeprefix("machine:"))]


def seen(each: Item) -> ItemSeen:
    """An item as the rules see it."""
    return ItemSeen(
        code=each.code,
        kind=each.kind,
        material=each.material,
        state=each.state,
        fitted_on=each.fitted_on.code if each.fitted_on else "",
        life_used=each.life_used,
        life_max=each.life_max,
        life_unit=each.life_unit,
        thickness_um=each.thickness_um,
    )


def waiting_commands(machine_code: str) -> QuerySet[MachineCommand]:
    """What the gateway still has to do on a machine, oldest first."""
    code = machine_code.removeprefix("machine:")
    found = MachineCommand.objects.filter(machine__code=code, state="waiting")
    return found.select_related("machine").order_by("ordered_at")


def commands_of(machine_codes: Iterable[str]) -> QuerySet[MachineCommand]:
    """What these machines were told, latest first."""
    found = MachineCommand.objects.filter(machine__code__in=list(machine_codes))
    return found.select_related("machine").order_by("-ordered_at")


def command(command_id: str) -> MachineCommand:
    """An order given to a machine, by its number."""
    try:
        found = MachineCommand.objects.select_related("machine").filter(pk=UUID(command_id)).first()
    except ValueError:
        found = None
    if not found:
        raise NotFound("no_such_command", command=command_id)
    return found


def in_doubt(machine_code: str, verb: str, about: str, *, or_by_sight: bool = False) -> MachineCommand | None:
    """The latest order of this kind, when nobody knows what the machine made of it (or only somebody who looked)."""
    found = last_command(machine_code, verb, about)
    codes = (UNKNOWN, SEEN_DONE) if or_by_sight else (UNKNOWN,)
    return found if found is not None and found.result.get("code") in codes else None


def command_for_update(command_id: str) -> MachineCommand:
    """The same inside an act: nobody else settles it meanwhile."""
    found = command(command_id)
    return MachineCommand.objects.select_related("machine").select_for_update(of=("self",)).get(pk=found.pk)


def last_command(machine_code: str, verb: str, about: str = "") -> MachineCommand | None:
    """The latest order of this kind given to a machine, and its answer."""
    found = MachineCommand.objects.filter(machine__code=machine_code.removeprefix("machine:"), verb=verb)
    found = found.filter(about=about) if about else found
    return found.order_by("-ordered_at").first()
