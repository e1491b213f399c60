"""What may be asked of the untrusted files of a plate: a verdict on it, or the plate as one 3MF file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from strate.kernels.geometry.judging.verify import read_bytes, verify_mesh
from strate.kernels.geometry.plate.export import write_3mf
from strate.kernels.geometry.plate.judge import PlatePart, judge_plate
from strate.kernels.geometry.plate.record import Bed, Copy, PlateRefused
from strate.kernels.geometry.readers.dispatch import read_mesh
from strate.kernels.geometry.refusal import FileRefused, Limits

Answer = dict[str, Any]


def plate_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    """`path` is of no use here: the files are in `asked`, by the name their copies give them."""
    try:
        verdict = judge_plate(
            _parts(asked, limits),
            [Copy(**copy) for copy in asked["copies"]],
            Bed(**asked["bed"]),
            layer_um=asked["layer_um"],
            gap_mm=asked["gap_mm"],
            may_flip=asked["may_flip"],
        )
    except PlateRefused as refused:
        raise FileRefused(refused.code, **refused.values) from refused
    return verdict.to_dict()


def plate_file_of(path: Path, asked: Mapping[str, Any], limits: Limits) -> Answer:
    parts = _parts(asked, limits)
    copies = [Copy(**copy) for copy in asked["copies"]]
    return {"file": b64encode(write_3mf({name: part.mesh for name, part in parts.items()}, copies)).decode()}


def _parts(asked: Mapping[str, Any], limits: Limits) -> dict[str, PlatePart]:
    parts = {}
    for name, where in asked["files"].items():
        data = read_bytes(Path(where), limits)
        reading = read_mesh(data, limits)
        seen = verify_mesh(data, reading)
        parts[name] = PlatePart(reading.mesh, seen.volume_mm3, seen.volume_sure)
    return parts


TASKS: dict[str, Callable[[Path, Mapping[str, Any], Limits], Answer]] = {
    "plate": plate_of,
    "plate_file": plate_file_of,
}
