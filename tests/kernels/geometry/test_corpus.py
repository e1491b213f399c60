"""Real files, made by many programs: this kernel and an independent one agree, or the difference is said."""

from __future__ import annotations

from pathlib import Path

import pytest
import trimesh

from strate.kernels.geometry.cutting.slicing import Slicer
from strate.kernels.geometry.guarding.tasks import slicer_of
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.judging.verify import verify
from strate.kernels.geometry.refusal import FileRefused, Limits


def sound_verdicts(meshes: list[Path]) -> list[tuple[Path, Verdict]]:
    verdicts = []
    for path in meshes:
        try:
            verdicts.append((path, verify(path.read_bytes())))
        except FileRefused as refused:
            assert refused.code == "no_triangles", path.name
    return verdicts


def second_opinion(path: Path) -> trimesh.Trimesh:
    mesh = trimesh.load(path, force="mesh", process=False)
    mesh.merge_vertices()
    return mesh


def test_only_the_empty_files_are_refused(meshes: list[Path]) -> None:
    assert len(sound_verdicts(meshes)) == len([p for p in meshes if "empty" not in p.name])


def test_volume_area_and_box_agree_with_a_second_program(meshes: list[Path]) -> None:
    for path, verdict in sound_verdicts(meshes):
        other = second_opinion(path)
        assert verdict.triangles == len(other.faces), path.name
        assert verdict.area_mm2 == pytest.approx(other.area, rel=1e-6), path.name
        assert verdict.box.low == pytest.approx(other.bounds[0].tolist()), path.name
        if verdict.volume_sure:
            assert verdict.volume_mm3 == pytest.approx(other.volume, rel=1e-6), path.name


def test_closed_means_the_same_to_both_programs(meshes: list[Path]) -> None:
    for path, verdict in sound_verdicts(meshes):
        mine = verdict.closed_within_um is not None and not verdict.crowded_edges
        assert mine == second_opinion(path).is_watertight, path.name


def test_the_layers_of_every_sound_file_add_up_to_its_volume(meshes: list[Path]) -> None:
    for path, verdict in sound_verdicts(meshes):
        if verdict.volume_sure and verdict.height_um >= 1000:
            layer_um = max(1, verdict.height_um // 2000)
            cut: Slicer = slicer_of(path.read_bytes(), layer_um, Limits())
            areas = cut.areas()
            assert areas.volume_mm3 == pytest.approx(verdict.volume_mm3, rel=2e-3), path.name
            for layer in range(1, cut.layers + 1, cut.layers // 20):
                outline = cut.cut(layer)
                assert not outline.open_lines, path.name
                assert outline.area_mm2 == pytest.approx(areas.areas_mm2[layer - 1], rel=1e-6, abs=1e-9), (
                    path.name
                )
