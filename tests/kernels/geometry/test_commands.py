"""At the keyboard: 0 sound, 1 findings, 2 refused with its reason; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strate.kernels.geometry import samples
from strate.kernels.geometry.commands import geometry
from tests.kernels.geometry import seeds


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


def test_a_layer_file_says_its_layers_its_beam_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "support.cli"
    path.write_bytes(seeds.cli_ascii())
    result = run("verify", path, "--lang", "fr")
    assert result.exit_code == 0
    for said in ("5 × 100 µm", "10 × 20 × 0,4 mm", "73,6 mm³", "195 W, 750 mm/s", "0,512 s"):
        assert said in result.output
    assert run("verify", path, "--layer-um", 30, "--lang", "fr").exit_code == 1
    assert json.loads(run("slice", path).output)["areas_mm2"] == [0.0, *[184.0] * 4]
    cut = json.loads(run("slice", path, "--layer", 2).output)["cuts"][0]
    assert cut["area_mm2"] == 184.0 and len(cut["contours_um"]) == 2 and len(cut["hatches_um"]) == 8
    beyond = run("slice", path, "--layer", 9, "--lang", "fr")
    assert beyond.exit_code == 2 and "la pièce en compte 5" in beyond.output


def test_a_layer_file_is_weighed_like_a_mesh(tmp_path: Path) -> None:
    path = tmp_path / "support.cli"
    path.write_bytes(seeds.cli_ascii())
    result = run("weigh", path, "--bed", "100x100", "--solid-density", 8, "--bulk-density", 4, "--json")
    assert result.exit_code == 0 and json.loads(result.output)["part_mg"] == 589


def test_a_closed_format_is_unknown_at_the_keyboard_too(tmp_path: Path) -> None:
    path = tmp_path / "support.slm"
    path.write_bytes(bytes(range(256)) * 4)
    result = run("verify", path, "--lang", "fr")
    assert result.exit_code == 1 and "inconnu" in result.output and "rien n’y a été vérifié" in result.output
    assert "sain" not in result.output
    for command in (["slice"], ["weigh", "--bed", "9x9", "--solid-density", 8, "--bulk-density", 4]):
        refused = run(*command, path, "--lang", "fr")
        assert refused.exit_code == 2 and "seul son fabricant" in refused.output


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/stdin", "/proc/self", "/nowhere/at/all.stl", ""])
def test_what_is_no_file_is_refused_at_once(name: str) -> None:
    result = run("verify", name, "--lang", "fr")
    assert result.exit_code == 2 and (
        "n’est pas un fichier" in result.output or "introuvable" in result.output
    )


def test_a_name_that_is_no_text_and_a_name_that_gives_orders_are_only_shown(tmp_path: Path) -> None:
    for raw in (b"caf\xe9.stl", b"\x1b[31mred.stl", b"two\nlines.stl"):
        result = run("verify", tmp_path / os.fsdecode(raw), "--lang", "fr")
        assert result.exit_code == 2 and "introuvable" in result.output
        assert "\x1b" not in result.output and result.output.count("\n") == 1


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "part.stl"
    path.write_bytes(samples.bracket())
    shell = f"{Path(sys.executable).with_name('strate')} geometry slice --layer-um 30 {path} | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, timeout=60, check=False)
    assert len(done.stdout) == 10 and b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full disk is that of Linux")
def test_an_answer_that_finds_no_room_is_no_verdict(part: Path) -> None:
    words = [sys.executable, "-m", "strate.cli", "geometry", "verify", str(part), "--json", "--lang", "fr"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert (
        done.stderr.decode() == "La réponse n’a pas pu être écrite\u202f: le disque est plein ou en défaut.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--margins", "-1x0x0"], "option_not_from_zero", "à partir de 0, écrits X×Y×Z"),
        (["--machine-volume", "250x250"], "option_not_numbers", "au-dessus de 0, écrits X×Y×Z"),
        (["--layer-um", "0"], "option_not_whole", "de 1 à 10\u202f000"),
        (["--layer-um", "thick"], "option_not_whole", "--layer-um"),
        (["--colour"], "option_unknown", "--colour n’existe pas"),
        (["another.stl"], "command_not_written_so", "--help"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_the_language_of_the_terminal(
    part: Path, words: list[str], code: str, said: str
) -> None:
    plain = json.loads(run("verify", part, *words, "--json", "--lang", "fr").stdout)
    assert (plain["code"], plain["state"]) == (code, "unreadable") and said in plain["sentence"]
    result = run("verify", part, *words, "--lang=fr")
    assert result.exit_code == 2 and not result.stdout and said in result.stderr
    english = json.loads(run("verify", part, *words, "--json", "--lang", "en").stdout)
    assert english["sentence"] != plain["sentence"]


def test_a_file_that_is_not_named_is_missed() -> None:
    assert json.loads(run("compare", "a.stl", "--json").stdout)["code"] == "option_missing"
    assert json.loads(run("slice", "--json").stdout)["code"] == "option_missing"


def test_a_machine_may_be_filled_to_its_walls(part: Path) -> None:
    assert run("verify", part, "--machine-volume", "100x50x100", "--margins", "0x0x0").exit_code == 0
    assert run("verify", part, "--machine-volume", "100x50x100", "--margins", "0,1x0x0").exit_code == 1
