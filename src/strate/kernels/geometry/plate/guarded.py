"""A plate of untrusted files, judged and written at arm's length."""

from __future__ import annotations

import os
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from strate.kernels.geometry.guarding.guard import ask
from strate.kernels.geometry.plate.record import Bed, Copy, PlateVerdict
from strate.kernels.geometry.refusal import Limits


def plate_in_child(
    files: Mapping[str, Path],
    copies: Sequence[Copy],
    bed: Bed,
    *,
    layer_um: int,
    gap_mm: float = 0.5,
    may_flip: bool = False,
    limits: Limits = Limits(),
) -> PlateVerdict:
    """The verdict on a plate; FileRefused when a file cannot be read, or when judging cost too much."""
    asked = _asked(files, copies) | {
        "bed": asdict(bed),
        "layer_um": layer_um,
        "gap_mm": gap_mm,
        "may_flip": may_flip,
    }
    return PlateVerdict.from_dict(ask("plate", os.curdir, asked, limits))


def plate_file_in_child(
    files: Mapping[str, Path],
    copies: Sequence[Copy],
    limits: Limits = Limits(),
) -> bytes:
    """The plate as one 3MF file."""
    return b64decode(ask("plate_file", os.curdir, _asked(files, copies), limits)["file"])


def _asked(files: Mapping[str, Path], copies: Sequence[Copy]) -> dict[str, Any]:
    paths = {name: os.fspath(path.absolute()) for name, path in files.items()}
    return {"files": paths, "copies": [asdict(copy) for copy in copies]}
