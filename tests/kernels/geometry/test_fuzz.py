"""A campaign of broken files: each is read or refused with a sentence, within its time."""

from __future__ import annotations

import os
import time

import numpy as np
import pytest

from strate.kernels.geometry import samples
from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.verify import verify
from strate.kernels.geometry.words import say_finding, say_refusal

SEEDS = [samples.cube(10), samples.stl_text(samples.box_soup(1, 2, 3)), samples.torus(5, 2, 8, 6),
         samples.stl_text(samples.cylinder_soup(4, 4, 5)).replace(b"\n", b"\r\n")]  # fmt: skip
WORDS = [b"solid", b"endsolid", b"facet", b"vertex"]
TOKENS = [*WORDS, b"nan", b"inf", b"-", b"e", b"1e39", b",", b"\0", b"\n", b"0x1"]


def broken(rng: np.random.Generator) -> bytes:
    data = bytearray(SEEDS[rng.integers(len(SEEDS))])
    for _ in range(int(rng.integers(1, 6))):
        at = int(rng.integers(len(data) + 1))
        match int(rng.integers(5)):
            case 0:
                del data[at : at + int(rng.integers(1, 60))]
            case 1:
                data[at:at] = TOKENS[rng.integers(len(TOKENS))]
            case 2:
                data[at : at + 4] = rng.bytes(4)
            case 3:
                data[80:84] = int(rng.integers(2**32)).to_bytes(4, "little")
            case _:
                data[at:at] = data[at : at + int(rng.integers(200))]
    return bytes(data)


def judge(data: bytes) -> str:
    """`read` or the code of the refusal; anything else is a crash."""
    begun = time.monotonic()
    try:
        verdict = verify(data, layer_um=30, limits=Limits(max_triangles=10_000))
        assert all(say_finding(f, "fr") for f in verdict.findings)
        said = "read"
    except FileRefused as refused:
        assert say_refusal(refused, "fr") and say_refusal(refused, "en")
        said = refused.code
    assert time.monotonic() - begun < 2
    return said


def test_three_hundred_broken_files_are_read_or_refused() -> None:
    rng = np.random.default_rng(2026)
    said = [judge(broken(rng)) for _ in range(300)]
    assert len(set(said)) >= 6


@pytest.mark.long
def test_a_campaign_of_broken_files_has_no_crash_and_no_hang() -> None:
    count = int(os.environ.get("STRATE_FUZZ_INPUTS", "100000"))
    rng = np.random.default_rng(1)
    tally: dict[str, int] = {}
    for _ in range(count):
        said = judge(broken(rng))
        tally[said] = tally.get(said, 0) + 1
    print(f"{count} inputs: {tally}")
    assert sum(tally.values()) == count
