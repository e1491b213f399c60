"""Reads an ILT archive: the sections of a build as CLI files, and the laser settings written beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from strate.kernels.geometry.readers import FileLayer, LayerReading
from strate.kernels.geometry.readers.archive import Packed, opened
from strate.kernels.geometry.readers.cli import announced, body_of, within
from strate.kernels.geometry.readers.cli_header import read_header
from strate.kernels.geometry.readers.layering import Beam, Layering
from strate.kernels.geometry.readers.outlines import chained
from strate.kernels.geometry.readers.texts import shown
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Plain

PARAMETERS = "modelsection_param.txt"
# modelsection_003_s1_vk.cli: part 3, solid (s1) or support (st), what is drawn (…k: contours).
_SECTION = re.compile(r"modelsection_(\d+)_([a-z0-9]+)_([a-z0-9]+)\.cli", re.IGNORECASE)
_SETTING = re.compile(r"^\s*([A-Za-z]+)\s*=\s*([+-]?[\d.]+)\s*(\S*)")
_UNITS = {"LaserPower": ("watt", "w"), "LaserSpeed": ("mm/s",)}
_OUTLINES = ("vk", "uk", "ok")
_NEAR_MM = 1e-4
MOST_LAYERS_IN_ALL = 250_000
"""The layers of all sections together: five hundred sections of five hundred layers."""


@dataclass(frozen=True)
class _Section:
    name: str
    part: int
    outlines: bool
    layers: tuple[FileLayer, ...]
    beam: Beam


def read_ilt(data: bytes, limits: Limits = Limits()) -> LayerReading:
    """All sections put together by height; contours written as strokes become contours again."""
    files = _by_short_name(opened(data, limits))
    told = files.pop(PARAMETERS, None)
    settings, strange = _settings(told.read() if told else b"")
    findings: list[Finding] = []
    sections: list[_Section] = []
    for name in sorted(files):
        if name.lower().endswith(".cli"):
            sections.append(_section(name, files[name].read(), settings.get(name, {}), limits, findings))
            if (count := sum(len(section.layers) for section in sections)) > MOST_LAYERS_IN_ALL:
                raise FileRefused("too_many_layers", layers=count, limit=MOST_LAYERS_IN_ALL)
        else:
            strange.append(name)
    if not sections:
        raise FileRefused("no_layers")
    silent = [section.name for section in sections if section.name not in settings]
    if silent:
        values: dict[str, Plain] = {"names": shown(", ".join(silent[:5]).encode()), "count": len(silent)}
        findings.append(Finding("sections_without_settings", "warn", values))
    if strange:
        names = shown(", ".join(strange[:10]).encode(), 200)
        findings.append(Finding("cli_words_not_read", "warn", {"words": names}))
    layering = _together(sections, limits)
    layers = layering.layers()
    said = [(section.name, _said(settings.get(section.name, {}))) for section in sections]
    return LayerReading(
        "ilt",
        layers,
        "mm",
        tuple(dict.fromkeys(f"{section.part:03d}" for section in sections)),
        (*findings, *layering.findings()),
        tuple(said[:50]),
        tuple(strange),
    )


def _by_short_name(files: dict[str, Packed]) -> dict[str, Packed]:
    """The files without their folders; two that would then bear one name are refused, for one would be lost."""
    found: dict[str, Packed] = {}
    for name, content in files.items():
        short = name.rpartition("/")[2]
        if short in found:
            raise FileRefused("archive_name_twice", name=short[:120])
        found[short] = content
    return found


def _section(
    name: str, content: bytes, settings: dict[str, str], limits: Limits, findings: list[Finding]
) -> _Section:
    """One CLI of the archive; what was seen in it bears its name."""
    header = read_header(content)
    layering, seen, _ = body_of(content, header, limits)
    layers = layering.layers()
    for finding in [*seen, *layering.findings(), *announced(header, layers)]:
        # The size announced in a section is often that of the whole part, which holds the section.
        if finding.code != "dimension_differs" or not within(header, layers):
            findings.append(finding)
    told = _SECTION.fullmatch(name)
    beam = (_number(settings, "LaserPower"), _number(settings, "LaserSpeed"))
    outlines = bool(told) and told is not None and told.group(3).lower() in _OUTLINES
    return _Section(name, int(told.group(1)) if told else 0, outlines, layers, beam)


def _together(sections: list[_Section], limits: Limits) -> Layering:
    """The layers of all sections by height, in the order of the sections."""
    by_height: dict[float, list[tuple[int, _Section, FileLayer]]] = defaultdict(list)
    for number, section in enumerate(sections):
        for layer in section.layers:
            by_height[round(layer.top_mm, 4)].append((number, section, layer))
    layering = Layering(limits, 1.0, "parity")
    for height in sorted(by_height):
        layering.begin(height)
        for number, section, layer in by_height[height]:
            layering.beam = section.beam
            _draw(layering, number, section, layer)
    return layering


def _draw(layering: Layering, number: int, section: _Section, layer: FileLayer) -> None:
    for contour in layer.contours:
        layering.ring(contour, number)
    for line in layer.open_lines:
        layering.line(line, 2)
    if layer.hatches is None:
        return
    if not section.outlines:
        layering.strokes(layer.hatches)
        return
    for line in chained(layer.hatches, _NEAR_MM):
        if len(line) > 3 and float(np.abs(line[0] - line[-1]).max()) <= _NEAR_MM:
            layering.ring(line[:-1], number)
        else:
            layering.line(line, 2)


def _settings(text: bytes) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The settings of each section: `[name]`, then `LaserPower = 100 watt`; written in Windows-1252."""
    found: dict[str, dict[str, str]] = {}
    strange: list[str] = []
    section: dict[str, str] = {}
    for line in text.decode("cp1252", "replace").splitlines():
        bare = line.strip()
        if not bare or bare.startswith(";"):
            continue
        if bare.startswith("[") and bare.endswith("]"):
            section = found.setdefault(bare[1:-1].strip(), {})
        elif (setting := _SETTING.match(bare)) is not None:
            section[setting.group(1)] = f"{setting.group(2)} {setting.group(3)}"
        else:
            strange.append(bare[:40])
    return found, strange


def _number(settings: dict[str, str], name: str) -> float | None:
    """A power in W or a speed in mm/s; in another unit it is not guessed."""
    value, _, unit = settings.get(name, "").partition(" ")
    try:
        number = float(value)
    except ValueError:
        return None
    return number if unit.lower() in _UNITS[name] and 0 <= number < 1e9 else None


def _said(settings: dict[str, str]) -> str:
    return shown(", ".join(f"{name} {value}" for name, value in settings.items()).encode(), 200)
