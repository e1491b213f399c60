"""Judges any exchange file by what it is: a mesh, layers, or a closed format that is only identified."""

from __future__ import annotations

import hashlib

from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.judging.judge_layers import judge_layers
from strate.kernels.geometry.judging.layer_verdict import OpaqueVerdict
from strate.kernels.geometry.judging.verdicts import AnyVerdict
from strate.kernels.geometry.judging.verify import look_slowly, verify_mesh
from strate.kernels.geometry.readers import LayerReading, Opaque
from strate.kernels.geometry.readers.dispatch import as_part, read
from strate.kernels.geometry.refusal import Finding, Limits, Point


def judge(
    data: bytes,
    *,
    machine_volume_mm: Point | None = None,
    margins_mm: Point = (0.0, 0.0, 0.0),
    layer_um: int | None = None,
    limits: Limits = Limits(),
    name: str | None = None,
    deep: Thresholds | None = None,
) -> AnyVerdict:
    """The verdict on the bytes of a file of any format; FileRefused when they cannot be read at all."""
    found = read(data, limits, name)
    asked = (machine_volume_mm, margins_mm, layer_um)
    if isinstance(found, LayerReading):
        return judge_layers(data, found, *asked)
    if isinstance(found, Opaque):
        return judge_opaque(data, found)
    reading = as_part(found)
    verdict = verify_mesh(data, reading, *asked)
    return verdict if deep is None else look_slowly(verdict, reading, layer_um, deep)


def judge_opaque(data: bytes, found: Opaque) -> OpaqueVerdict:
    """Who the file is, by its fingerprint; that nothing else is known is its first finding."""
    return OpaqueVerdict(
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        format=found.format,
        names=found.names[:20],
        header=found.header[:50],
        findings=(Finding("opaque_not_verified", "warn"), *found.findings),
    )
