"""The family of a lot before its gates: what it is made of that is stopped now, and what was made of it since."""

from collections.abc import Iterable, Sequence

from strate.workshop.feedstock import genealogy
from strate.workshop.feedstock.models import Lot
from strate.workshop.holds import queries as holds
from strate.workshop.journal.refusals import Reason

# What happened to a lot where it lies does not concern what had left it before.
ON_THE_SPOT = "touched_by_a_spill"
# Shown on the page of a lot; all of them are in its trace.
SHOWN = 50


def held_ancestors(lots: Iterable[Lot]) -> list[Reason]:
    """Why powder made of a stopped lot is not poured: the lot it comes from, and its hold.

    Nothing more is asked of the database while no lot is stopped. Whoever stopped this very lot for the same reason
    has decided about it: then that hold, or its lifting, is what counts.
    """
    made = [each for each in lots if each.origin != "supplier"]
    standing = [h for h in holds.standing_on("lot") if h.code != ON_THE_SPOT] if made else []
    if not standing:
        return []
    codes = {hold.about.removeprefix("lot:") for hold in standing}
    return [reason for each in made for reason in _above(each, standing, codes)]


def _above(each: Lot, standing: Sequence[holds.Hold], codes: set[str]) -> list[Reason]:
    known = genealogy.lines_up([each.pk])
    numbers = {int(number) for number in known.parent} - {each.pk}
    above = set(Lot.objects.filter(code__in=codes, pk__in=numbers).values_list("code", flat=True))
    if not above:
        return []
    decided = {hold.origin for hold in holds.history(each.ref) if hold.origin}
    return [
        Reason(
            "made_of_held",
            {"lot": each.ref, "ancestor": hold.about, "hold": hold.ref, "by": hold.placed_by},
            source=hold.origin.partition(":")[2],
            lifted_by=tuple(hold.liftable_by),
        )
        for hold in standing
        if hold.about.removeprefix("lot:") in above and hold.origin not in decided
    ]


def made_of(each: Lot) -> tuple[list[Lot], int]:
    """The lots in which powder of this one is, newest first, at most so many of them; and how many in all."""
    known = genealogy.lines_down([each.pk])
    numbers = {int(number) for number in known.child} - {each.pk}
    return list(Lot.objects.filter(pk__in=sorted(numbers)[-SHOWN:]).order_by("-pk")), len(numbers)
