"""Honest files made dishonest: bytes lost, doubled, swapped, numbers bent; number N always gives the same file."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import numpy as np

from strate.kernels.geometry import samples
from tests.kernels.geometry import seeds

Mutant = tuple[str, bytes]

FILES: dict[str, bytes] = {
    **seeds.SEEDS,
    "torus.stl": samples.torus(5, 2, 8, 6),
    "cylinder_text.stl": samples.stl_text(samples.cylinder_soup(4, 4, 5)).replace(b"\n", b"\r\n"),
    "cloud.ply": seeds.ply_cloud(),
    "below.cli": seeds.cli_binary(low=-5),
}
NAMES = sorted(FILES)
TOKENS = [
    b"solid", b"endsolid", b"facet", b"vertex", b"nan", b"inf", b"-", b"e", b"1e39", b",", b"\0", b"\n", b"0x1",
    b"f 1 2 3\n", b"f -1 -2 -3 -4\n", b"v 0 0 0\n", b"\\\n", b"4 0 1 2 3\n", b"end_header\n", b"$$LAYER/", b"//",
    b"$$HEADEREND", b"$$POLYLINE/1,1,3,0,0,1,1,0,0\n", b"$$USERDATA/a,9,", b"element face 4294967295\n",
    b"<!DOCTYPE a>", b'<hatch x1="1" y1="1" x2="nan" y2="2"/>', b"&a;", b"]]>", b"PK\x03\x04", b"\x7f\x00",
    b"\x80\x00", b"\x82\x00", b"property list uchar int vertex_indices\n", b"-1", b"99999999999",
]  # fmt: skip
_WORDS = (0, 1, -1, 2**31 - 1, -(2**31), 2**31 - 2, 255, 65535, 65536, 127, 130)
_FLOATS = (np.nan, np.inf, -np.inf, 1e38, -1e38, 1e-40, 0.0, -0.0, 1e6, 1e-7)
_DIGITS = re.compile(rb"[-+]?\d+(?:\.\d+)?")
_PACKED = (".3mf", ".ilt")


def mutant(campaign: int, number: int) -> Mutant:
    """The file number `number` of a campaign."""
    rng = np.random.default_rng([campaign, number])
    name = NAMES[rng.integers(len(NAMES))]
    data = FILES[name]
    if name.endswith(_PACKED) and rng.random() < 0.7:
        return name, _repacked(rng, data)
    return name, _bent(rng, data)


def _repacked(rng: np.random.Generator, data: bytes) -> bytes:
    """One file inside an archive bent, the archive whole again: damage that no checksum sees."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(files)[rng.integers(len(files))]
    match int(rng.integers(6)):
        case 0:
            del files[name]
        case 1:
            files[name + "x"] = files.pop(name)
        case _:
            files[name] = _bent(rng, files[name])
    return seeds.zipped(files)


def _bent(rng: np.random.Generator, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(int(rng.integers(1, 6))):
        _once(rng, data)
    return bytes(data)


def _once(rng: np.random.Generator, data: bytearray) -> None:
    at = int(rng.integers(len(data) + 1))
    match int(rng.integers(10)):
        case 0:
            del data[at : at + int(rng.integers(1, 60))]
        case 1:
            data[at:at] = TOKENS[rng.integers(len(TOKENS))]
        case 2:
            data[at : at + 4] = rng.bytes(4)
        case 3:
            data[at : at + 4] = struct.pack("<i", _WORDS[rng.integers(len(_WORDS))])
        case 4:
            data[at : at + 4] = struct.pack("<f", _FLOATS[rng.integers(len(_FLOATS))])
        case 5:
            data[at:at] = data[at : at + int(rng.integers(200))]
        case 6:
            data[at:at] = data[int(rng.integers(len(data) + 1)) :][: int(rng.integers(200))]
        case 7 if at < len(data):
            data[at] ^= 1 << int(rng.integers(8))
        case 8:
            other = FILES[NAMES[rng.integers(len(NAMES))]]
            data[at:] = other[int(rng.integers(len(other))) :]
        case _:
            _number(rng, data, at)


def _number(rng: np.random.Generator, data: bytearray, at: int) -> None:
    """Another number where one is written."""
    found = _DIGITS.search(data, at)
    if found is not None:
        given = (b"0", b"-1", b"1e999", b"nan", b"4294967296", b"2147483647", b"0.0000001", b"7", b"1e6", b"")
        data[found.start() : found.end()] = given[rng.integers(len(given))]
