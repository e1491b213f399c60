"""The verdict on a layer file, or on a closed format, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strate.kernels.geometry.judging.layer_verdict import Beam, LayerVerdict, OpaqueVerdict
from strate.kernels.geometry.saying.words import LABELS, Lang, say, short, show

Rows = list[tuple[str, str]]


def layer_rows(verdict: LayerVerdict, lang: Lang) -> Rows:
    """What a layer file would build, line by line."""
    x, y, z = (short(side, lang) for side in verdict.box.size)
    rows = [
        ("layers", _layers(verdict, lang)),
        ("box", f"{x} × {y} × {z} mm"),
        ("volume", f"{short(verdict.volume_mm3, lang)} mm³"),
        ("largest", f"{short(verdict.largest_mm2, lang)} mm² ({verdict.largest_layer})"),
        ("contours", f"{show(verdict.contours, lang)}, {short(verdict.contour_mm, lang)} mm"),
    ]
    if verdict.open_lines:
        rows.append(("open_lines", f"{show(verdict.open_lines, lang)}, {short(verdict.open_mm, lang)} mm"))
    if verdict.hatches:
        rows.append(("hatches", f"{show(verdict.hatches, lang)}, {short(verdict.hatch_mm, lang)} mm"))
    rows += [("beam", _beam(beam, lang)) for beam in verdict.beams if beam.power_w or beam.speed_mm_s]
    if verdict.exposure_s is not None:
        rows.append(("exposure", f"{short(verdict.exposure_s, lang)} s"))
    return rows


def _layers(verdict: LayerVerdict, lang: Lang) -> str:
    if verdict.layer_um is not None:
        return f"{show(verdict.layers, lang)} × {verdict.layer_um} µm"
    if verdict.least_um is None or verdict.most_um is None:
        return show(verdict.layers, lang)
    return f"{show(verdict.layers, lang)} ({show(verdict.least_um, lang)}–{show(verdict.most_um, lang)} µm)"


def _beam(beam: Beam, lang: Lang) -> str:
    unknown = LABELS["unknown"][lang == "fr"]
    power = unknown if beam.power_w is None else f"{show(beam.power_w, lang)} W"
    speed = unknown if beam.speed_mm_s is None else f"{show(beam.speed_mm_s, lang)} mm/s"
    return f"{power}, {speed}, {short(beam.length_mm, lang)} mm"


def opaque_rows(verdict: OpaqueVerdict, lang: Lang) -> Rows:
    """A closed file: what its opening says, as it stands there; all the rest is unknown."""
    said = [("says", f"{name} = {value}") for name, value in verdict.header]
    unknown = LABELS["unknown"][lang == "fr"]
    return [*said, *((name, unknown) for name in ("layers", "box", "volume"))]


def parameter_lines(plain: Mapping[str, Any], lang: Lang) -> list[str]:
    """The parameters of a file, one a line, then what is doubtful."""
    rows = [f"{show(row['name'], lang):<30} {show(row['value'], lang)} {show(row['unit'], lang)}".rstrip()
            for row in plain["parameters"]]  # fmt: skip
    marks = {"refuse": "✗", "warn": "!", "info": "·"}
    return rows + [
        f"{marks[found['severity']]} {say(found['code'], found['values'], lang)}"
        for found in plain["findings"]
    ]
