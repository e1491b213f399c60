"""A campaign of broken files: each is read or refused with a sentence, within its time and its memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

import pytest

from strate.kernels.geometry.cutting.layer_cuts import areas_of_file, cuts_of_file
from strate.kernels.geometry.guarding import guard
from strate.kernels.geometry.guarding.tasks import plain_cut, slicer_of
from strate.kernels.geometry.judging.judge import judge
from strate.kernels.geometry.readers import LayerReading, Reading
from strate.kernels.geometry.readers.dispatch import as_part, read
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.saying.words import say_finding, say_refusal
from tests.kernels.geometry.mutations import mutant

LIMITS = Limits(max_triangles=10_000)
# Of the processor: a computer that stands still is no slow reader.
SLOWEST_CPU_S = 3
MEMORY_MB = 600


class TooLate(BaseException):
    """Not an Exception: no reader can swallow the watchdog."""


def _bark(_signal: int, _frame: FrameType | None) -> None:
    raise TooLate


def judged(name: str, data: bytes, *, cut: bool = False) -> str:
    """`format state` or the code of the refusal; anything else is a crash."""
    try:
        verdict = judge(data, layer_um=1000, limits=LIMITS, name=name)
        assert all(say_finding(f, "fr") and say_finding(f, "en") for f in verdict.all_findings)
        json.dumps(verdict.to_dict(), allow_nan=False)
        said = f"{verdict.format} {verdict.state}"
        if cut:
            sliced(name, data)
    except FileRefused as refused:
        assert say_refusal(refused, "fr") and say_refusal(refused, "en")
        json.dumps(refused.values, allow_nan=False)
        said = refused.code
    return said


def sliced(name: str, data: bytes) -> None:
    found = read(data, LIMITS, name)
    if isinstance(found, LayerReading):
        areas_of_file(found)
        cuts_of_file(found, None, [1])
    elif isinstance(found, Reading):
        as_part(found)
        cut = slicer_of(data, 5000, LIMITS) if name.endswith(".stl") else None
        if cut is not None and cut.layers < 100:
            cut.areas()
            plain_cut(cut.cut(1))


def campaign(seed: int, count: int, kept: Path) -> Counter[str]:
    """Every input of a campaign under the watchdog; a failure keeps its file and names its number."""
    tally: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, _bark)
    log = os.open(kept / "last", os.O_CREAT | os.O_WRONLY)
    try:
        for number in range(count):
            # Should the process itself die, this file tells with which input.
            os.pwrite(log, b"%d %12d\n" % (seed, number), 0)
            name, data = mutant(seed, number)
            signal.setitimer(signal.ITIMER_PROF, SLOWEST_CPU_S)
            try:
                tally[judged(name, data, cut=number % 10 == 0)] += 1
            except (Exception, TooLate) as wrong:  # any fault at all is a failure, told with its input
                (kept / f"{seed}-{number}-{name}").write_bytes(data)
                raise AssertionError(f"input {number} of campaign {seed} ({name}): {wrong!r}") from wrong
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        os.close(log)
        signal.signal(signal.SIGPROF, before)
    return tally


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_hundreds_of_broken_files_are_read_or_refused(tmp_path: Path) -> None:
    tally = campaign(2026, 600, tmp_path)
    assert len(tally) >= 40 and sum(tally.values()) == 600


def kept_in(tmp_path: Path) -> Path:
    """Where failing inputs stay: STRATE_FUZZ_KEPT, or the folder of the test."""
    kept = Path(os.environ.get("STRATE_FUZZ_KEPT", tmp_path))
    kept.mkdir(parents=True, exist_ok=True)
    return kept


@pytest.mark.long
def test_a_campaign_of_broken_files_has_no_crash_no_hang_and_no_swelling(tmp_path: Path) -> None:
    count, seed = (
        int(os.environ.get("STRATE_FUZZ_INPUTS", "100000")),
        int(os.environ.get("STRATE_FUZZ_SEED", "1")),
    )
    campaign(seed + 1_000_000, 500, tmp_path)
    before, begun = peak_mb(), time.monotonic()
    tally = campaign(seed, count, kept_in(tmp_path))
    grown = peak_mb() - before
    print(
        f"\n{count} inputs in {time.monotonic() - begun:.0f} s, campaign {seed}, {grown:.0f} MB more memory"
    )
    print(*(f"  {number:7d} {said}" for said, number in tally.most_common()), sep="\n")
    assert sum(tally.values()) == count and grown < MEMORY_MB


@pytest.mark.long
def test_broken_files_through_the_guarded_child(tmp_path: Path) -> None:
    count = int(os.environ.get("STRATE_FUZZ_CHILDREN", "2000"))
    limits = Limits(max_triangles=10_000, memory_mb=1500, cpu_s=10, wall_s=60.0)

    def guarded(number: int) -> str:
        name, data = mutant(3, number)
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        try:
            verdict = guard.verify_in_child(path, layer_um=1000, limits=limits)
            return f"{verdict.format} {verdict.state}"
        except FileRefused as refused:
            # A reader that failed says on which input and why.
            return (
                f"reader_failed {number} {refused.values}"
                if refused.code == "reader_failed"
                else refused.code
            )
        finally:
            path.unlink()

    with ThreadPoolExecutor(4) as several:
        tally = Counter(several.map(guarded, range(count)))
    print(f"\n{count} inputs through the child:", dict(tally.most_common()))
    bad = ("reader_died", "reader_failed", "took_too_long", "needs_too_much_memory")
    assert not [said for said in tally if said.startswith(bad)]
