"""Measures the reading of a 3MF of a million triangles to arrays, beside lib3mf: each run in its own process."""

from __future__ import annotations

import ctypes
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure, peak_mb
from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.samples import torus_soup
from strate.kernels.geometry.skin.mesh import Mesh

ROUNDS, GOAL_S = 5, 0.5
COMMAND = "python -m benchmarks threemf"
_CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r0" '
    'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel" Target="/3D/3dmodel.model"/></Relationships>'
)


def written(mesh: Mesh) -> bytes:
    """The mesh as most programs write it: one element a line, seven decimals."""
    corners = "".join(
        f'     <vertex x="{x:.7f}" y="{y:.7f}" z="{z:.7f}" />\n' for x, y, z in mesh.vertices.tolist()
    )
    faces = "".join(f'     <triangle v1="{a}" v2="{b}" v3="{c}" />\n' for a, b, c in mesh.faces.tolist())
    model = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<model unit="millimeter" xmlns="{_CORE}">\n<resources>'
        f'<object id="1" type="model"><mesh><vertices>\n{corners}</vertices><triangles>\n{faces}</triangles>'
        '</mesh></object></resources><build><item objectid="1"/></build></model>'
    )
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("3D/3dmodel.model", model)
    return room.getvalue()


def own(data: bytes) -> Mesh:
    return read_3mf(data).mesh


def peer(data: bytes) -> Mesh:
    """lib3mf, its arrays taken at once through its C interface: its Python lists would cost a second more."""
    import lib3mf

    wrapper: Any = lib3mf.get_wrapper()
    model = wrapper.CreateModel()
    model.QueryReader("3mf").ReadFromBuffer(data)
    meshes = model.GetMeshObjects()
    meshes.MoveNext()
    thing = meshes.GetCurrentMeshObject()
    vertices = _taken(wrapper.lib.lib3mf_meshobject_getvertices, thing, thing.GetVertexCount(), np.float32)
    faces = _taken(
        wrapper.lib.lib3mf_meshobject_gettriangleindices, thing, thing.GetTriangleCount(), np.uint32
    )
    return Mesh(vertices.astype(np.float64), faces.astype(np.int32))


def _taken(call: Any, thing: Any, count: int, dtype: Any) -> np.ndarray[Any, Any]:
    rows = np.empty((count, 3), dtype)
    needed = ctypes.c_uint64(0)
    call(thing._handle, ctypes.c_uint64(count), needed, rows.ctypes.data_as(call.argtypes[3]))
    return rows


WORKS: dict[str, Callable[[bytes], Mesh]] = {"strate": own, "lib3mf": peer}


def run_alone(path: Path, name: str) -> dict[str, Any]:
    """One run of one reader in a process of its own, warmed by a first run: its CPU seconds and its memory."""
    command = [sys.executable, "-m", "benchmarks.threemf", str(path), name]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def _alone(path: Path, name: str) -> dict[str, Any]:
    data = path.read_bytes()
    WORKS[name](data)
    begun = time.process_time()
    mesh = WORKS[name](data)
    spent = time.process_time() - begun
    a, b, c = mesh.corners().transpose(1, 0, 2)
    memory_mb = peak_mb()
    volume = float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6
    return {"cpu_s": spent, "memory_mb": memory_mb, "faces": len(mesh.faces), "volume_mm3": volume}


def figures() -> list[Figure]:
    names = ["strate", *(["lib3mf"] if find_spec("lib3mf") else [])]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.3mf"
        path.write_bytes(written(Mesh.weld(torus_soup(50, 15, 1000, 500))))
        runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        for _ in range(ROUNDS):
            for name in names:
                runs[name].append(run_alone(path, name))
        size_mb = path.stat().st_size / 1e6
    spent = {name: statistics.median(run["cpu_s"] for run in runs[name]) for name in names}
    memory = {name: max(run["memory_mb"] for run in runs[name]) for name in names}
    same = len({run["faces"] for found in runs.values() for run in found}) == 1
    volumes = [run["volume_mm3"] for found in runs.values() for run in found]
    same &= max(volumes) - min(volumes) <= 1e-4 * max(volumes)
    shown = " · ".join(f"{name} {spent[name]:.2f} s, {memory[name]:.0f} MB" for name in names)
    what = f"3MF of 1,000,000 triangles ({size_mb:.0f} MB) to arrays, checked by every rule"
    held = same and spent["strate"] <= GOAL_S
    return [Figure("3MF", what, shown, f"≤ {GOAL_S} CPU s", held, COMMAND)]


if __name__ == "__main__":
    json.dump(_alone(Path(sys.argv[1]), sys.argv[2]), sys.stdout)
