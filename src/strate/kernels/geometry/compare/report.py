"""A comparison as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from strate.kernels.geometry.saying.words import Lang, say, show

_MARKS = {"refuse": "✗", "warn": "!", "info": "·"}

SAYS: dict[str, tuple[str, str]] = {
    "within": ("within tolerance", "dans la tolérance"),
    "out": ("out of tolerance", "hors tolérance"),
    "unknown": ("cannot be said", "on ne peut pas conclure"),
    "measured": ("measured, no tolerance given", "mesuré, sans tolérance donnée"),
    "identical_to_the_byte": ("identical to the byte", "identique à l’octet près"),
    "same_triangles": ("the same triangles", "les mêmes triangles"),
    "same_shape": ("same shape, other triangles", "même forme, autre maillage"),
    "translated": ("moved", "déplacée"),
    "rotated": ("turned", "tournée"),
    "scaled": ("another size", "autre taille"),
    "mirrored": ("mirrored", "en miroir"),
    "changed": ("changed", "modifiée"),
    "moved_and_changed": ("moved and changed", "déplacée et modifiée"),
    "verdict": ("Verdict", "Verdict"),
    "points": ("Points", "Points"),
    "percentiles": ("Deviations", "Écarts"),
    "extremes": ("Least · most", "Min. · max."),
    "rms": ("RMS", "Écart quadratique"),
    "covered": ("Surface scanned", "Surface scannée"),
    "zone": ("Zone", "Zone"),
    "volume": ("Volume", "Volume"),
    "area": ("Surface", "Surface"),
    "box": ("Box", "Encombrement"),
    "triangles": ("Triangles", "Triangles"),
    "shells": ("Shells", "Coques"),
    "added": ("shell added", "coque ajoutée"),
    "removed": ("shell removed", "coque retirée"),
    "moved": ("shell moved", "coque déplacée"),
    "changed_piece": ("shell changed", "coque modifiée"),
    "registration": ("laying the scan on the part", "recalage du scan sur la pièce"),
    "read": ("reading", "lecture"),
    "nominal": ("the nominal", "le nominal"),
    "deviations": ("deviations", "écarts"),
    "coverage": ("coverage", "couverture"),
    "pieces": ("shells", "coques"),
    "skins": ("surfaces", "surfaces"),
    "regions": ("regions", "régions"),
}


def word(code: str, lang: Lang) -> str:
    return SAYS[code][lang == "fr"] if code in SAYS else code


def comparison_lines(answer: Mapping[str, Any], lang: Lang) -> list[str]:
    """What was found, one line each, the findings last."""
    lines = _scan_lines(answer, lang) if answer["kind"] == "scan" else _revision_lines(answer, lang)
    for finding in answer["findings"]:
        place = finding["point_mm"]
        where = "" if place is None else " [" + " ; ".join(_mm(side, lang) for side in place) + "]"
        lines.append(f"{_MARKS[finding['severity']]} {say(finding['code'], finding['values'], lang)}{where}")
    return lines


def _scan_lines(answer: Mapping[str, Any], lang: Lang) -> list[str]:
    lines = [_row("verdict", word(answer["state"], lang), lang)]
    lines += _figure_lines(answer["figures"], lang)
    for zone in answer["zones"]:
        band = f"{_mm(zone['lower_mm'], lang)} … {_mm(zone['upper_mm'], lang)} mm"
        lines.append(_row("zone", f"{zone['name']} ({band}) : {word(zone['state'], lang)}", lang))
        lines += ["  " + line for line in _figure_lines(zone["figures"], lang)]
    return lines


def _figure_lines(figures: Mapping[str, Any], lang: Lang) -> list[str]:
    lines = [_row("points", show(figures["points"], lang), lang)]
    if figures["percentiles_mm"] is not None:
        shares = " · ".join(f"{name} {_mm(value, lang)}" for name, value in figures["percentiles_mm"].items())
        lines.append(_row("percentiles", shares + " mm", lang))
        ends = f"{_mm(figures['least_mm'], lang)} · {_mm(figures['most_mm'], lang)} mm"
        lines += [_row("extremes", ends, lang), _row("rms", f"{_mm(figures['rms_mm'], lang)} mm", lang)]
    percent = show(Decimal(f"{100 * figures['covered']:.1f}"), lang)
    return [*lines, _row("covered", f"{percent}\u202f%", lang)]


def _revision_lines(answer: Mapping[str, Any], lang: Lang) -> list[str]:
    before, after = answer["before"], answer["after"]
    lines = [_row("verdict", word(answer["code"], lang), lang)]
    for name, unit in (("triangles", ""), ("shells", ""), ("volume", " mm³"), ("area", " mm²")):
        field = {"volume": "volume_mm3", "area": "area_mm2"}.get(name, name)
        was, now = (_short(sums[field], lang) for sums in (before, after))
        lines.append(_row(name, f"{was} → {now}{unit}" if was != now else f"{now}{unit}", lang))
    was, now = (_box(sums, lang) for sums in (before, after))
    lines.append(_row("box", f"{was} → {now} mm" if was != now else f"{now} mm", lang))
    for piece in answer["pieces"] or ():
        code = "changed_piece" if piece["what"] == "changed" else piece["what"]
        where = " ; ".join(_mm(side, lang) for side in piece["centre_mm"])
        lines.append(f"· {word(code, lang)} [{where}]")
    return lines


def _box(sums: Mapping[str, Any], lang: Lang) -> str:
    sides = (high - low for low, high in zip(sums["low_mm"], sums["high_mm"], strict=True))
    return " × ".join(_mm(side, lang) for side in sides)


def _short(value: float, lang: Lang) -> str:
    return show(value, lang) if isinstance(value, int) else show(Decimal(f"{value:.2f}"), lang)


def _mm(value: float, lang: Lang) -> str:
    text = show(Decimal(f"{round(value, 3) + 0.0:.3f}"), lang).rstrip("0").rstrip(",.")
    return text.replace("-", "−") if lang == "fr" else text


def _row(name: str, text: str, lang: Lang) -> str:
    return f"{word(name, lang):<22} {text}"
