"""Comparing two untrusted files, as it is asked of the child that reads them."""

from __future__ import annotations

import hashlib
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from strate.kernels.geometry.compare.asked import PROGRESS
from strate.kernels.geometry.compare.nearest import Floats
from strate.kernels.geometry.compare.revisions import Differences, compare_revisions
from strate.kernels.geometry.compare.sampling import spread_points
from strate.kernels.geometry.compare.scan_report import encoded_map, report_on
from strate.kernels.geometry.compare.scans import measure_scan
from strate.kernels.geometry.compare.tolerances import Tolerance, zones_from
from strate.kernels.geometry.judging.verify import read_bytes
from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.dispatch import as_part, read
from strate.kernels.geometry.refusal import FileRefused, Limits

Answer = dict[str, Any]

MAP_POINTS = 100_000


def compare(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    """The answer to a `Comparison` (asked.py); `other` is the second file, `names` what people call the two."""
    names = asked.get("names") or [path.name, Path(asked["other"]).name]
    with _named(names[0]):
        first = read_bytes(path, limits)
    with _named(names[1]):
        second = read_bytes(Path(asked["other"]), limits)
    identity = {"nominal_sha256": _sha256(first), "other_sha256": _sha256(second)}
    with _named(names[0]):
        nominal = as_part(read(first, limits, names[0])).mesh
    with _named(names[1]):
        other = read(second, limits, names[1])
        if not isinstance(other, Reading):
            other = as_part(other)
    tell("read", 0.05)
    if asked.get("scan") or not len(other.mesh.faces):
        return identity | _scan(nominal, points_of(other), asked)
    report, found = compare_revisions(
        nominal,
        as_part(other).mesh,
        same_bytes=first == second,
        alike_um=float(asked.get("alike_um") or 5.0),
        tell=tell,
    )
    answer = report.to_dict() | identity
    return answer | {"map": revision_map(found)} if asked.get("with_map") else answer


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Of two files, the one that is refused is told by what people call it."""
    try:
        yield
    except FileRefused as refused:
        raise FileRefused(refused.code, **refused.values | {"of_file": name}) from refused


def _scan(nominal: Any, points: Floats, asked: Mapping[str, Any]) -> Answer:
    band = asked.get("tolerance")
    tolerance = None if band is None else Tolerance(float(band[0]), float(band[1]))
    zones = zones_from(asked.get("zones") or [])
    measured = measure_scan(
        nominal, points, as_placed=bool(asked.get("as_placed")), reach_mm=asked.get("reach_mm"), tell=tell
    )
    answer = report_on(measured, tolerance, zones).to_dict()
    return answer | {"map": encoded_map(measured)} if asked.get("with_map") else answer


def points_of(scan: Reading) -> Floats:
    """The points of a cloud; of a scanned mesh, points spread evenly, for its corners are not."""
    mesh = scan.mesh
    if not len(mesh.faces):
        if not len(mesh.vertices):
            raise FileRefused("no_points")
        return mesh.vertices
    return spread_points(mesh, int(np.clip(2 * len(mesh.faces), 100_000, 1_000_000))).points


def revision_map(found: Differences) -> str:
    """Points that differ, for a picture: little-endian float32 x, y, z, deviation (mm), in base 64."""
    rows = np.concatenate([found.points, found.deviations[:, None]], axis=1)
    if len(rows) > MAP_POINTS:
        rows = rows[np.linspace(0, len(rows) - 1, MAP_POINTS).astype(np.int64)]
    return b64encode(rows.astype("<f4").tobytes()).decode()


def tell(what: str, share: float) -> None:
    """Progress on long work, a line for whoever waits."""
    print(f"{PROGRESS} {share:.2f} {what}", file=sys.stderr, flush=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
