"""What the safety data sheet of a lot orders for the gesture at hand: what to wear, its route, its waste."""

from collections.abc import Iterable
from typing import Any

from strate.workshop.doors.hooks import hooks
from strate.workshop.feedstock import queries
from strate.workshop.feedstock.models import Lot
from strate.workshop.safety import queries as safety
from strate.workshop.safety import wording as words

# Where a tool is scanned in the forms of the gestures.
TOOLS = ("tool", "sieve_machine", "oven")


def undeclared(each: Lot, typed: Iterable[str]) -> list[str]:
    """The tools of which nobody said for what explosive zone they are made, where this lot stands in one."""
    tools = [queries.tool_ref(tool) for tool in typed if tool.strip()]
    where = queries.stands_at(*queries.places_of(each.code)) if tools else ""
    doubted = queries.undeclared_tools(tools, where)
    return [hooks.title_of(str(reason.values["equipment"])) for reason in doubted]


def orders(each: Lot, *, tools: Iterable[str] = (), tools_url: str = "") -> dict[str, Any]:
    """As a page tells it, by the sheet of the lot and the zone where it stands; what no sheet says is said too.

    `tools_url`: asked again at each tool that is scanned.
    """
    where = queries.stands_at(*queries.places_of(each.code))
    told = safety.guidance("powder", things=[each.ref], place=where)
    return {
        "ppe": told.ppe,
        "ppe_words": told.ppe_words,
        "never": [words.AGENTS[code] for code in told.orders["never"]],
        "recycling": told.recycling,
        "disposal": told.disposal,
        "stream": words.STREAMS.get(queries.waste_stream(each), ""),
        "sources": told.sources,
        "undeclared": undeclared(each, tools),
        "tools_url": tools_url,
    }
