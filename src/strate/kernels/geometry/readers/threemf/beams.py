"""The beams of a lattice: bars between corners of a mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.markup import Element, Markup


@dataclass
class Lattice:
    """Bars from corner to corner, each with a radius at both ends, in the unit of the part."""

    ends: NDArray[np.int64]
    radii: NDArray[np.float64]
    clipped: bool
    balls: int
    """How many balls stand at their ends."""


def read_lattice(markup: Markup, element: Element, corners: int) -> Lattice:
    """The bars, checked: they join two different corners that exist, and have a thickness."""
    values, beams = element.values, element.first("b:beams")
    rows = beams.packed.rows() if beams is not None and beams.packed is not None else np.empty((0, 4))
    ends, radii = rows[:, :2].astype(np.int64), rows[:, 2:].copy()
    if (np.isnan(radii[:, 0]) & ~np.isnan(radii[:, 1])).any():
        raise markup.refused("3mf_beam", element.at)
    radii[np.isnan(radii[:, 0]), 0] = values["radius"]
    radii[:, 1] = np.where(np.isnan(radii[:, 1]), radii[:, 0], radii[:, 1])
    if len(ends) and (int(ends.max()) >= corners or (ends[:, 0] == ends[:, 1]).any() or not radii.min() > 0):
        raise markup.refused("3mf_beam", element.at)
    mode = values.get("clippingmode", values.get("clipping", "none"))
    if mode != "none" and "clippingmesh" not in values:
        raise markup.refused(
            "3mf_attribute_missing", element.at, element="beamlattice", attribute="clippingmesh"
        )
    if values.get("b2:ballmode", "none") != "none" and "b2:ballradius" not in values:
        raise markup.refused(
            "3mf_attribute_missing", element.at, element="beamlattice", attribute="ballradius"
        )
    balls = _balls(markup, element, ends)
    _check_sets(markup, element, len(ends))
    return Lattice(ends, radii, mode != "none", balls)


def _balls(markup: Markup, element: Element, ends: NDArray[np.int64]) -> int:
    """How many ends of beams carry a ball; a ball stands on an end of a beam."""
    balls, mode = element.first("b2:balls"), element.values.get("b2:ballmode", "none")
    used = set(ends.reshape(-1).tolist()) if balls is not None else set()
    for ball in balls.children if balls is not None else ():
        if ball.values["vindex"] not in used:
            raise markup.refused("3mf_beam", ball.at)
    if mode == "all":
        return len(np.unique(ends))
    return len(balls.children) if balls is not None and mode == "mixed" else 0


def _check_sets(markup: Markup, element: Element, count: int) -> None:
    sets, balls = element.first("b:beamsets"), element.first("b2:balls")
    ball_count = len(balls.children) if balls is not None else 0
    seen: set[str] = set()
    for beamset in sets.children if sets is not None else ():
        name = beamset.values.get("identifier")
        if name is not None and name in seen:
            raise markup.refused("3mf_beam", beamset.at)
        seen.add(name or "")
        for ref in beamset.children:
            if ref.values["index"] >= (count if ref.name == "b:ref" else ball_count):
                raise markup.refused("3mf_beam", ref.at)
