"""A bad file hurts only the child that reads it, and the reason comes back."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.guarding.guard import areas_in_child, contours_in_child, verify_in_child
from strate.kernels.geometry.judging.verify import verify
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_refusal


@pytest.fixture()
def bracket(tmp_path: Path) -> Path:
    path = tmp_path / "équerre « n° 1 » 🔩.stl"
    path.write_bytes(samples.bracket())
    return path


def refusal_of(path: Path, limits: Limits = Limits()) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        verify_in_child(path, limits=limits)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value


def test_the_child_gives_the_same_verdict(bracket: Path) -> None:
    asked = {"machine_volume_mm": (250.0, 250.0, 325.0), "margins_mm": (5.0, 5.0, 2.0), "layer_um": 30}
    assert verify_in_child(bracket, **asked) == verify(bracket.read_bytes(), **asked)


def test_areas_and_outlines_come_from_the_child(bracket: Path) -> None:
    areas = areas_in_child(bracket, layer_um=100)
    assert areas["layers"] == 600 == len(areas["areas_mm2"])
    cuts = contours_in_child(bracket, layer_um=100, layers=[1, 480])["cuts"]
    seen = [(cut["layer"], len(cut["contours_um"]), cut["open_um"]) for cut in cuts]
    assert seen == [(1, 1, []), (480, 2, [])]
    assert cuts[1]["area_mm2"] == pytest.approx(areas["areas_mm2"][479], abs=1e-5)
    assert len(contours_in_child(bracket, layer_um=10_000)["cuts"]) == 6


def test_a_layer_beyond_the_part_is_refused(bracket: Path) -> None:
    with pytest.raises(FileRefused, match="layer_out_of_part"):
        contours_in_child(bracket, layer_um=100, layers=[601])


def test_refusals_come_back_from_the_child(tmp_path: Path) -> None:
    photo = tmp_path / "part.stl"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 1000)
    assert refusal_of(photo).values == {"kind": "jpeg"}
    photo.write_bytes(b"")
    assert refusal_of(photo).code == "empty_file"
    assert refusal_of(tmp_path).code == "not_a_file"
    assert refusal_of(tmp_path / "nowhere.stl").code == "file_missing"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.stl")
    assert refusal_of(tmp_path / "pipe.stl").code == "not_a_file"


def test_a_file_too_big_is_refused_before_it_is_read(bracket: Path) -> None:
    assert refusal_of(bracket, Limits(max_bytes=1000)).code == "file_too_big"


def test_a_child_without_enough_memory_is_a_refusal(tmp_path: Path) -> None:
    big = tmp_path / "big.stl"
    big.write_bytes(samples.torus(around=1000, across=400))
    refused = refusal_of(big, Limits(memory_mb=250))
    assert (refused.code, refused.values) == ("needs_too_much_memory", {"memory_mb": 250})


def test_a_child_that_is_late_is_killed_and_its_lateness_is_the_reason(bracket: Path) -> None:
    assert refusal_of(bracket, Limits(wall_s=0.01)).code == "took_too_long"


def test_a_child_that_uses_its_processor_time_up_is_a_refusal(tmp_path: Path) -> None:
    big = tmp_path / "big.stl"
    big.write_bytes(samples.torus(around=2000, across=1000))
    assert refusal_of(big, Limits(cpu_s=1)).code == "took_too_long"


@pytest.mark.parametrize("other", ["this", "json.tool", "no.such.module"])
def test_a_child_that_answers_nonsense_is_a_refusal(
    bracket: Path, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "CHILD", other)
    assert refusal_of(bracket).code == "reader_failed"


def test_a_child_killed_from_outside_is_a_refusal(tmp_path: Path) -> None:
    big = tmp_path / "big.stl"
    big.write_bytes(samples.torus(around=2000, across=1000))
    killer = threading.Timer(1.0, _kill_own_readers)
    killer.start()
    refused = refusal_of(big)
    killer.join()
    assert (refused.code, refused.values) == ("reader_died", {"signal": "SIGKILL"})


def _kill_own_readers() -> None:
    """Kill the readers this very process started, by their number."""
    for thread in Path("/proc/self/task").iterdir():
        for child in (thread / "children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
