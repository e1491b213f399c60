"""What a decision of the site is: its kind, its bounds, and how it is read and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.workshop.journal.refusals import RuleBroken

TEXT, WHOLE, NUMBER, CHOICE, SWITCH = "text", "whole", "number", "choice", "switch"
ON, OFF = {"1", "true", "on", "yes"}, {"0", "false", "off", "no", ""}


@dataclass(frozen=True)
class Field:
    """One decision. `source` says who asks for it: a standard, the maker, or « decision of the site »."""

    key: str
    kind: str
    default: Any
    label: Any
    help: Any = ""
    source: Any = ""
    group: str = "site"
    unit: Any = ""
    least: Decimal | None = None
    most: Decimal | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)

    def read(self, text: str) -> Any:
        """The value a text stands for; refused when it is not one."""
        text = str(text).strip()
        if self.kind == SWITCH:
            if text.lower() not in ON | OFF:
                raise self._misread(text)
            return text.lower() in ON
        if self.kind == CHOICE and text not in self.choices:
            raise self._misread(text)
        if self.kind in (WHOLE, NUMBER):
            return self._number(text)
        return text

    def write(self, value: Any) -> str:
        """How a value is kept."""
        return ("1" if value else "0") if self.kind == SWITCH else str(value)

    def _number(self, text: str) -> int | Decimal:
        try:
            value = Decimal(text.replace("\u202f", "").replace(" ", "").replace(",", "."))
        except InvalidOperation:
            raise self._misread(text) from None
        if not value.is_finite() or (self.kind == WHOLE and value != value.to_integral_value()):
            raise self._misread(text)
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            raise RuleBroken(
                "setting_out_of_bounds", setting=str(self.label), least=self.least, most=self.most
            )
        return int(value) if self.kind == WHOLE else value

    def _misread(self, text: str) -> RuleBroken:
        return RuleBroken("setting_not_understood", setting=str(self.label), value=text[:60])
