"""How a routing is told on a page: limits in words, rates worked out, differences named."""

from decimal import Decimal
from typing import Any

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import number, percent
from strate.workshop.routings import rules, wording
from strate.workshop.routings.models import RoutingVersion


def state(each: RoutingVersion) -> dict[str, Any]:
    """The chip of a version."""
    word, look = wording.ROUTING_STATES[each.state]
    return {"word": word, "look": look}


def version(each: RoutingVersion) -> dict[str, Any]:
    """A version ready to be read or printed."""
    content = rules.read(each.content)
    return {
        "version": each,
        "content": content,
        "state": state(each),
        "operations": [(o, wording.OPERATION_KINDS[o.kind]) for o in content.operations],
        "limits": [
            (word, limit(name, content.limits[name].value), content.limits[name].source)
            for name, word in wording.LIMIT_NAMES.items()
            if name in content.limits
        ],
        "rate": _rounded(content.parameters.rate_mm3_s),
        "energy": _rounded(content.parameters.energy_j_mm3),
        "authors": [hooks.name_of(person) for person in each.authors],
        "approved_by": hooks.name_of(each.approved_by) if each.approved_by else "",
    }


def limit(name: str, value: Decimal) -> str:
    """A limit with its unit."""
    unit = rules.LIMITS[name]
    if unit == "share":
        return percent(value)
    return number(value) if unit == "builds" else f"{number(value)}\u202f{unit}"


def _rounded(value: Decimal | None) -> str:
    return number(round(value, 2)) if value is not None else "—"
