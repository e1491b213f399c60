"""What the safety data sheet of a lot orders for the gesture at hand: what to wear, its route, its waste."""

from collections.abc import Iterable
from typing import Any

from strate.workshop.doors.hooks import hooks
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.models import Lot
from strate.workshop.safety import queries as safety
from strate.workshop.safety import wording as words


def orders(each: Lot, *, tools: Iterable[str] = ()) -> dict[str, Any]:
    """As a page tells it, by the sheet of the lot and the zone where it stands; what no sheet says is said too."""
    where = queries.stands_at(*queries.places_of(each.code))
    told = safety.guidance("powder", things=[each.ref], place=where)
    doubted = queries.undeclared_tools(tools, where)
    return {
        "ppe": told.ppe,
        "ppe_words": told.ppe_words,
        "never": [words.AGENTS[code] for code in told.orders["never"]],
        "recycling": told.recycling,
        "disposal": told.disposal,
        "stream": words.STREAMS.get(queries.waste_stream(each), ""),
        "sources": told.sources,
        "undeclared": [hooks.title_of(str(reason.values["equipment"])) for reason in doubted],
    }
