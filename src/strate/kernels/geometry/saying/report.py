"""The verdict and the weighing as a person reads them on a page or in a terminal."""

from __future__ import annotations

import os
from typing import Any

from strate.kernels.geometry.judging.layer_verdict import LayerVerdict, OpaqueVerdict
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.judging.verdicts import AnyVerdict
from strate.kernels.geometry.refusal import Refused
from strate.kernels.geometry.saying.report_layers import Rows, layer_rows, opaque_rows
from strate.kernels.geometry.saying.words import LABELS, Lang, say_finding, say_refusal, short, show
from strate.kernels.geometry.shop.powder import PowderNeed, shown_kg

_MARKS = {"refuse": "✗", "warn": "!", "info": "·"}


def lang_of(chosen: str | None) -> Lang:
    """The language asked for, else that of the terminal, French first."""
    if chosen is None:
        chosen = "en" if os.environ.get("LANG", "").startswith("en") else "fr"
    return "en" if chosen == "en" else "fr"


def refusal_dict(refused: Refused, lang: Lang) -> dict[str, Any]:
    sentence = say_refusal(refused, lang)
    return {"state": "unreadable", "code": refused.code, "values": refused.values, "sentence": sentence}


def report_lines(verdict: AnyVerdict, lang: Lang) -> list[str]:
    """A verdict, one line for each thing worth knowing, the findings last."""
    rows = [
        ("state", LABELS[f"state_{verdict.state}"][lang == "fr"]),
        ("sha256", verdict.sha256),
        ("format", f"{verdict.format}, {show(verdict.size_bytes, lang)} {LABELS['bytes'][lang == 'fr']}"),
    ]
    match verdict:
        case LayerVerdict():
            rows += layer_rows(verdict, lang)
        case OpaqueVerdict():
            rows += opaque_rows(verdict, lang)
        case _:
            rows += _mesh_rows(verdict, lang)
    return [_row(name, text, lang) for name, text in rows] + [
        f"{_MARKS[finding.severity]} {say_finding(finding, lang)}{_where(finding.point_mm, lang)}"
        for finding in verdict.all_findings
    ]


def _mesh_rows(verdict: Verdict, lang: Lang) -> Rows:
    x, y, z = (short(side, lang) for side in verdict.box.size)
    rows = [
        ("triangles", show(verdict.triangles, lang)),
        ("closed", LABELS["yes" if verdict.closed else "no"][lang == "fr"]),
        ("shells", show(verdict.shell_count, lang)),
        ("box", f"{x} × {y} × {z} mm"),
        ("volume", f"{short(verdict.volume_mm3, lang)} mm³"),
        ("area", f"{short(verdict.area_mm2, lang)} mm²"),
    ]
    if verdict.layers is not None:
        last = (
            f" ({LABELS['last_layer'][lang == 'fr']} {verdict.last_layer_um} µm)"
            if verdict.last_layer_um
            else ""
        )
        rows.append(("layers", f"{show(verdict.layers, lang)} × {verdict.layer_um} µm{last}"))
    return rows


def weighing_lines(verdict: Verdict | LayerVerdict, need: PowderNeed, lang: Lang) -> list[str]:
    """The sums of the powder, as they would be written on paper."""
    lines = [
        _row(line.what, f"{_sum(line.sum, lang)} = {show(line.value, lang)} {_unit(line.unit)}", lang)
        for line in need.lines
    ]
    lines.append(_row("mass_to_prepare", f"{show(shown_kg(need.to_prepare_mg), lang)} kg", lang))
    return lines if verdict.volume_sure else [*lines, "! " + LABELS["volume_unsure"][lang == "fr"]]


def weighing_dict(verdict: Verdict | LayerVerdict, need: PowderNeed) -> dict[str, Any]:
    return {
        "sha256": verdict.sha256,
        "volume_sure": verdict.volume_sure,
        "part_mg": need.part_mg,
        "spread_mg": need.spread_mg,
        "to_load_mg": need.to_load_mg,
        "overflow_mg": need.overflow_mg,
        "to_prepare_mg": need.to_prepare_mg,
        "lines": [
            {"what": line.what, "sum": line.sum, "value": str(line.value), "unit": line.unit}
            for line in need.lines
        ],
    }


def _row(name: str, text: str, lang: Lang) -> str:
    return f"{LABELS[name][lang == 'fr']:<22} {text}"


def _unit(unit: str) -> str:
    return "cm³" if unit == "cm3" else unit


def _sum(text: str, lang: Lang) -> str:
    return text if lang == "en" else text.replace(".", ",")


def _where(point: tuple[float, float, float] | None, lang: Lang) -> str:
    if point is None:
        return ""
    return " [" + " ; ".join(short(side, lang) for side in point) + "]"
