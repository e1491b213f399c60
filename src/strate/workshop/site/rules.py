"""The laws of the site: which zones a place can be, and that no place lies inside itself."""

from collections.abc import Mapping

from strate.workshop.journal.refusals import Reason

# ATEX 1999/92/EC zones for dust, and the two other hazards a powder shop fences off.
ZONES = ("none", "atex_20", "atex_21", "atex_22", "cmr", "inert")


def goes_round(parents: Mapping[str, str], *, place: str, parent: str) -> Reason | None:
    """A hall cannot be inside one of its own cabinets."""
    seen, here = {place}, parent
    while here:
        if here in seen:
            return Reason("place_inside_itself", {"place": place, "parent": parent})
        seen.add(here)
        here = parents.get(here, "")
    return None
