"""Bad files never hurt: cut, poisoned, absurd, each is read with its findings or refused with its sentence."""

from __future__ import annotations

import time

import numpy as np
import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.judging.verdicts import AnyVerdict
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from tests.kernels.geometry import seeds

LIMITS = Limits(max_triangles=100_000)


def judged(data: bytes, name: str | None = None) -> AnyVerdict | FileRefused:
    """The verdict or the refusal, each of which is said in both languages, in two seconds of processor at most."""
    begun = time.process_time()
    try:
        verdict = judge(data, name=name, layer_um=100, limits=LIMITS)
        assert all(say_finding(f, "fr") and say_finding(f, "en") for f in verdict.all_findings)
        found: AnyVerdict | FileRefused = verdict
    except FileRefused as refused:
        assert say_refusal(refused, "fr") and say_refusal(refused, "en")
        found = refused
    assert time.process_time() - begun < 2
    return found


def code(data: bytes, name: str | None = None) -> str:
    found = judged(data, name)
    assert isinstance(found, FileRefused)
    return found.code


def codes(data: bytes, name: str | None = None) -> set[str]:
    found = judged(data, name)
    assert not isinstance(found, FileRefused), found
    return {f.code for f in found.all_findings}


# Whatever is cut off these is seen, but for blanks at the end; a binary CLI has no end mark: its last
# layer may lose whole lines unseen, everything below may not.
NO_END_MARK = {"box.cli", "box_long.cli"}


@pytest.mark.parametrize("name", sorted(seeds.SEEDS))
def test_a_file_cut_anywhere_is_never_taken_for_the_whole(name: str) -> None:
    whole = seeds.SEEDS[name]
    last_layer = whole.rfind(b"\x80\x00\x28\x00") if name == "box.cli" else whole.rfind(b"\x7f\x00")
    for length in range(len(whole.rstrip())):
        found = judged(whole[:length], name)
        if isinstance(found, FileRefused) or found.state == "refused":
            continue
        if name in NO_END_MARK and length > last_layer:
            continue
        # The last word of a text may lose signs that say nothing: the name behind « endsolid », a normal.
        assert name in ("box.obj", "box_text.stl") and length >= len(whole) - 8, (length, found)


@pytest.mark.parametrize("name", sorted(seeds.SEEDS))
def test_a_file_named_after_another_format_is_read_for_what_it_is(name: str) -> None:
    for other in (".stl", ".obj", ".ply", ".cli", ".3mf", ".xyz", ""):
        found = judged(seeds.SEEDS[name], "part" + other)
        true = judged(seeds.SEEDS[name], name)
        assert type(found) is type(true)
        if not isinstance(found, FileRefused) and not isinstance(true, FileRefused):
            assert found.format == true.format


DIALECTS = {
    "capitals": lambda text: text.upper(),
    "tabs": lambda text: text.replace(b" ", b"\t"),
    "one line": lambda text: b" ".join(text.split(b"\n")),
    "windows": lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    "old mac": lambda text: text.replace(b"\n", b"\r"),
}


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_five_dialects_of_written_stl_are_the_same_part(dialect: str) -> None:
    spoken = DIALECTS[dialect](samples.stl_text(seeds.SOUP, name="part"))
    if dialect == "one line":
        spoken = spoken.replace(b"solid part", b"solid part\n", 1)
    found = judged(spoken)
    assert isinstance(found, Verdict) and found.state == "sound" and found.volume_mm3 == pytest.approx(6000)


def test_decimal_commas_are_refused_and_never_read_as_something_else() -> None:
    assert code(samples.stl_text(seeds.SOUP).replace(b".", b",")) == "decimal_comma"


def test_an_inside_out_part_is_told() -> None:
    found = judged(samples.stl_bytes(seeds.SOUP[:, ::-1]))
    assert isinstance(found, Verdict) and found.state != "sound" and found.volume_mm3 < 0
    assert "inside_out" in {f.code for f in found.findings}


def test_two_shells_inside_each_other_are_a_cavity_or_a_double() -> None:
    inner = samples.box_soup(2, 2, 2) + np.array([4, 4, 4])
    hollow = np.concatenate([seeds.SOUP, inner[:, ::-1]])
    double = np.concatenate([seeds.SOUP, inner])
    assert "closed_cavity" in codes(samples.stl_bytes(hollow))
    found = judged(samples.stl_bytes(double))
    assert isinstance(found, Verdict) and not found.volume_sure and found.state != "sound"


def test_a_moebius_band_has_no_inside() -> None:
    turn = np.linspace(0, 2 * np.pi, 41)
    rows = []
    for width in (-5, 5):
        across = width * np.cos(turn / 2)
        rows.append(np.stack([(30 + across) * np.cos(turn), (30 + across) * np.sin(turn),
                              width * np.sin(turn / 2)], axis=1))  # fmt: skip
    a, b = np.round(rows[0], 6), np.round(rows[1], 6)
    band = np.concatenate([np.stack([a[:-1], a[1:], b[1:]], 1), np.stack([a[:-1], b[1:], b[:-1]], 1)])
    assert "open_edges" in codes(samples.stl_bytes(band))
    found = judged(samples.stl_bytes(band))
    assert isinstance(found, Verdict) and found.state == "refused"


def test_huge_and_tiny_coordinates_are_refused_or_doubted() -> None:
    assert code(samples.stl_bytes(seeds.SOUP * 1e8)) == "coordinate_out_of_reach"
    assert code(samples.stl_text(seeds.SOUP * 1e8)) == "coordinate_out_of_reach"
    assert {"unit_too_small"} <= codes(samples.stl_bytes(seeds.SOUP * 1e-4))
    tiny = judged(samples.stl_bytes(seeds.SOUP * 1e-10))
    assert isinstance(tiny, FileRefused) or tiny.state != "sound"


def test_a_part_in_inches_is_doubted_not_converted() -> None:
    found = judged(samples.stl_bytes(seeds.SOUP / 25.4 / 2))
    assert isinstance(found, Verdict) and found.unit_doubt and not found.unit_said_by_file
    assert found.state == "findings" and found.box.size[2] == pytest.approx(30 / 25.4 / 2)


@pytest.mark.parametrize("count", [2**32 - 1, 2**31, 10**9, 13])
def test_more_triangles_announced_than_there_are_is_refused_at_once(count: int) -> None:
    data = bytearray(samples.stl_bytes(seeds.SOUP))
    data[80:84] = count.to_bytes(4, "little")
    assert code(bytes(data)) == "truncated"


def test_fewer_triangles_announced_than_there_are_is_refused() -> None:
    data = bytearray(samples.stl_bytes(seeds.SOUP))
    data[80:84] = bytes(4)
    assert code(bytes(data)) == "count_too_small"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e38])
@pytest.mark.parametrize("write", [samples.stl_bytes, samples.stl_text])
def test_a_corner_that_is_no_place_is_refused_not_dropped(write, value: float) -> None:
    soup = seeds.SOUP.copy()
    soup[3, 1, 2] = value
    with np.errstate(all="ignore"):
        assert code(write(soup)) in ("not_a_number", "coordinate_out_of_reach")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty_file"),
        (bytes(1000), "not_stl"),
        (b"\x00", "not_stl"),
        (b"solid\n", "ascii_cut"),
        (b"solid a\nendsolid a\n", "no_triangles"),
        (b"solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nendsolid\n", "ascii_broken"),
        (bytes(80) + bytes(4), "no_triangles"),
        (b"%PDF-1.7\n" + bytes(500), "other_kind"),
        (b"\xff\xfe" + "solid a".encode("utf-16-le"), "other_kind"),
        (b"PK\x03\x04" + bytes(300), "other_kind"),
        (b"LVF!" + bytes(300), "message_broken"),
        (b"LVF!" + b"\xff" * 300, "message_broken"),
        (b"$$HEADERSTART", "header_without_end"),
        (b"ply\n", "header_without_end"),
        (b"OFF\n", "no_points"),
        (b"OFF\n1e9 1e9 0\n", "too_many_rows"),
        (b"OFF\n-1 1 0\n", "line_broken"),
    ],
)
def test_what_is_no_part_is_refused_by_its_name(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_random_bytes_are_refused() -> None:
    rng = np.random.default_rng(22)
    for _ in range(200):
        found = judged(rng.bytes(int(rng.integers(1, 3000))))
        assert isinstance(found, FileRefused), found
