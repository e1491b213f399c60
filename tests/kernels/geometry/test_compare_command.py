"""The comparison at the keyboard, and at arm's length: untrusted files, limits, progress."""

import json
from base64 import b64decode

import numpy as np
import pytest
from click.testing import CliRunner

from strate.kernels.geometry.commands import geometry
from strate.kernels.geometry.compare.asked import Comparison
from strate.kernels.geometry.compare.tolerances import Tolerance
from strate.kernels.geometry.guarding.guard import compare_in_child
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.samples import stl_bytes
from tests.kernels.geometry.comparing import odd_part, scanned, thrown


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A part, its next revision, a scan of it somewhere else."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.stl").write_bytes(stl_bytes(odd_part(14.0).corners()))
    (folder / "b.stl").write_bytes(stl_bytes(odd_part(14.5).corners()))
    np.savetxt(folder / "scan.xyz", thrown(scanned(odd_part(), 20_000, noise_mm=0.02), 3), fmt="%.5f")
    (folder / "top.json").write_text(
        json.dumps([{
            "name": "dessus", "lower_mm": -0.1, "upper_mm": 0.1,
            "box_mm": [[0, 0, 7.9], [40, 25, 8.1]],
        }])
    )  # fmt: skip
    return folder


def compare(files, *words):
    named = [str(files / word) if word.endswith((".stl", ".xyz", ".json")) else word for word in words]
    return CliRunner().invoke(geometry, ["compare", *named])


def test_the_same_file_twice_is_identical_and_nothing_to_look_at(files):
    done = compare(files, "a.stl", "a.stl", "--lang", "fr")
    assert done.exit_code == 0 and "identique à l’octet près" in done.stdout


def test_a_new_revision_says_where_it_changed_and_the_exit_code_too(files):
    done = compare(files, "a.stl", "b.stl", "--json")
    plain = json.loads(done.stdout)
    assert done.exit_code == 1 and plain["kind"] == "revision" and plain["code"] == "changed"
    assert plain["regions"][0]["worst_mm"] == pytest.approx(0.5, abs=1e-4)
    assert len(plain["nominal_sha256"]) == len(plain["other_sha256"]) == 64


def test_a_good_scan_is_within_tolerance_zone_by_zone(files):
    done = compare(
        files, "a.stl", "scan.xyz", "--tolerance", "-0,2..0,2", "--zones", "top.json", "--lang", "fr"
    )
    assert done.exit_code == 0, done.output
    assert "dans la tolérance" in done.stdout and "dessus" in done.stdout
    assert "recalage" in done.stderr, "long work says how far it is"


def test_a_scan_out_of_tolerance_ends_with_one(files):
    done = compare(files, "a.stl", "scan.xyz", "--tolerance", "0.03", "--lang", "en")
    assert done.exit_code == 1 and "out of tolerance" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("a.stl", "missing.stl"),
        ("scan.xyz", "a.stl"),
        ("a.stl", "top.json"),
        ("a.stl", "scan.xyz", "--tolerance", "0.2..0.1"),
        ("a.stl", "scan.xyz", "--zones", "missing.json"),
        ("a.stl", "scan.xyz", "--zones", "a.stl"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_reason(files, words):
    done = compare(files, *words, "--json")
    plain = json.loads(done.stdout)
    assert done.exit_code == 2 and plain["sentence"] and "Traceback" not in done.output


def test_the_picture_of_the_deviations_comes_as_plain_numbers(files):
    asked = Comparison(tolerance=Tolerance(-0.2, 0.2), with_map=True)
    heard = []
    answer = compare_in_child(
        files / "a.stl", files / "scan.xyz", asked=asked, heard=lambda what, share: heard.append(share)
    )
    rows = np.frombuffer(b64decode(answer["map"]), "<f4").reshape(-1, 4)
    assert len(rows) > 1000 and np.abs(rows[:, 3]).max() < 0.1 and (rows[:, :3].max(axis=0) < 41).all()
    assert heard and heard[0] < heard[-1] <= 1


def test_a_comparison_that_costs_too_much_is_cut_short(files):
    with pytest.raises(FileRefused) as refused:
        compare_in_child(files / "a.stl", files / "scan.xyz", limits=Limits(wall_s=0.5))
    assert refused.value.code == "took_too_long"


def test_of_two_files_the_one_that_is_refused_is_named(files):
    (files / "cut.stl").write_bytes((files / "a.stl").read_bytes()[:-1])
    for words in (("a.stl", "cut.stl"), ("cut.stl", "scan.xyz")):
        said = json.loads(compare(files, *words, "--json", "--lang", "fr").stdout)
        assert said["values"]["of_file"] == "cut.stl"
        assert said["sentence"].startswith("cut.stl\u202f: Le fichier est coupé")
    missing = compare(files, "a.stl", "gone.stl", "--lang", "en")
    assert missing.exit_code == 2 and missing.stdout.count("gone.stl") == 1
