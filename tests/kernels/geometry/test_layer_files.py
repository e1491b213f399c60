"""Layer files: every byte read, every layer counted, and what the header says compared with what is drawn."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from strate.kernels.geometry.cutting.layer_cuts import cuts_of_file
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.judging.layer_verdict import LayerVerdict, OpaqueVerdict
from strate.kernels.geometry.judging.verdicts import verdict_from
from strate.kernels.geometry.readers import LayerReading, Opaque
from strate.kernels.geometry.readers.dispatch import read
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from tests.kernels.geometry import seeds

# What each real file holds, counted by another program: layers, contours, strokes.
CORPUS = {
    "20180316_ShiftPaddles_Gitter_700µm.cli": (1403, 2600, 0),
    "Box_support_solid_ascii_with_params.cli": (1012, 0, 0),
    "Mirrored_s_Union result-003_s_ex.cli": (119, 29679, 0),
    "Zusammenbau_DAP_scaled_0.74698.cli": (92, 1434, 0),
    "frustrum_ASCII.cli": (100, 100, 3181),
    "s_Cylinder_ex.cli": (8, 233, 0),
    "s_MiniCooper_ex.cli": (27, 1593, 0),
    "BoxPartConbtour_PyramidPartVolume_support.ilt": (2524, 2475, 301280),
    "magics_Zylinder_Pyramid_TensileBar_with_supports.ilt": (226, 1078, 52916),
    "testcubeEasy.ilt": (10, 10, 190),
    "bunny.ovf": (83, 116, 104035),
    "adsk logo 48 layers.3mf": (48, 131, 3296),
    "adsklogo_skywriting.3mf": (48, 131, 3296),
    "torus.3mf": (167, 130, 139911),
}


def layered(data: bytes, name: str | None = None) -> LayerReading:
    found = read(data, name=name)
    assert isinstance(found, LayerReading)
    assert all(say_finding(f, "fr") and say_finding(f, "en") for f in found.findings)
    return found


def judged(data: bytes, **asked: object) -> LayerVerdict:
    verdict = judge(data, **asked)
    assert isinstance(verdict, LayerVerdict)
    assert verdict_from(verdict.to_dict()) == verdict
    return verdict


def codes(data: bytes, **asked: object) -> dict[str, str]:
    return {f.code: f.severity for f in judged(data, **asked).findings}


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        judge(data)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_every_real_layer_file_is_read_to_its_last_byte(layer_files: Path, name: str) -> None:
    verdict = judged(next(layer_files.rglob(name)).read_bytes(), name=name)
    assert (verdict.layers, verdict.contours, verdict.hatches) == CORPUS[name]
    unread = {
        "trailing_bytes_in_layers",
        "cli_words_not_read",
        "fewer_layers",
        "more_layers",
        "name_contradicts",
    }
    assert not unread & {f.code for f in verdict.findings}
    assert "dimension_differs" not in {f.code for f in verdict.findings} and verdict.layer_um is not None


def test_the_negative_places_of_a_real_file_are_not_at_655_mm(layer_files: Path) -> None:
    verdict = judged(next(layer_files.rglob("s_Cylinder_ex.cli")).read_bytes())
    assert verdict.box.low[0] == pytest.approx(-4.93) and verdict.box.high[0] == pytest.approx(4.94)
    assert "short_numbers_signed" in {f.code for f in verdict.findings}


@pytest.mark.parametrize("name", seeds.LAYERED)
def test_a_layer_file_has_its_area_its_volume_and_its_thickness(name: str) -> None:
    verdict = judged(seeds.SEEDS[name], name=name)
    assert verdict.state == "sound" and verdict.volume_sure and verdict.unit_said_by_file
    area = 184 if name.endswith(".cli") else 200
    assert verdict.largest_mm2 == pytest.approx(area)
    drawn = verdict.drawn_layers * (verdict.layer_um or 0) / 1000
    assert verdict.volume_mm3 == pytest.approx(area * drawn)


def test_power_speed_and_time_follow_the_lines() -> None:
    verdict = judged(seeds.cli_ascii())
    beam = verdict.beams[0]
    assert (beam.power_w, beam.speed_mm_s) == (195, 750) and len(verdict.beams) == 1
    assert beam.length_mm == pytest.approx(4 * (60 + 16 + 10 + 10))
    assert verdict.exposure_s == pytest.approx(4 * 96 / 750) and verdict.jump_mm == pytest.approx(8)
    assert judged(seeds.cli_binary()).exposure_s is None


def test_the_first_empty_layer_only_says_where_the_part_begins() -> None:
    verdict = judged(seeds.cli_binary())
    assert (verdict.layers, verdict.drawn_layers, verdict.bottom_mm, verdict.height_um) == (5, 4, 0.0, 400)


@pytest.mark.parametrize("layer_um", [70, 90, 110, 130, 170, 260, 300])
def test_a_layer_file_is_cut_to_its_top_whatever_the_thickness_asked(layer_um: int) -> None:
    reading = layered(seeds.cli_ascii())
    cuts = cuts_of_file(reading, layer_um, None)["cuts"]
    heights_um = [round(1000 * cut["z_mm"]) for cut in cuts]
    assert heights_um == sorted(heights_um) and 400 - heights_um[-1] < layer_um
    for layer in (0, len(cuts) + 1):
        with pytest.raises(FileRefused, match="layer_out_of_part"):
            cuts_of_file(reading, layer_um, [layer])


def test_the_direction_said_counts_not_the_one_drawn() -> None:
    drawn_backwards = seeds.cli_ascii().replace(b"$$POLYLINE/1,1,", b"$$POLYLINE/1,0,", 1)
    found = layered(drawn_backwards)
    assert {f.code for f in found.findings} == {"turned_lines"}
    assert judged(drawn_backwards).volume_mm3 == pytest.approx(73.6 - 2 * 20)


def test_short_numbers_below_zero_are_read_as_the_announced_size_says() -> None:
    verdict = judged(seeds.cli_binary(low=-5))
    assert verdict.box.low[0] == -5 and verdict.box.high[0] == 5
    assert codes(seeds.cli_binary(low=-5)) == {"short_numbers_signed": "info"}
    unsaid = seeds.cli_binary(low=-5).replace(b"$$DIMENSION/-5,0,0.1,5,20,0.4\n", b"")
    assert codes(unsaid)["short_numbers_doubtful"] == "warn"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((b"$$LAYERS/000005", b"$$LAYERS/000006"), {"fewer_layers": "refuse"}),
        ((b"$$LAYERS/000005", b"$$LAYERS/000004"), {"more_layers": "warn"}),
        ((b"10,20,0.4", b"10,21,0.4"), {"dimension_differs": "warn"}),
        ((b"$$VERSION/200\n", b""), {}),
        ((b"$$DATE/221126", b"$$DATE/20261122"), {}),
        ((b"$$UNITS/0.01", b"$$UNITS/00000000.010000"), {}),
        ((b"$$DATE/221126", b"$$DATE/221126\n// a remark with $$UNITS/7 inside //"), {}),
        ((b"$$DATE/221126", b"$$USERDATA/me,12,$$HEADEREND!\n$$DATE/221126"), {}),
        ((b"$$DATE/221126", b"$$MYSTERY/42"), {"cli_words_not_read": "warn"}),
    ],
)
@pytest.mark.parametrize("kind", ["text", "binary"])
def test_a_header_that_lies_or_varies(
    kind: str, change: tuple[bytes, bytes], expected: dict[str, str]
) -> None:
    data = seeds.cli_ascii() if kind == "text" else seeds.cli_binary()
    assert codes(data.replace(*change, 1)) == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"$$UNITS/0.01\n", b""), "header_word_missing"),
        ((b"$$UNITS/0.01", b"$$UNITS/0"), "header_word_broken"),
        ((b"$$UNITS/0.01", b"$$UNITS/0,01"), "header_word_broken"),
        ((b"$$UNITS/0.01", b"$$UNITS/nan"), "header_word_broken"),
        ((b"$$UNITS/0.01", b"$$UNITS/0.01\n$$UNITS/0.005"), "header_word_twice"),
        ((b"$$ASCII\n", b""), "header_word_missing"),
        ((b"$$HEADEREND", b""), "header_without_end"),
        ((b"$$GEOMETRYEND", b""), "geometry_without_end"),
        ((b"$$LAYER/0", b""), "line_before_layer"),
        ((b"POLYLINE/1,1,5", b"POLYLINE/1,1,6"), "command_broken"),
        ((b"POLYLINE/1,1,5", b"POLYLINE/1,7,5"), "direction_unknown"),
        ((b"1000,0,", b"1000,nan,"), "line_not_usable"),
        ((b"1000,0,", b"1000,1e30,"), "line_not_usable"),
        ((b"$$LAYER/20", b"$$LAYER/inf"), "command_broken"),
        ((b"$$LAYER/20", b"$$LAYER/1e10"), "layer_height_not_usable"),
        ((b"HATCHES/1,2", b"HATCHES/1,-2"), "command_broken"),
        ((b"HATCHES/1,2", b"HATCHES/1,4000000000"), "command_broken"),
    ],
)
def test_what_cannot_be_understood_in_a_written_cli_is_refused(
    change: tuple[bytes, bytes], code: str
) -> None:
    data = seeds.cli_ascii()
    if code == "line_before_layer":
        data = b"".join(line for line in data.splitlines(True) if not line.startswith(b"$$LAYER/"))
    assert refusal(data.replace(*change, 1)).code == code


def test_a_binary_cli_that_announces_four_billion_points_is_refused_at_once() -> None:
    data = seeds.header("BINARY") + struct.pack("<HfHiii", 127, 1.0, 130, 1, 1, 2**31 - 1)
    assert refusal(data).code == "cut_in_layer"
    assert refusal(seeds.header("BINARY") + struct.pack("<HfHiii", 127, 1.0, 130, 1, 1, -5)).code in (
        "list_of_negative_length",
    )
    assert refusal(seeds.header("BINARY") + struct.pack("<HfH", 127, 1.0, 999)).code == "command_unknown"
    assert refusal(seeds.header("BINARY")).code == "no_layers"


def test_layers_out_of_order_missing_or_uneven_are_found_in_their_place() -> None:
    text = seeds.cli_ascii()
    assert codes(text.replace(b"$$LAYER/30", b"$$LAYER/5"))["layers_not_rising"] == "refuse"
    taller = text.replace(b"$$LAYER/40", b"$$LAYER/60").replace(b"20,0.4", b"20,0.6")
    found = {f.code: f for f in judged(taller).findings}
    assert "uneven_layers" in found or "layer_missing" in found
    assert codes(text, layer_um=30) == {"layer_um_differs": "warn"}


def test_a_line_that_does_not_close_is_said_where_it_is() -> None:
    torn = seeds.cli_ascii().replace(
        b"0,0,1000,0,1000,2000,0,2000,0,0", b"0,0,1000,0,1000,2000,0,2000,0,500", 1
    )
    found = {f.code: f for f in judged(torn).findings}
    assert found["unclosed_lines"].point_mm == (0, 0, 0.1)


def test_aligned_commands_are_read_both_ways() -> None:
    """Some programs fill every command to four bytes, some announce it and do not."""
    flat = [round(100 * side) for point in seeds.SQUARE for side in point]
    ring = struct.pack("<HHHHHH", 129, 0, 1, 1, 5, 0)[:10] + struct.pack("<10h", *flat)
    body = b""
    for layer in (1, 2):
        body += struct.pack("<HHf", 127, 0, 10.0 * layer) + ring + bytes(-len(ring) % 4)
    header = seeds.header("BINARY", dimension="0,0,0.1,10,20,0.2", layers=2)
    aligned = header.replace(b"$$DATE", b"$$ALIGN\n$$DATE")
    assert judged(aligned + body).volume_mm3 == pytest.approx(40)
    assert judged(seeds.cli_binary().replace(b"$$DATE", b"$$ALIGN\n$$DATE")).volume_mm3 == pytest.approx(73.6)


def test_the_second_pass_of_a_contour_does_not_count_its_area_twice() -> None:
    verdict = judged(seeds.toolpath())
    assert verdict.contours == 2 and verdict.largest_mm2 == pytest.approx(200)
    inner = (
        '<segment type="loop" profileid="2" partid="1">'
        + "".join(f'<point x="{x}" y="{y}"/>' for x, y in ((20, 20), (980, 20), (980, 1980), (20, 1980)))
        + "</segment>"
    )
    with zipfile.ZipFile(io.BytesIO(seeds.toolpath())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "Toolpath/layer0.xml"
    files[name] = files[name].replace(b'<segment type="hatch"', inner.encode() + b'<segment type="hatch"')
    again = judged(seeds.zipped(files))
    assert again.largest_mm2 == pytest.approx(200) and again.volume_sure and again.open_lines == 0


def test_a_toolpath_without_one_of_its_layers_or_profiles_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(seeds.toolpath())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    lost = {name: content for name, content in files.items() if name != "Toolpath/layer1.xml"}
    assert refusal(seeds.zipped(lost)).code == "layer_part_missing"
    files["Toolpath/layer0.xml"] = files["Toolpath/layer0.xml"].replace(b'uuid="ab"', b'uuid="cd"')
    assert refusal(seeds.zipped(files)).code == "profile_unknown"


def test_an_archive_of_layers_is_refused_for_what_is_wrong_with_it() -> None:
    good = seeds.ilt()
    assert refusal(seeds.zipped({"modelsection_param.txt": b"[x]\r\n"})).code == "no_layers"
    bomb = seeds.zipped({"modelsection_001_s1_vk.cli": bytes(300_000_000)})
    assert refusal(bomb).code == "3mf_zip_bomb"
    broken = bytearray(good)
    broken[60] ^= 0xFF
    assert refusal(bytes(broken)).code in ("3mf_zip_damaged", "3mf_zip_crc", "3mf_zip_lies")
    unset = judged(seeds.zipped({"modelsection_001_s1_vk.cli": seeds.cli_binary()}))
    assert {f.code for f in unset.findings} >= {"sections_without_settings"}


@pytest.mark.parametrize("name", ["a.sli", "a.slm", "A.MTT", "a.rea", "a.eosjob"])
def test_a_closed_format_is_identified_and_never_called_fine(name: str) -> None:
    data = bytes(range(256)) * 4 if name != "a.sli" else b"EOS 1993 SLI FILE" + bytes(500)
    assert isinstance(read(data, name=name), Opaque)
    verdict = judge(data, name=name)
    assert isinstance(verdict, OpaqueVerdict) and verdict.state == "unknown"
    assert [f.code for f in verdict.findings] == ["opaque_not_verified"] and len(verdict.sha256) == 64
    assert verdict_from(verdict.to_dict()) == verdict


def test_a_photo_called_slm_is_still_a_photo() -> None:
    with pytest.raises(FileRefused, match="other_kind"):
        judge(b"\xff\xd8\xff\xe0" + bytes(100), name="part.slm")
