"""What is shown of a file cut into layers, and of one that only its maker can read."""

from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.doors.speech import NARROW
from strate.workshop.parts.said import short, thousands, volume_said

Facts = list[tuple[Any, Any]]
# More names than this, or longer ones, are not read on a card.
NAMES, NAME_SIGNS = 6, 60


def other_facts(verdict: dict[str, Any]) -> Facts:
    """The measures of a layer file; of a closed format only its identity, the rest as unknown."""
    return _layer_facts(verdict) if verdict["family"] == "layers" else _opaque_facts(verdict)


def _layer_facts(verdict: dict[str, Any]) -> Facts:
    box = verdict["box"]
    sides = [high - low for low, high in zip(box["low"], box["high"], strict=True)]
    facts: Facts = [
        (_("Format"), _format(verdict["format"])),
        (_("Layers"), _layers(verdict)),
        (_("Box"), f"{' × '.join(map(short, sides))}{NARROW}mm"),
        (_("Volume"), volume_said(verdict)),
    ]
    if verdict["contours"]:
        facts.append((_("Contours"), _metres(verdict["contours"], verdict["contour_mm"])))
    if verdict["open_lines"]:
        facts.append((_("Open lines"), thousands(verdict["open_lines"])))
    if verdict["hatches"]:
        facts.append((_("Hatches"), _metres(verdict["hatches"], verdict["hatch_mm"])))
    facts += [(_("Laser"), _beam(beam)) for beam in verdict["beams"] if beam["power_w"] or beam["speed_mm_s"]]
    if verdict["exposure_s"]:
        facts.append((_("Exposure"), f"{short(verdict['exposure_s'] / 60)}{NARROW}min"))
    return facts + named(verdict)


def named(verdict: dict[str, Any]) -> Facts:
    """The title and the objects a 3MF names: several parts may lie in one file."""
    names = [name[:NAME_SIGNS] for name in verdict.get("names") or ()]
    if not str(verdict.get("format", "")).startswith("3mf") or not names:
        return []
    more = [f"+{NARROW}{thousands(len(names) - NAMES)}"] if len(names) > NAMES else []
    return [(_("Named in the file"), " · ".join(names[:NAMES] + more))]


def _opaque_facts(verdict: dict[str, Any]) -> Facts:
    """What nobody could verify is called unknown, line by line."""
    unknown = _("unknown")
    said = [(_("The file says"), value) for name, value in verdict["header"] if name != "first_bytes"]
    names = (_("Layers"), _("Box"), _("Volume"), _("Unit"))
    return [(_("Format"), _format(verdict["format"])), *said, *((name, unknown) for name in names)]


def _layers(verdict: dict[str, Any]) -> str:
    if verdict["layer_um"]:
        return f"{thousands(verdict['layers'])} × {verdict['layer_um']}{NARROW}µm"
    if verdict["least_um"] is None:
        return thousands(verdict["layers"])
    least, most = short(verdict["least_um"]), short(verdict["most_um"])
    return _("%(count)s, from %(least)s to %(most)s µm") % {
        "count": thousands(verdict["layers"]),
        "least": least,
        "most": most,
    }


def _metres(count: int, length_mm: float) -> str:
    return f"{thousands(count)} · {short(length_mm / 1000)}{NARROW}m"


def _beam(beam: dict[str, Any]) -> str:
    power = "—" if beam["power_w"] is None else f"{short(beam['power_w'])}{NARROW}W"
    speed = "—" if beam["speed_mm_s"] is None else f"{short(beam['speed_mm_s'])}{NARROW}mm/s"
    return f"{power} · {speed} · {short(beam['length_mm'] / 1000)}{NARROW}m"


def _format(code: str) -> str:
    """« cli-ascii » as it is written in a workshop: « CLI (ASCII) »."""
    name, _dash, kind = code.upper().partition("-")
    return f"{name} ({kind})" if kind else name
