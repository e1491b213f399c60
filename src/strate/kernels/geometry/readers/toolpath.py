"""Reads the toolpaths of a 3MF: strokes, loops and lines of each layer, each with the laser profile it names."""

from __future__ import annotations

from array import array

import numpy as np

from strate.kernels.geometry.readers import LayerReading
from strate.kernels.geometry.readers.layering import Beam, Layering
from strate.kernels.geometry.readers.texts import shown
from strate.kernels.geometry.readers.threemf.archive import Entry, entries_of, inflate, opening
from strate.kernels.geometry.readers.threemf.xml import parse_whole
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

NAMESPACE = b"/toolpath/2019/05"
_SPACE = "http://schemas.microsoft.com/3dmanufacturing/toolpath/2019/05 "
_CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02 "
_MM = {"micron": 1e-3, "millimeter": 1.0, "centimeter": 10.0, "inch": 25.4, "foot": 304.8, "meter": 1000.0}


class _Plan:
    """The model part: unit, profiles by their UUID, layers with their heights."""

    def __init__(self) -> None:
        self.mm, self.factor = 1.0, 1.0
        self.profiles: dict[str, Beam] = {}
        self.names: list[str] = []
        self.layers: list[tuple[float, str]] = []
        self.resources = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        match name.removeprefix(_SPACE):
            case "toolpathresource":
                self.resources += 1
                self.factor = _number(given, "unitfactor", self.factor)
            case "toolpathprofile":
                beam = (_optional(given, "laserpower"), _optional(given, "laserspeed"))
                self.profiles[given.get("uuid", "").lower()] = beam
                self.names.append(given.get("name", ""))
            case "toolpathlayer":
                self.layers.append((_number(given, "ztop", None), given.get("path", "")))
        if name == _CORE + "model":
            unit = given.get("unit", "millimeter")
            if unit not in _MM:
                raise FileRefused("header_word_broken", word="unit")
            self.mm = _MM[unit]


class _Strokes:
    """One layer part: its segments, drawn as they are read."""

    def __init__(self, layering: Layering, plan: _Plan) -> None:
        self._layering, self._plan = layering, plan
        self._profiles: dict[str, Beam] = {}
        self._kind = ""
        self._numbers = array("d")
        self.unknown: set[str] = set()

    def start(self, name: str, given: dict[str, str]) -> None:
        match name.removeprefix(_SPACE):
            case "point" if self._kind in ("loop", "polyline"):
                self._numbers.extend((_number(given, "x", None), _number(given, "y", None)))
            case "hatch" if self._kind == "hatch":
                self._numbers.extend(_number(given, key, None) for key in ("x1", "y1", "x2", "y2"))
            case "profile":
                uuid = given.get("uuid", "").lower()
                if uuid not in self._plan.profiles:
                    raise FileRefused("profile_unknown", name=shown(uuid.encode(), 40))
                self._profiles[given.get("id", "")] = self._plan.profiles[uuid]
            case "segment":
                self._kind = given.get("type", "")
                if given.get("profileid", "") not in self._profiles:
                    raise FileRefused("profile_unknown", name=shown(given.get("profileid", "").encode(), 40))
                self._layering.beam = self._profiles[given["profileid"]]
                self._numbers = array("d")
            case "layer" | "parts" | "part" | "profiles" | "segments":
                return
            case other:
                self.unknown.add(shown(other.encode(), 40))

    def end(self, name: str) -> None:
        if name != _SPACE + "segment":
            return
        numbers = np.array(self._numbers, np.float64)
        if self._kind == "hatch":
            self._layering.strokes(numbers)
        elif self._kind == "loop":
            self._layering.ring(numbers)
        elif self._kind == "polyline":
            self._layering.line(numbers, 2)
        else:
            self.unknown.add(shown(self._kind.encode(), 40))
        self._kind = ""


_Parts = dict[str, tuple[Entry, int]]
_OPENING = 262_144


def is_toolpath(data: bytes, limits: Limits) -> bool:
    """Does the model part of a package hold toolpaths rather than a mesh? Told by its opening alone."""
    model = _parts(data, limits)[1]
    if model is None or NAMESPACE not in opening(data, *model, _OPENING):
        return False
    return b"toolpathlayer" in inflate(data, *model)


def _parts(data: bytes, limits: Limits) -> tuple[_Parts, tuple[Entry, int] | None]:
    """Where the files of the package lie, by name, and the model among them."""
    found = {entry.name.decode("utf-8", "replace"): (entry, at) for entry, at in entries_of(data, limits)}
    name = next((name for name in found if name.lower() == "3d/3dmodel.model"), None)
    name = name or next((name for name in found if name.lower().endswith(".model")), None)
    return found, found[name] if name else None


def read_toolpath(data: bytes, limits: Limits = Limits()) -> LayerReading:
    """The layers of a package whose model names one part of toolpaths for each."""
    files, model = _parts(data, limits)
    if model is None:
        raise FileRefused("3mf_no_model")
    plan = _Plan()
    parse_whole(inflate(data, *model), "3D/3dmodel.model", plan.start, lambda _: None)
    if not plan.layers:
        raise FileRefused("no_layers")
    if plan.resources > 1 or len({path for _, path in plan.layers}) < len(plan.layers):
        raise FileRefused("layer_part_twice")
    if not 0 < plan.factor * plan.mm <= 1e6:
        raise FileRefused("header_word_broken", word="unitfactor")
    layering = Layering(limits, plan.factor * plan.mm)
    unknown: set[str] = set()
    for top, path in plan.layers:
        part = files.pop(path.removeprefix("/"), None)
        if part is None:
            raise FileRefused("layer_part_missing", name=shown(path.encode()))
        layering.begin(top)
        strokes = _Strokes(layering, plan)
        parse_whole(inflate(data, *part), shown(path.encode()), strokes.start, strokes.end)
        unknown |= strokes.unknown
    layers = layering.layers()
    findings = layering.findings()
    if unknown:
        findings.append(Finding("cli_words_not_read", "warn", {"words": ", ".join(sorted(unknown))[:200]}))
    if spare := [name for name in files if name.lower().startswith("toolpath/") and not name.endswith("/")]:
        findings.append(Finding("layer_parts_unused", "warn", {"count": len(spare)}))
    said = (("profiles", shown(", ".join(dict.fromkeys(plan.names)).encode(), 200)),)
    return LayerReading("3mf-toolpath", layers, "mm", (), tuple(findings), said, tuple(sorted(unknown)))


def _number(given: dict[str, str], key: str, default: float | None) -> float:
    value = _optional(given, key)
    if value is None:
        if default is None:
            raise FileRefused("toolpath_value_missing", word=key)
        return default
    return value


def _optional(given: dict[str, str], key: str) -> float | None:
    text = given.get(key)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise FileRefused("toolpath_value_broken", word=key) from error
    if not abs(value) < 1e15 or "_" in text:
        raise FileRefused("toolpath_value_broken", word=key)
    return value
