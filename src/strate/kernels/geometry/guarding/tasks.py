"""What may be asked of an untrusted file: a verdict, the areas of its layers, some outlines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.compare.task import compare
from strate.kernels.geometry.cutting.layer_cuts import areas_of_file, cuts_of_file
from strate.kernels.geometry.cutting.layers import layer_count
from strate.kernels.geometry.cutting.slicing import LayerCut, Slicer
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.judging.verify import HAIRLINE_UM, read_bytes
from strate.kernels.geometry.plate.tasks import TASKS as PLATES
from strate.kernels.geometry.readers import LayerReading
from strate.kernels.geometry.readers.dispatch import as_part, read, read_mesh
from strate.kernels.geometry.readers.parameters import read_parameters
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.topology import closed_skin
from strate.kernels.geometry.viewing.tasks import TASKS as VIEWS

Answer = dict[str, Any]


def verdict_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    data = read_bytes(path, limits)
    machine, margins = asked.get("machine_volume_mm"), asked.get("margins_mm") or (0.0, 0.0, 0.0)
    deep = asked.get("deep")
    return judge(
        data,
        machine_volume_mm=None if machine is None else (machine[0], machine[1], machine[2]),
        margins_mm=(margins[0], margins[1], margins[2]),
        layer_um=asked.get("layer_um"),
        limits=limits,
        name=asked.get("name"),
        deep=None if deep is None else Thresholds.from_dict(deep),
    ).to_dict()


def slicer_of(data: bytes, layer_um: int, limits: Limits) -> Slicer:
    """The file made ready to be cut; gaps thinner than a hair do not open its outlines."""
    return _slicer(read_mesh(data, limits).mesh, layer_um)


def _slicer(mesh: Mesh, layer_um: int | None) -> Slicer:
    if not layer_um:
        raise FileRefused("layer_um_missing")
    height = float(mesh.high[2] - mesh.low[2])
    if layer_count(height, layer_um) == 0:
        raise FileRefused("too_flat_to_slice", height_mm=height, layer_um=layer_um)
    return Slicer(closed_skin(mesh, HAIRLINE_UM / 1000)[0], layer_um)


def areas_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    data = read_bytes(path, limits)
    found = read(data, limits, asked.get("name"))
    sha256 = hashlib.sha256(data).hexdigest()
    if isinstance(found, LayerReading):
        return {"sha256": sha256, **areas_of_file(found)}
    areas = _slicer(as_part(found).mesh, asked["layer_um"]).areas()
    return {
        "sha256": sha256,
        "layer_um": areas.layer_um,
        "layers": areas.layers,
        "bottom_mm": areas.bottom_mm,
        "top_mm": areas.top_mm,
        "volume_mm3": areas.volume_mm3,
        "areas_mm2": areas.areas_mm2.round(6).tolist(),
    }


def contours_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    data = read_bytes(path, limits)
    found = read(data, limits, asked.get("name"))
    sha256 = hashlib.sha256(data).hexdigest()
    if isinstance(found, LayerReading):
        return {"sha256": sha256, **cuts_of_file(found, asked["layer_um"], asked["wanted"])}
    slicer = _slicer(as_part(found).mesh, asked["layer_um"])
    cuts = [plain_cut(slicer.cut(layer)) for layer in asked["wanted"] or range(1, slicer.layers + 1)]
    return {"sha256": sha256, "layer_um": slicer.layer_um, "layers": slicer.layers, "cuts": cuts}


def plain_cut(cut: LayerCut) -> Answer:
    """A layer as plain numbers: each line a flat list x, y, x, y… in whole micrometres."""
    return {
        "layer": cut.layer,
        "z_mm": cut.z_mm,
        "area_mm2": round(cut.area_mm2, 6),
        "contours_um": [flat for line in cut.contours if len(flat := _flat_um(line)) >= 6],
        "open_um": [(line * 1000).round().astype(int).reshape(-1).tolist() for line in cut.open_lines],
    }


def _flat_um(line: Any) -> list[int]:
    flat: list[int] = without_idle_points((line * 1000).round().astype(np.int64)).reshape(-1).tolist()
    return flat


def without_idle_points(line: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same closed line, without repeated points and those straight on the way to the next."""
    line = line[(line != np.roll(line, 1, axis=0)).any(axis=1)]
    before, after = line - np.roll(line, 1, axis=0), np.roll(line, -1, axis=0) - line
    ahead = (before * after).sum(axis=1) > 0
    idle = ahead & (before[:, 0] * after[:, 1] == before[:, 1] * after[:, 0])
    kept: NDArray[np.int64] = line[~idle]
    return kept


def parameters_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    data = read_bytes(path, limits)
    return {"sha256": hashlib.sha256(data).hexdigest()} | read_parameters(data, limits).to_dict()


TASKS: dict[str, Callable[[Path, Mapping[str, Any], Limits], Answer]] = {
    "verify": verdict_of,
    "areas": areas_of,
    "contours": contours_of,
    "parameters": parameters_of,
    "compare": compare,
    **VIEWS,
    **PLATES,
}
