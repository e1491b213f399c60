"""What every verdict says first, whatever the file holds: which file it is, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from strate.kernels.geometry.refusal import Finding
from strate.kernels.geometry.skin.boxes import finding_from, finding_plain

State = Literal["sound", "findings", "refused", "unknown"]


@dataclass(frozen=True)
class Identified:
    """A file by its fingerprint, and the findings on it."""

    sha256: str
    size_bytes: int
    format: str
    names: tuple[str, ...]
    findings: tuple[Finding, ...] = field(kw_only=True)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        return self.findings

    @property
    def state(self) -> State:
        """`refused`: a finding forbids printing; `findings`: a person must look; `sound`: all is well."""
        grades = {finding.severity for finding in self.all_findings}
        if "refuse" in grades:
            return "refused"
        return "findings" if "warn" in grades else "sound"

    @property
    def may_be_printed(self) -> bool:
        return self.state != "refused"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` gives the same verdict back."""
        return asdict(self) | {"findings": [finding_plain(f) for f in self.findings], "state": self.state}


def fields_from(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a verdict from its plain values; those of one family alone are still plain."""
    fields = {name: value for name, value in plain.items() if name not in ("state", "family")}
    fields["names"] = tuple(plain["names"])
    fields["findings"] = tuple(finding_from(f) for f in plain["findings"])
    return fields


def pairs_from(plain: Any) -> tuple[tuple[str, str], ...]:
    """What the file says of itself, name by name."""
    return tuple((str(name), str(value)) for name, value in plain)
