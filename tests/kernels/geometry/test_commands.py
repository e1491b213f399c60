"""At the keyboard: 0 sound, 1 findings, 2 refused with its reason; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strate.kernels.geometry import samples
from strate.kernels.geometry.commands import geometry


@pytest.fixture()
def part(tmp_path: Path) -> Path:
    path = tmp_path / "o21.stl"
    path.write_bytes(samples.stl_bytes(samples.box_soup(100, 50, 100)))
    return path


def run(*words: object) -> Result:
    result = CliRunner().invoke(geometry, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_sound_part_says_so_in_french(part: Path) -> None:
    result = run("verify", part, "--layer-um", 30, "--machine-volume", "250x250x325", "--lang", "fr")
    assert result.exit_code == 0
    assert "sain" in result.output and "100 × 50 × 100 mm" in result.output
    assert "3\u202f334 × 30 µm" in result.output and "500\u202f000 mm³" in result.output


def test_a_part_too_tall_for_the_machine_is_a_finding(part: Path) -> None:
    result = run("verify", part, "--machine-volume", "250×250×99,5", "--lang", "fr")
    assert result.exit_code == 1 and "0 × 0 × 0,5 mm" in result.output


def test_json_holds_the_whole_verdict(part: Path) -> None:
    plain = json.loads(run("verify", part, "--json", "--layer-um", 30).output)
    assert plain["state"] == "sound" and plain["layers"] == 3334 and len(plain["sha256"]) == 64


@pytest.mark.parametrize(
    "command",
    [
        ["verify"],
        ["slice", "--layer-um", 30],
        ["weigh", "--bed", "9x9", "--solid-density", 8, "--bulk-density", 4],
    ],
)
def test_a_refusal_is_a_sentence(tmp_path: Path, command: list[object]) -> None:
    photo = tmp_path / "part.stl"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 1000)
    result = run(*command, photo, "--lang", "fr")
    assert result.exit_code == 2 and "une photo JPEG" in result.output
    said = json.loads(run(*command, photo, "--json", "--lang", "en").output)
    assert said["code"] == "other_kind" and "a JPEG picture" in said["sentence"]


def test_weighing_shows_the_published_sums(part: Path) -> None:
    powder = ("--solid-density", "7,97", "--bulk-density", "4.0", "--dosing", "1,3")
    asked = ("weigh", part, "--bed", "250x250", *powder)
    result = run(*asked, "--lang", "fr")
    assert result.exit_code == 0 and "35,081 kg" in result.output
    assert json.loads(run(*asked, "--json").output)["overflow_mg"] == 8_095_500


def test_a_part_larger_than_the_bed_cannot_be_weighed(part: Path) -> None:
    result = run("weigh", part, "--bed", "10x10", "--solid-density", 8, "--bulk-density", 4, "--lang", "en")
    assert result.exit_code == 2 and "larger than the bed" in result.output


@pytest.mark.parametrize("volume", ["250x250", "axbxc", "0x1x1", "nanx1x1", "1x1x-1"])
def test_a_machine_volume_that_is_none_is_refused(part: Path, volume: str) -> None:
    assert run("verify", part, "--machine-volume", volume).exit_code == 2


def test_slicing_gives_every_area_or_the_outlines_wanted(part: Path) -> None:
    assert json.loads(run("slice", part, "--layer-um", 1000).output)["areas_mm2"] == [5000.0] * 100
    cut = json.loads(run("slice", part, "--layer-um", 1000, "--layer", 7).output)["cuts"][0]
    assert (cut["layer"], cut["z_mm"], cut["area_mm2"]) == (7, 6.5, 5000.0)
    assert sorted(cut["contours_um"][0]) == [0, 0, 0, 0, 50_000, 50_000, 100_000, 100_000]
