"""An exchange file is read whole or refused by name; nothing is repaired and nothing crashes."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strate.kernels.geometry import samples
from strate.kernels.geometry.judging.verify import verify
from strate.kernels.geometry.readers.stl import read_stl
from strate.kernels.geometry.readers.stl_text import read_text
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_refusal

CUBE = samples.cube(10)
TEXT_CUBE = samples.stl_text(samples.box_soup(10, 10, 10))


def refusal_of(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_stl(data)
    return caught.value


def test_a_binary_file_that_begins_with_solid_is_still_binary() -> None:
    reading = read_stl(b"solid cube".ljust(80) + CUBE[80:])
    assert reading.format == "stl-binary" and len(reading.mesh.faces) == 12


def test_text_and_binary_give_the_same_mesh() -> None:
    text, binary = verify(TEXT_CUBE), verify(CUBE)
    assert (text.volume_mm3, text.area_mm2, text.box) == (binary.volume_mm3, binary.area_mm2, binary.box)


@pytest.mark.parametrize(
    "data",
    [
        TEXT_CUBE.replace(b"\n", b"\r\n"),
        TEXT_CUBE.replace(b"\n", b"\r"),
        TEXT_CUBE.upper(),
        b"\xef\xbb\xbf" + TEXT_CUBE,
        b"\n \t" + TEXT_CUBE,
        TEXT_CUBE.replace(b"  ", b"\t\t "),
        TEXT_CUBE.replace(b"10.0", b"1.00000E+001"),
        TEXT_CUBE.replace(b"10.0", b"+10"),
        TEXT_CUBE.replace(b"solid part", b"solid a part named facet \xe9\xff"),
    ],
    ids=["crlf", "cr", "upper", "bom", "leading-blanks", "tabs", "exponents", "plus", "strange-name"],
)
def test_the_usual_dialects_of_text_are_read(data: bytes) -> None:
    assert verify(data).volume_mm3 == pytest.approx(1000) and verify(data).state == "sound"


@pytest.mark.parametrize("lost", ["nan", "-nan(ind)", "-1.#IND", "1.#QNAN0e+000", "inf"])
def test_a_direction_its_writer_could_not_work_out_hides_no_corner(lost: str) -> None:
    given = TEXT_CUBE.replace(b" 0.000000e+00", f" {lost}".encode())
    assert given != TEXT_CUBE and verify(given).volume_mm3 == pytest.approx(1000)
    assert refusal_of(TEXT_CUBE.replace(b"10.0", lost.encode(), 1)).code in ("ascii_broken", "not_a_number")


@pytest.mark.parametrize("stray", ["nanny", "1#", "vertex", ""])
def test_a_direction_must_still_be_one(stray: str) -> None:
    assert refusal_of(TEXT_CUBE.replace(b"0.000000e+00", stray.encode(), 1)).code == "ascii_broken"


def test_no_solid_of_a_text_is_lost() -> None:
    away = samples.stl_text(samples.box_soup(10, 10, 10) + 50, name="second")
    verdict = verify(TEXT_CUBE + away)
    assert (verdict.triangles, verdict.shell_count) == (24, 2)
    assert verdict.volume_mm3 == pytest.approx(2000)
    assert [f.code for f in verdict.findings] == ["several_solids"] and verdict.state == "sound"


NUMBERS = st.floats(-1e6, 1e6).map(repr) | st.decimals(-1_000_000, 1_000_000, places=7).map(str) \
    | st.from_regex(r"[+-]?[0-9]{1,5}\.[0-9]{0,22}([eE][+-]?[0-2]?[0-9])?", fullmatch=True) \
    | st.sampled_from(["1e-400", ".5", "5.", "-0", "0e999", "9007199254740993", "18446744073709551615e-19",
                       "2.2250738585072011e-308", "123456789012345678901234567890e-25"])  # fmt: skip


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=9, max_size=9))
def test_a_number_of_a_text_is_the_one_python_reads(numbers: list[str]) -> None:
    corners = "".join("vertex {} {} {}\n".format(*numbers[k : k + 3]) for k in (0, 3, 6))
    text = f"solid\nfacet normal 0 0 0\nouter loop\n{corners}endloop\nendfacet\nendsolid"
    soup, _ = read_text(text.encode(), Limits())
    assert soup.reshape(-1).tolist() == [float(number) for number in numbers]


@pytest.mark.parametrize(
    "number", ["1_000", "0x10", "1e", "1e+", ".", "-", "+-1", "1d3", "--1", "١", "1" * 600]
)
def test_what_is_no_number_is_not_guessed(number: str) -> None:
    broken = refusal_of(TEXT_CUBE.replace(b"10.0", number.encode(), 1))
    assert (broken.code, broken.values["triangle"]) == ("ascii_broken", 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"s", "other_kind"),
        (b"\0" * 50, "not_stl"),
        (b"\0" * 84, "no_triangles"),
        (b"\0" * 10_084, "not_stl"),
        (b"solid nothing\nendsolid nothing\n", "no_triangles"),
        (CUBE[:80] + struct.pack("<I", 4_000_000_000) + CUBE[84:], "truncated"),
        (CUBE[:80] + struct.pack("<I", 40_000_000) + CUBE[84:300], "truncated"),
        (CUBE[:80] + struct.pack("<I", 6) + CUBE[84:], "count_too_small"),
        (CUBE[:80] + struct.pack("<I", 0) + CUBE[84:], "count_too_small"),
        (CUBE[: len(CUBE) // 2], "truncated"),
        (TEXT_CUBE[: len(TEXT_CUBE) // 2], "ascii_cut"),
        (TEXT_CUBE.replace(b"10.0", b"10,0"), "decimal_comma"),
        (TEXT_CUBE.replace(b"10.0", b"ten"), "ascii_broken"),
        (TEXT_CUBE.replace(b"10.0", b"1.0.0", 1), "ascii_broken"),
        (TEXT_CUBE.replace(b"10.0", b"1e", 1), "ascii_broken"),
        (TEXT_CUBE.replace(b"vertex", b"vortex", 1), "ascii_broken"),
        (TEXT_CUBE.replace(b"endloop", b"vertex 0 0 0\nendloop", 1), "ascii_broken"),
        (TEXT_CUBE.replace(b"10.0", b"nan", 1), "not_a_number"),
        (TEXT_CUBE.replace(b"10.0", b"1e400", 1), "not_a_number"),
        (TEXT_CUBE.replace(b"10.0", b"1e9"), "coordinate_out_of_reach"),
        (TEXT_CUBE + b"and more", "ascii_stray_text"),
        (TEXT_CUBE.decode().encode("utf-16"), "other_kind"),
    ],
)
def test_a_lying_file_is_refused_by_name(data: bytes, code: str) -> None:
    refused = refusal_of(data)
    assert refused.code == code
    assert say_refusal(refused, "fr") and say_refusal(refused, "en")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_corner_that_is_no_number_is_refused_with_its_triangle(bad: float) -> None:
    soup = samples.box_soup(10, 10, 10)
    soup[6, 1, 2] = bad
    with np.errstate(invalid="ignore"):
        refused = refusal_of(samples.stl_bytes(soup))
    assert (refused.code, refused.values["triangle"]) == ("not_a_number", 7)


def test_a_photo_renamed_is_called_a_photo() -> None:
    refused = refusal_of(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40)
    assert "une photo JPEG" in say_refusal(refused, "fr")
    assert "a JPEG picture" in say_refusal(refused, "en")


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"\x89PNG\r\n\x1a\n", "png"), (b"PK\x03\x04", "zip"), (b"%PDF-1.7", "pdf"), (b"ISO-10303-21;", "step"),
     (b"ply\nformat ascii", "ply"), (b"<html>", "html"), (b"$$HEADERSTART", "cli")],
)  # fmt: skip
def test_a_file_of_another_kind_is_named(start: bytes, kind: str) -> None:
    assert refusal_of(start + b"\0" * 200).values["kind"] == kind


def test_random_bytes_are_no_stl() -> None:
    noise = np.random.default_rng(7).bytes(5000)
    assert refusal_of(noise).code == "not_stl"


def test_bytes_after_the_last_triangle_are_said_and_not_read() -> None:
    verdict = verify(CUBE + b"made by somebody")
    assert verdict.triangles == 12 and verdict.state == "findings"
    assert verdict.findings[0].code == "trailing_bytes" and verdict.findings[0].values["count"] == 16


def test_more_triangles_than_allowed_are_refused_before_they_are_read() -> None:
    with pytest.raises(FileRefused, match="too_many_triangles"):
        read_stl(CUBE, Limits(max_triangles=11))
    with pytest.raises(FileRefused, match="too_many_triangles"):
        read_stl(TEXT_CUBE, Limits(max_triangles=11))


@pytest.mark.parametrize("whole", [CUBE, TEXT_CUBE], ids=["binary", "text"])
def test_a_file_cut_at_any_byte_is_refused_or_read_whole_and_never_crashes(whole: bytes) -> None:
    for length in range(len(whole)):
        try:
            verdict = verify(whole[:length])
        except FileRefused as refused:
            assert say_refusal(refused)
        else:
            assert verdict.triangles == 12 and whole is TEXT_CUBE  # only the name after «endsolid» was cut
