"""How the scan of a piece is shown: its verdict, the whole and each zone in figures, what was found and where."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.doors.speech import NARROW, number
from strate.workshop.inspection import rules, wording
from strate.workshop.inspection.models import Scan
from strate.workshop.parts import shown
from strate.workshop.parts.said import short
from strate.workshop.parts.shown import Found

CHIPS = {
    rules.WAITING: "running",
    rules.WITHIN: "fine",
    rules.OUT: "refused",
    rules.UNKNOWN: "to_check",
    rules.UNREADABLE: "refused",
}
SHARES = ("p1", "p5", "p50", "p95", "p99")


@dataclass(frozen=True)
class Line:
    """The whole part, or one zone of it: its band, its verdict, its deviations in mm."""

    name: Any
    band: str
    state: str
    word: Any
    shares: list[tuple[str, str]]
    ends: str
    covered: str


@dataclass(frozen=True)
class ScanShown:
    scan: Scan
    state: str
    word: Any
    why_not: str
    lines: list[Line]
    facts: list[tuple[Any, Any]]
    findings: list[Found]

    @property
    def alike(self) -> list[shown.Alike]:
        return shown.gathered(self.findings)


def scan_shown(scan: Scan) -> ScanShown:
    answer = scan.answer
    refused = scan.state == rules.UNREADABLE
    figures = {} if refused else answer
    return ScanShown(
        scan=scan,
        state=CHIPS[scan.state],
        word=wording.SCAN_STATES[scan.state],
        why_not=shown.refusal_said(FileRefused(answer["code"], **answer["values"])) if refused else "",
        lines=_lines(figures) if figures else [],
        facts=_facts(figures) if figures else [],
        findings=shown.findings_shown(figures) if figures else [],
    )


def _lines(answer: dict[str, Any]) -> list[Line]:
    band = answer["tolerance"]
    whole = _line(_("Whole part"), band, answer["whole"], answer["figures"])
    return [whole, *(_line(zone["name"], zone, zone["state"], zone["figures"]) for zone in answer["zones"])]


def _line(name: Any, band: dict[str, Any], state: str, figures: dict[str, Any]) -> Line:
    shares = figures["percentiles_mm"]
    measured = shares is not None
    return Line(
        name=name,
        band=f"{_mm(band['lower_mm'])} … {_mm(band['upper_mm'])}",
        state=CHIPS[state],
        word=wording.SCAN_STATES[state],
        shares=[(share, _mm(shares[share]) if measured else "—") for share in SHARES],
        ends=f"{_mm(figures['least_mm'])} … {_mm(figures['most_mm'])}" if measured else "—",
        covered=_percent(figures["covered"]),
    )


def _facts(answer: dict[str, Any]) -> list[tuple[Any, Any]]:
    figures = answer["figures"]
    facts: list[tuple[Any, Any]] = [(_("Points"), number(str(figures["points"])))]
    if figures["rms_mm"] is not None:
        facts.append((_("RMS deviation"), f"{_mm(figures['rms_mm'])}{NARROW}mm"))
    facts.append((_("Surface scanned"), _percent(figures["covered"])))
    if answer["far_points"] or answer["strays"]:
        facts.append((_("Points left out"), number(str(answer["far_points"] + answer["strays"]))))
    if answer["growth"] is not None:
        facts.append((_("Overall growth"), _percent(answer["growth"], 3)))
    return facts


def zone_shown(zone: dict[str, Any]) -> dict[str, str]:
    """A zone of the routing, in figures."""
    low, high = zone["box_mm"]
    band = f"{_mm(zone['lower_mm'])} … {_mm(zone['upper_mm'])}"
    return {"name": zone["name"], "box": box_said({"low": low, "high": high}), "band": band}


def box_said(box: dict[str, Any] | None) -> str:
    """« x 0 … 60 · y 0 … 40 · z 0 … 20 mm »."""
    if not box:
        return ""
    sides = zip("xyz", box["low"], box["high"], strict=True)
    return " · ".join(f"{axis} {short(low)} … {short(high)}" for axis, low, high in sides) + f"{NARROW}mm"


def _mm(value: float) -> str:
    return number(f"{round(value, 3) + 0.0:.3f}")


def _percent(share: float, digits: int = 1) -> str:
    text = f"{100 * share:.{digits}f}"
    return f"{number(text)}{NARROW}%"
