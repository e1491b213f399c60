"""Numbers no two programs read alike, counts that lie, units nobody meant: refused or doubted, never guessed."""

from __future__ import annotations

import json
import struct

import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from tests.kernels.geometry import seeds
from tests.kernels.geometry.threemf.making import model, threemf

CUBE = samples.cube(10)
MARK = b"\xef\xbb\xbf"


def refusal(data: bytes, name: str | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        judge(data, name=name)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    json.dumps(caught.value.values, allow_nan=False)
    return caught.value


def codes(data: bytes, name: str | None = None) -> set[str]:
    verdict = judge(data, name=name)
    json.dumps(verdict.to_dict(), allow_nan=False)
    return {finding.code for finding in verdict.all_findings}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (seeds.obj().replace(b"v 0 0 0", b"v 1_0 0 0"), "line_broken"),
        (seeds.obj().replace(b"f 1//1 5", b"f 0_1//1 5"), "line_broken"),
        (seeds.off().replace(b"\n4 0 ", b"\n4 0_0 ", 1), "line_broken"),
        (seeds.cli_ascii().replace(b"$$UNITS/0.01", b"$$UNITS/0_0.01"), "header_word_broken"),
        (seeds.cli_ascii().replace(b"$$LAYERS/000005", b"$$LAYERS/0_5"), "header_word_broken"),
        (seeds.cli_ascii().replace(b"$$LAYER/20", b"$$LAYER/2_0"), "command_broken"),
    ],
    ids=["point", "face", "polygon", "unit", "layers", "height"],
)  # fmt: skip
def test_a_number_with_an_underscore_is_no_number(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b"$$LAYERS/000005", b"$$LAYERS/-5", "header_word_broken"),
        (b"10,20,0.4", b"inf,20,0.4", "header_word_broken"),
        (b"$$UNITS/0.01", b"$$UNITS/inf", "header_word_broken"),
        (b"$$POWER/195.0", b"$$POWER/-195", "command_broken"),
        (b"$$SPEED/750", b"$$SPEED/-750", "command_broken"),
        (b"POLYLINE/1,1,5,", b"POLYLINE/1,nan,5,", "direction_unknown"),
        (b"POLYLINE/1,1,5,", b"POLYLINE/nan,1,5,", "command_broken"),
        (b"HATCHES/1,2,", b"HATCHES/1.5,2,", "command_broken"),
    ],
)
def test_a_figure_of_a_layer_file_that_cannot_be_is_refused(before: bytes, after: bytes, code: str) -> None:
    assert refusal(seeds.cli_ascii().replace(before, after)).code == code


def test_triangles_behind_the_announced_ones_are_never_taken_for_a_remark() -> None:
    lie = CUBE[:80] + struct.pack("<I", 6) + CUBE[84:]
    assert refusal(lie + b"made by somebody").values == {"announced": 6, "present": 12}
    assert codes(CUBE + b"made by somebody, on some day, with some program, for some reason") == {
        "trailing_bytes"
    }
    assert codes(CUBE + bytes(120)) == {"trailing_bytes"}


@pytest.mark.parametrize("name", ["box.obj", "box.off", "box_text.stl", "box_text.cli"])
def test_a_byte_order_mark_before_a_text_is_nothing(name: str) -> None:
    assert codes(MARK + seeds.SEEDS[name]) == codes(seeds.SEEDS[name])


def test_blanks_before_a_written_stl_are_nothing() -> None:
    assert codes(b"\n" * 6000 + seeds.solid()) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"format ascii 1.0", b"format ascii 1.0\nformat binary_little_endian 1.0"),
        (b"property float y", b"property float x"),
        (b"vertex_indices", b"vertex_indices\nproperty list uchar int vertex_index"),
    ],
    ids=["two formats", "a column twice", "two lists of faces"],
)
def test_a_ply_that_says_two_things_is_refused(before: bytes, after: bytes) -> None:
    assert refusal(seeds.ply_ascii().replace(before, after)).code == "header_line_broken"


def test_only_minus_one_parts_two_strips() -> None:
    strips = seeds.SEEDS["strips.ply"]
    assert b" -1 " not in strips
    header, rows = strips.split(b"end_header\n")
    *corners, strip = rows.rstrip(b"\n").split(b"\n")
    count, *named = strip.split()
    wrong = b" ".join([count, *named[:2], b"-2", *named[3:]])
    assert refusal(header + b"end_header\n" + b"\n".join([*corners, wrong, b""])).code == "point_out_of_range"


def test_two_sections_of_one_name_in_two_folders_are_refused() -> None:
    contour = seeds.cli_binary()
    files = {f"{folder}/modelsection_001_s1_vk.cli": contour for folder in "ab"}
    assert refusal(seeds.zipped(files), "box.ilt").code == "archive_name_twice"


@pytest.mark.parametrize(
    "name", ["../../x_vk.cli", "/etc/x_vk.cli", "..\\x_vk.cli", "C:/x_vk.cli", "a/../x_vk.cli"]
)
def test_a_section_that_names_a_place_outside_its_archive_is_refused(name: str) -> None:
    inside = {name.replace("x_vk", "modelsection_001_s1_vk"): seeds.cli_binary()}
    assert refusal(seeds.zipped(inside), "box.ilt").code == "archive_name_elsewhere"


def test_a_section_larger_than_the_size_it_announces_is_doubted() -> None:
    small = seeds.cli_binary().replace(b"$$DIMENSION/0,0,0.1,10,20,0.4", b"$$DIMENSION/0,0,0.1,5,20,0.4")
    whole = seeds.cli_binary().replace(b"$$DIMENSION/0,0,0.1,10,20,0.4", b"$$DIMENSION/0,0,0.1,90,90,0.4")
    for section, doubted in ((small, True), (whole, False)):
        found = codes(seeds.zipped({"modelsection_001_s1_vk.cli": section}), "box.ilt")
        assert ("dimension_differs" in found) is doubted


def test_a_part_of_a_hair_or_of_a_house_is_doubted_even_when_its_unit_is_said() -> None:
    for unit, doubted in (("millimeter", False), ("micron", True), ("meter", True), ("inch", False)):
        assert ("size_unlikely" in codes(threemf(model(attributes=f'unit="{unit}"')))) is doubted
    tiny = (
        seeds.cli_ascii().replace(b"$$UNITS/0.01", b"$$UNITS/0.0001").replace(b"10,20,0.4", b"0.1,0.2,0.004")
    )
    assert "size_unlikely" in codes(tiny)
