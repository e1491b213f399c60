"""The three families of verdicts under one name: on a mesh, on layers, on a closed format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strate.kernels.geometry.judging.layer_verdict import LayerVerdict, OpaqueVerdict
from strate.kernels.geometry.judging.verdict import Verdict

AnyVerdict = Verdict | LayerVerdict | OpaqueVerdict


def verdict_from(plain: Mapping[str, Any]) -> AnyVerdict:
    """A verdict back from its plain values, whatever its family."""
    match plain.get("family"):
        case "layers":
            return LayerVerdict.from_dict(plain)
        case "opaque":
            return OpaqueVerdict.from_dict(plain)
        case _:
            return Verdict.from_dict(plain)
