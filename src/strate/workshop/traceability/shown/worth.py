"""How used and how old the powder of a trace is, its hours and its properties, as the page says them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from strate.kernels.genealogy import Trace
from strate.workshop.doors.speech import number, percent
from strate.workshop.feedstock import shown as feedstock
from strate.workshop.feedstock.rules import Share
from strate.workshop.feedstock.wording.properties import PROPERTIES
from strate.workshop.traceability.queries.carried import Borne, Property, borne
from strate.workshop.traceability.queries.subject import Subject
from strate.workshop.traceability.wording import KNOWN_HOW

FINEST = Decimal("0.01")


@dataclass(frozen=True)
class Worth:
    """`shares[n]` is the share of the powder that has seen n builds."""

    shares: list[Decimal]
    used: str
    age_max: int
    age_mean: Decimal
    hours_mean: str = ""
    hours_max: str = ""
    hours_how: str = ""
    silent: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    properties: list[dict[str, Any]] = field(default_factory=list)


def worth(of: Subject, back: Trace | None) -> Worth | None:
    """The powder as it was poured: that of a build before the build made it one older."""
    carried = borne(of, back)
    if carried is None:
        return None
    return Worth(
        shares=[Share(units).decimal for units in carried.ages],
        used=percent(Share(carried.used).decimal),
        age_max=carried.age_max,
        age_mean=carried.age_mean.decimal,
        hours_mean=_hours(carried, carried.hours_mean),
        hours_max=_hours(carried, carried.hours_max),
        hours_how=str(KNOWN_HOW["predicted" if carried.hours_known else "unknown"]),
        silent=[ref.removeprefix("build:") for ref in carried.silent],
        declared=carried.declared,
        properties=[_row(each) for each in carried.properties],
    )


def _hours(carried: Borne, units: int) -> str:
    if not carried.hours_known:
        return "—"
    return number(Share(units).decimal.quantize(FINEST, rounding=ROUND_HALF_UP))


def _row(each: Property) -> dict[str, Any]:
    """A property as a line of the table; the prediction is told beside what stands instead of it."""
    instead = each.predicted if each.basis != "predicted" else None
    said: Callable[[Any], str] = feedstock.value_text
    return {
        "name": PROPERTIES[each.code],
        "value": said(each.known) if each.known else _("unknown"),
        "how": KNOWN_HOW[each.basis],
        "basis": each.basis,
        "instead_of": said(instead) if instead else "",
    }
