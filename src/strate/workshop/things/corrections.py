"""The law of corrections: what was written stays, what is right is written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, RuleBroken

if TYPE_CHECKING:
    from strate.workshop.journal.models import Fact

Reader = Callable[[str], Any]
FIGURES = 18


@dataclass(frozen=True)
class Correction:
    """What is being corrected. `old` is what stands now, `value` what is right; `data` is the whole fact."""

    fact: Fact
    field: str
    old: Any
    value: Any
    reason: str
    by: Actor
    data: Mapping[str, Any]
    things: tuple[str, ...]


Apply = Callable[[Correction], None]
Objection = Callable[["Fact"], list[Reason]]


@dataclass(frozen=True)
class Correctable:
    """A kind of fact that can be corrected: which fields, how each is read, how its room follows."""

    what: str
    apply: Apply
    fields: Mapping[str, Reader] = field(default_factory=dict)


_correctable: dict[str, Correctable] = {}
_objections: list[Objection] = []


def register(what: str, apply: Apply, *, fields: Mapping[str, Reader]) -> None:
    """A room says how its fact is corrected: `register("inspection.measured", apply, fields={...})`.

    `apply(correction)` runs inside the act, changes the room's state, refuses what cannot follow.
    """
    if what in _correctable:
        raise RuntimeError(f"the correction of {what} is registered twice")
    _correctable[what] = Correctable(what, apply, dict(fields))


def object_when(fn: Objection) -> Objection:
    """May forbid: `fn(fact)` gives the reasons why this fact is no longer corrected (sealed...)."""
    _objections.append(fn)
    return fn


def of(what: str) -> Correctable | None:
    return _correctable.get(what)


def objections(fact: Fact) -> list[Reason]:
    """Every reason why this fact stays as it is."""
    if fact.what not in _correctable:
        return [Reason("correction_not_possible", {"what": fact.what})]
    return [reason for fn in _objections for reason in fn(fact)]


def decimal(text: str) -> Decimal:
    """A number with a comma or a point; with more figures than anything weighs or measures it is a slip of the hand."""
    try:
        value = Decimal(_bare(text).replace(",", "."))
    except InvalidOperation:
        raise RuleBroken("value_not_a_number", value=text[:40]) from None
    _sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or len(digits) > FIGURES or abs(exponent) > FIGURES:
        raise RuleBroken("value_not_a_number", value=text[:40])
    return value


def kilograms(text: str) -> int:
    """A weight typed in kilograms, kept in whole milligrams."""
    milligrams = decimal(text) * 1_000_000
    if milligrams != milligrams.to_integral_value():
        raise RuleBroken("value_finer_than_a_milligram", value=text[:40])
    return int(milligrams)


def words(text: str) -> str:
    """A text of a few words."""
    return " ".join(text.split())[:500]


def _bare(text: str) -> str:
    return "".join(text.split())
