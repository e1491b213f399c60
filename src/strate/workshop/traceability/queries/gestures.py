"""What was done to the powder on its way: received, released, opened, dried, sieved, blended, weighed back."""

from collections.abc import Iterable

from strate.workshop.things import queries as things
from strate.workshop.things.queries import Entry
from strate.workshop.traceability.queries.builds import some_of

MOST = 200
KINDS = tuple(
    f"feedstock.{gesture}"
    for gesture in (
        "stock_imported",
        "received",
        "checked",
        "released",
        "opened",
        "put_in_oven",
        "dried",
        "sampled",
        "sieved",
        "blended",
        "weighed_back",
        "unloaded",
        "contaminated",
    )
)

__all__ = ["KINDS", "MOST", "Entry", "done_to"]


def done_to(lots: Iterable[str], most: int = MOST) -> list[Entry]:
    """These gestures on these lots (`lot:…`), the latest first, each once however many of the lots it speaks of."""
    found = {e.event: e for some in some_of(lots) for e in things.histories(some, KINDS, most)}
    return sorted(found.values(), key=lambda each: (each.at, each.event), reverse=True)[:most]
