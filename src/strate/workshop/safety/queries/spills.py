"""The spills: under way, recorded, settled; what a spill form already knows."""

from django.db.models import QuerySet

from strate.workshop.holds import queries as holds
from strate.workshop.journal.refusals import NotFound
from strate.workshop.safety import rules
from strate.workshop.safety.models import Spill


def spill(code: str) -> Spill:
    """A spill by its number (« DA-12 »), with or without its kind."""
    number = code.removeprefix("spill:").upper().removeprefix("DA-")
    found = Spill.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise NotFound("no_such_spill", spill=code)
    return found


def spills(*, also_settled: bool = True) -> QuerySet[Spill]:
    """Latest first."""
    found = Spill.objects.all()
    return found if also_settled else found.exclude(state=rules.SETTLED)


def touched_by(found: Spill) -> list[str]:
    return list(found.things.order_by("pk").values_list("ref", flat=True))


def spills_on(ref: str) -> list[Spill]:
    """The spills that touched a thing."""
    return list(Spill.objects.filter(things__ref=ref).distinct())


def still_held(found: Spill) -> int:
    """How many things this spill stopped are still stopped."""
    return len(holds.from_origin(found.ref)) + len(holds.from_origin(found.anomaly) if found.anomaly else [])
