"""A file made to be slow is read at one go, or given up by its name: what is looked at has an end."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.readers import LayerReading, Reading, facets, ilt, layering, obj
from strate.kernels.geometry.readers.dispatch import read
from strate.kernels.geometry.readers.threemf.markup import LONGEST_MARKUP
from strate.kernels.geometry.readers.toolpath import is_toolpath
from strate.kernels.geometry.refusal import FileRefused, Limits
from tests.kernels.geometry import seeds
from tests.kernels.geometry.threemf.making import model, pack, parts

# An arrow head: its outline turns inwards once, so that it has no good fan from every corner.
ARROW = np.array([(0.0, 0, 0), (10, 10, 0), (0, 5, 0), (-10, 10, 0)])
BOW = np.array([(0.0, 0, 0), (10, 10, 0), (10, 0, 0), (0, 10, 0)])


def meshed(points: np.ndarray, faces: list[list[int]]) -> Reading:
    lines = ["v " + " ".join(f"{side:.17g}" for side in point) for point in points]
    lines += ["f " + " ".join(str(corner + 1) for corner in face) for face in faces]
    found = read("\n".join(lines).encode(), name="a.obj")
    assert isinstance(found, Reading)
    return found


def area(found: Reading) -> np.ndarray:
    a, b, c = found.mesh.corners().transpose(1, 0, 2)
    return np.asarray(np.cross(b - a, c - a).sum(axis=0) / 2)


def star(arms: int) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 2 * arms, endpoint=False)
    far = np.where(np.arange(2 * arms) % 2, 4.0, 10.0)
    return np.stack([far * np.cos(turn), far * np.sin(turn), np.zeros_like(turn)], axis=1)


@pytest.mark.parametrize("outline", [star(5), star(12), ARROW[::-1]], ids=["star", "big star", "arrow"])
def test_a_face_that_turns_inwards_is_cut_alike_wherever_it_looks(outline: np.ndarray) -> None:
    rng = np.random.default_rng(3)
    flat = outline - outline[0]
    size = np.cross(flat[1:-1], flat[2:]).sum(axis=0) / 2
    for _ in range(20):
        turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        turn *= np.sign(np.linalg.det(turn))
        found = meshed(outline @ turn.T, [list(range(len(outline)))])
        assert not found.findings and len(found.mesh.faces) == len(outline) - 2
        assert area(found) == pytest.approx(size @ turn.T, abs=1e-9)


def test_only_so_many_faces_are_cut_ear_by_ear(monkeypatch: pytest.MonkeyPatch) -> None:
    cut, plain = [], facets.triangulate
    monkeypatch.setattr(facets, "triangulate", lambda outlines: cut.append(1) or plain(outlines))
    monkeypatch.setattr(facets, "_PATIENCE", 16 * 10)
    (finding,) = meshed(BOW, [[0, 1, 2, 3]] * 50).findings
    assert len(cut) == 10 and finding.code == "hollow_polygons" and finding.values["count"] == 50
    bent = star(5) + [[0, 0, 2 * (corner % 2)] for corner in range(10)]
    told = {f.code for f in meshed(bent, [[0, 3, 2, 5, 4, 7, 6, 9, 8, 1]] * 50).findings}
    assert told == {"hollow_polygons", "bent_polygons"}
    assert len(cut) == 10


def test_a_polygon_of_many_corners_is_a_fan_of_them() -> None:
    turn = np.linspace(0, 2 * np.pi, 1500, endpoint=False)
    ring = np.stack([10 * np.cos(turn), 10 * np.sin(turn), np.zeros_like(turn)], axis=1)
    found = meshed(ring, [list(range(corners)) for corners in (3, 4, 700, 1500)])
    assert not found.findings and len(found.mesh.faces) == 1 + 2 + 698 + 1498


def test_plain_indices_are_not_read_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    words, plain = [], obj.whole
    monkeypatch.setattr(obj, "whole", lambda word: words.append(word) or plain(word))
    assert len(meshed(ARROW, [[0, 1, 2], [0, 2, 3]]).mesh.faces) == 2 and not words


@pytest.mark.parametrize("wrong", ["1.5", "1e3", "0x1", "1_0", "1-2", "99999999999999999999", "a", "1;"])
def test_an_index_that_is_no_whole_number_names_its_line(wrong: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(f"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\nf 1 2 {wrong}\n".encode(), name="a.obj")
    assert (caught.value.code, caught.value.values["line"]) == ("line_broken", 5)


@pytest.mark.parametrize(
    "markup",
    ["<!--{}-->", '<metadata name="{}">x</metadata>', "<?x {}?>"],
    ids=["comment", "value", "instruction"],
)
def test_a_tag_or_a_comment_without_end_is_refused_at_its_line(markup: str) -> None:
    text = model(before="\n\n" + markup.format("a" * (LONGEST_MARKUP + 2_000_000)))
    with pytest.raises(FileRefused) as caught:
        read(pack(parts(text), zipfile.ZIP_STORED))
    assert caught.value.code == "3mf_markup_too_long" and caught.value.values["line"] >= 3


def test_long_blanks_and_long_remarks_are_nothing() -> None:
    text = model(before="<!--" + "a" * 3_000_000 + "-->" + " " * 9_000_000)
    found = read(pack(parts(text), zipfile.ZIP_STORED))
    assert isinstance(found, Reading) and len(found.mesh.faces) == 12


def test_thousands_of_lines_of_one_point_are_counted_not_drawn() -> None:
    points = b"$$POLYLINE/1,2,1,5,5\n" * 3000 + b"$$POLYLINE/1,2,2,0,0,300,400\n"
    found = read(seeds.cli_ascii().replace(b"$$LAYER/20\n", b"$$LAYER/20\n" + points))
    assert isinstance(found, LayerReading) and len(found.layers[2].open_lines) == 3001
    assert {f.code: f.values.get("count") for f in found.findings}["tiny_lines"] == 3000


@pytest.mark.parametrize("made", [seeds.cli_ascii, seeds.cli_binary, seeds.ilt, seeds.toolpath, seeds.ovf])
def test_layers_reckoned_one_by_one_or_all_together_say_the_same(
    made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = judge(made()).to_dict()
    monkeypatch.setattr(layering, "_BLOCK", 1)
    assert judge(made()).to_dict() == together


def test_the_sections_of_an_archive_hold_so_many_layers_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ilt, "MOST_LAYERS_IN_ALL", 3)
    with pytest.raises(FileRefused, match="too_many_layers"):
        read(seeds.ilt())


@pytest.mark.parametrize("made", [seeds.package, seeds.toolpath])
def test_what_lies_beside_the_model_of_a_package_is_not_unpacked_to_know_what_it_is(
    made: Callable[[], bytes],
) -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    heavy = seeds.zipped({**files, "Metadata/beside.bin": 40 * (os.urandom(20_000) + bytes(980_000))})
    tracemalloc.start()
    try:
        is_toolpath(heavy, Limits())
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
