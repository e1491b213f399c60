"""How an exchange file is shown: its measures and every finding in words, with how grave it is."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from strate.kernels.geometry.refusal import FileRefused, Finding
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from strate.workshop.doors.speech import NARROW
from strate.workshop.parts import rules, wording
from strate.workshop.parts.models import ExchangeFile
from strate.workshop.parts.said import lang, short, thousands, unbroken, volume_said
from strate.workshop.parts.shown_layers import named, other_facts

CHIPS = {"verified": "to_check", "approved": "approved", "retired": "obsolete", "refused": "refused"}
SEVERITIES = {"refuse": "refused", "warn": "to_check", "info": "idle"}
GRAVEST_FIRST = ("refuse", "warn", "info")
LEAST_SHOWN_MM = 0.01
# More findings of one kind than this are one line that opens.
FEW = 3


@dataclass(frozen=True)
class Found:
    """One thing the kernel has seen, in words."""

    state: str
    word: str
    said: str
    where: str
    # x y z in mm, as the viewer reads it.
    point: str = ""
    group: Any = ""
    # The number of the triangle in the file, from 1.
    triangle: int | None = None
    # What the kernel calls it, and its place among the findings of the file, from 1.
    code: str = ""
    number: int = 0


@dataclass(frozen=True)
class Alike:
    """Findings of one kind: the first is read at once, the others are a tap away when they are many."""

    first: Found
    others: list[Found]


@dataclass(frozen=True)
class FileShown:
    """An exchange file with its verdict."""

    file: ExchangeFile
    state: str
    word: Any
    usable: bool
    why_not: str
    facts: list[tuple[Any, Any]]
    findings: list[Found]
    height_um: int
    # "mesh", "layers", or "opaque" for what only its maker can read.
    family: str
    # What to do with a file that is refused.
    way_on: Any = ""

    @property
    def alike(self) -> list[Alike]:
        return gathered(self.findings)


def file_shown(file: ExchangeFile) -> FileShown:
    """The file as its card shows it; what the kernel found decides, whatever the column says."""
    sound = rules.may_be_printed(file.verdict, file.digest)
    state = file.state if sound else rules.REFUSED
    findings = [] if "code" in file.verdict else findings_shown(file.verdict)
    family = file.verdict.get("family", "mesh")
    return FileShown(
        file=file,
        state=CHIPS.get(state, state),
        word=wording.STATES.get(_called(state, file.verdict), state),
        usable=sound and state == rules.APPROVED,
        why_not=_unreadable(file.verdict),
        facts=_facts(file.verdict),
        findings=findings,
        height_um=int(file.verdict.get("height_um") or 0),
        family=family,
        way_on=_way_on(state, file.verdict, family),
    )


def _called(state: str, verdict: dict[str, Any]) -> str:
    """Of a closed format nothing was verified but its name: it is not called verified."""
    return "unverifiable" if (state, verdict.get("state")) == (rules.VERIFIED, "unknown") else state


def _way_on(state: str, verdict: dict[str, Any], family: str) -> Any:
    if state != rules.REFUSED:
        return ""
    return wording.WAYS_ON.get("unreadable" if "code" in verdict else family, "")


def _unreadable(verdict: dict[str, Any]) -> str:
    """Why the kernel would not read the file at all."""
    if "code" not in verdict:
        return ""
    return refusal_said(FileRefused(verdict["code"], **verdict.get("values", {})))


def refusal_said(refused: FileRefused) -> str:
    """Why the kernel will not read a file, in words."""
    try:
        return unbroken(say_refusal(refused, lang()))
    except (KeyError, IndexError):
        # Kept by a later version that knows more words than this one.
        return str(refused)


def findings_shown(verdict: dict[str, Any]) -> list[Found]:
    """What the kernel found, in words, the gravest group first."""
    words = {"refuse": _("Must not be made"), "warn": _("To be looked at"), "info": _("Good to know")}
    seen = [*verdict.get("findings", ()), *(verdict.get("deep") or {}).get("findings", ())]
    gravest = _gravest(seen)
    first = {f["code"]: at for at, f in reversed(list(enumerate(seen)))}
    return [
        Found(
            SEVERITIES[f["severity"]],
            words[f["severity"]],
            _said(f),
            _where(point),
            _plain(point),
            wording.GROUPS[wording.group_of(f["code"])],
            f.get("triangle"),
            f["code"],
            number,
        )
        for number, f in enumerate(sorted(seen, key=lambda f: _rank(f, gravest, first)), start=1)
        for point in (f.get("point_mm"),)
    ]


def gathered(findings: list[Found]) -> list[Alike]:
    """Many findings of one kind become one line that opens; a few stay as they are."""
    kinds = [list(those) for _kind, those in groupby(findings, key=lambda f: (f.group, f.state, f.code))]
    return [
        each
        for those in kinds
        for each in (
            [Alike(those[0], those[1:])] if len(those) > FEW else [Alike(found, []) for found in those]
        )
    ]


def _rank(found: dict[str, Any], gravest: dict[str, int], first: dict[str, int]) -> tuple[int, str, int, int]:
    """The group of the gravest finding first; in each group the gravest first, one kind after the other."""
    group = wording.group_of(found["code"])
    return gravest[group], group, GRAVEST_FIRST.index(found["severity"]), first[found["code"]]


def _gravest(seen: list[dict[str, Any]]) -> dict[str, int]:
    """How grave the gravest finding of each group is."""
    found: dict[str, int] = {}
    for each in seen:
        group, grave = wording.group_of(each["code"]), GRAVEST_FIRST.index(each["severity"])
        found[group] = min(grave, found.get(group, grave))
    return found


def _said(found: dict[str, Any]) -> str:
    values = {name: _readable(name, value) for name, value in found.get("values", {}).items()}
    try:
        return unbroken(say_finding(Finding(found["code"], found["severity"], values), lang()))
    except (KeyError, IndexError):
        return str(found["code"])


def _readable(name: str, value: Any) -> Any:
    """A measure without the digits nobody can act upon; what is very small keeps them, but no wall is 0 mm."""
    if name == "wall_mm" and float(value) < LEAST_SHOWN_MM:
        return _("less than %(limit)s") % {"limit": short(LEAST_SHOWN_MM)}
    if not isinstance(value, float) or abs(value) < LEAST_SHOWN_MM:
        return value
    return round(value, 2 if abs(value) >= 1 else 3)


def _where(point: Any) -> str:
    return f"x {short(point[0])} · y {short(point[1])} · z {short(point[2])}{NARROW}mm" if point else ""


def _plain(point: Any) -> str:
    return " ".join(f"{side:.4f}" for side in point) if point else ""


def _facts(verdict: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What was measured, as a person compares it with the drawing."""
    if "family" in verdict:
        return other_facts(verdict)
    if "triangles" not in verdict:
        return []
    facts: list[tuple[Any, Any]] = [(_("Closed"), _("yes") if verdict["closed"] else _("no"))]
    if box := verdict.get("box"):
        sides = [high - low for low, high in zip(box["low"], box["high"], strict=True)]
        facts.append((_("Box"), f"{' × '.join(map(short, sides))}{NARROW}mm"))
    if "shell_count" in verdict:
        facts.append((_("Shells"), thousands(verdict["shell_count"])))
    if "volume_mm3" in verdict:
        facts.append((_("Volume"), volume_said(verdict)))
    if "area_mm2" in verdict:
        facts.append((_("Surface"), f"{short(verdict['area_mm2'] / 100)}{NARROW}cm²"))
    if verdict.get("layers"):
        facts.append((_("Layers"), _layers(verdict)))
    facts += _deep_facts(verdict.get("deep"))
    facts.append((_("Triangles"), thousands(verdict["triangles"])))
    if verdict.get("unit"):
        facts.append((_("Unit"), _unit(verdict)))
    return facts + named(verdict)


def _unit(verdict: dict[str, Any]) -> str:
    """The unit of the file, who says so, and whether the size makes one doubt it."""
    told, doubt = bool(verdict.get("unit_said_by_file")), bool(verdict.get("unit_doubt"))
    said = {
        (True, False): _("%(unit)s (said by the file)"),
        (True, True): _("%(unit)s (said by the file, in doubt)"),
        (False, False): _("%(unit)s (assumed)"),
        (False, True): _("%(unit)s (assumed, in doubt)"),
    }
    return said[told, doubt] % {"unit": wording.UNITS.get(verdict["unit"], verdict["unit"])}


def _layers(verdict: dict[str, Any]) -> str:
    """Layers are counted up: the last one begun counts as one, and is said when it is thinner."""
    last = verdict.get("last_layer_um")
    values = {"count": thousands(verdict["layers"]), "um": verdict["layer_um"], "last_um": last}
    if last in (None, verdict["layer_um"]):
        return _("%(count)s × %(um)s µm") % values
    return _("%(count)s × %(um)s µm (the last one %(last_um)s µm)") % values


def _deep_facts(deep: dict[str, Any] | None) -> list[tuple[Any, Any]]:
    """What the slow look measured; nothing when it was not made."""
    if not deep:
        return [(_("Slow checks"), _("not made"))]
    facts = []
    if walls := deep["walls"]:
        facts.append((_("Thinnest wall"), _thinnest(walls["thinnest_mm"], deep["limits"]["wall_mm"])))
    if hanging := deep["overhangs"]:
        area = f"{short(hanging['area_mm2'])}{NARROW}mm²" if hanging["area_mm2"] else _("nothing")
        facts.append((_("To be supported"), area))
    if deep["skipped"]:
        facts.append((_("Slow checks"), _("not all made: the skin is not whole")))
    return facts


def _thinnest(thin_mm: float | None, limit_mm: float) -> str:
    if thin_mm is None:
        return _("above %(limit)s") % {"limit": f"{short(limit_mm)}{NARROW}mm"}
    if thin_mm < LEAST_SHOWN_MM:
        return _("below %(limit)s") % {"limit": f"{short(LEAST_SHOWN_MM)}{NARROW}mm"}
    return f"{short(thin_mm)}{NARROW}mm"
