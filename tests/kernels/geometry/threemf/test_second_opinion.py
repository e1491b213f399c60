"""Files written by another program, and real ones: this reader and that program read the same part."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from typing import Any

import lib3mf
import numpy as np
import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.readers import LayerReading, Reading
from strate.kernels.geometry.readers.stl import read_stl
from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_finding, say_refusal

WRAPPER: Any = lib3mf.get_wrapper()


def mesh_object(model: Any, vertices: np.ndarray, faces: np.ndarray) -> Any:
    thing = model.AddMeshObject()
    for corner in vertices.tolist():
        thing.AddVertex(lib3mf.Position((ctypes.c_float * 3)(*corner)))
    for face in faces.tolist():
        thing.AddTriangle(lib3mf.Triangle((ctypes.c_uint32 * 3)(*face)))
    return thing


def transform(matrix: np.ndarray) -> Any:
    made = lib3mf.Transform()
    for row in range(4):
        for column in range(3):
            made.Fields[row][column] = float(matrix[row, column])
    return made


def random_place(rng: np.random.Generator) -> np.ndarray:
    """A turn, a scale and a shift, as lib3mf holds them (32 bits)."""
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    turn *= np.sign(np.linalg.det(turn)) * rng.uniform(0.5, 2)
    return np.vstack([turn, rng.uniform(-50, 50, (1, 3))]).astype(np.float32)


@pytest.mark.parametrize("seed", range(5))
def test_what_another_program_writes_is_read_as_it_meant_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ring = read_stl(samples.torus(20, 6, 24, 12)).mesh
    model = WRAPPER.CreateModel()
    model.SetUnit(lib3mf.ModelUnit.Inch)
    ring_object = mesh_object(model, ring.vertices, ring.faces)
    pair = model.AddComponentsObject()
    inner = [random_place(rng) for _ in range(2)]
    for place in inner:
        pair.AddComponent(ring_object, transform(place))
    outer = random_place(rng)
    model.AddBuildItem(pair, transform(outer))
    model.AddBuildItem(ring_object, WRAPPER.GetIdentityTransform())
    reading = read_3mf(bytes(model.QueryWriter("3mf").WriteToBuffer()))
    assert isinstance(reading, Reading) and reading.unit == "inch"
    corners = ring.vertices.astype(np.float32).astype(float)
    expected = [(corners @ p[:3] + p[3]) @ outer[:3] + outer[3] for p in inner] + [corners]
    assert np.allclose(reading.mesh.vertices, np.concatenate(expected) * 25.4, atol=0.02, rtol=1e-4)
    assert [item.face_count for item in reading.items] == [2 * len(ring.faces), len(ring.faces)]


def real_files() -> list[Path]:
    beside = Path(__file__).resolve().parents[4].parent / "shared" / "corpus"
    return sorted(Path(os.environ.get("STRATE_TEST_CORPUS", beside)).rglob("*.3mf"))


def kept(group: str) -> list[Path]:
    found = [path for path in real_files() if group in str(path)]
    if not found:
        pytest.skip("the shared corpus of real files is absent (set STRATE_TEST_CORPUS)")
    return found


def read_in_time(path: Path) -> Reading | LayerReading:
    begun = time.process_time()
    try:
        return read_3mf(path.read_bytes())
    finally:
        assert time.process_time() - begun < 2, path.name


def test_every_file_that_must_pass_passes() -> None:
    files = kept("MUSTPASS")
    for path in files:
        reading = read_in_time(path)
        assert all(say_finding(finding, "fr") for finding in reading.findings), path.name
    assert len(files) == 13


def test_every_file_that_must_fail_is_refused_with_its_reason() -> None:
    files = kept("MUSTFAIL")
    for path in files:
        with pytest.raises(FileRefused) as caught:
            read_in_time(path)
        assert caught.value.code.startswith("3mf_"), path.name
        assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en"), path.name
    assert len(files) == 38


ILL_FORMED = {"multiprop-metallic.3mf", "multiprop-translucent.3mf"}


def test_every_well_formed_example_of_the_consortium_is_accepted() -> None:
    for path in kept("3mf-consortium/examples"):
        if path.name in ILL_FORMED:
            with pytest.raises(FileRefused):
                read_in_time(path)
            continue
        reading = read_in_time(path)
        announced = {finding.code for finding in reading.findings}
        assert "beam" not in str(path) or "3mf_beams_drawn" in announced, path.name
        assert "slices" not in str(path.parent) or "3mf_slices_too" in announced, path.name


def test_the_examples_are_the_same_part_to_another_program() -> None:
    for path in kept("3mf-consortium/examples/core") + kept("3mf-consortium/examples/production"):
        reading = read_in_time(path)
        assert isinstance(reading, Reading)
        corners, faces = second_opinion(path)
        assert len(faces) == len(reading.mesh.faces), path.name
        assert np.allclose(corners[faces], reading.mesh.corners(), rtol=1e-5, atol=1e-4), path.name


def second_opinion(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """All that lib3mf would build, in the unit of the file (mm in these files)."""
    model = WRAPPER.CreateModel()
    model.QueryReader("3mf").ReadFromFile(str(path))
    corners, faces, count = [], [], 0
    items = model.GetBuildItems()
    while items.MoveNext():
        item = items.GetCurrent()
        placed = np.array([list(row) for row in item.GetObjectTransform().Fields])
        thing = model.GetMeshObjectByID(item.GetObjectResourceID())
        own = np.array([list(p.Coordinates) for p in thing.GetVertices()])
        corners.append(own @ placed[:3] + placed[3])
        faces.append(np.array([list(t.Indices) for t in thing.GetTriangleIndices()]) + count)
        count += len(own)
    return np.concatenate(corners), np.concatenate(faces)
