"""How the house says no: a code with values, never a sentence; the sentence is in each room's `wording`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One thing that stands in the way.

    `code` finds the sentence, `values` fill it; `source` is where the rule comes from (routing, SDS section,
    maker's manual, site decision); `lifted_by` are the roles or rights that can remove it.
    """

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    lifted_by: tuple[str, ...] = ()
    overridable: bool = False


class Refused(Exception):
    """Nothing was written, for all these reasons at once."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(", ".join(f"{r.code}({r.values})" for r in self.reasons))


class RuleBroken(Refused):
    """A refusal for one reason: `raise RuleBroken("too_much_used_powder", share=share, limit=limit)`."""

    def __init__(
        self,
        code: str,
        *,
        source: str = "",
        lifted_by: tuple[str, ...] = (),
        overridable: bool = False,
        **values: Any,
    ) -> None:
        super().__init__([Reason(code, values, source, lifted_by, overridable)])


class NotFound(RuleBroken):
    """The thing named does not exist here."""


class AlreadyDone(Exception):
    """This very command was carried out before; nothing was done twice. `facts` are those it wrote then."""

    def __init__(self, facts: Sequence[str]) -> None:
        self.facts = tuple(facts)
        super().__init__("already done")
