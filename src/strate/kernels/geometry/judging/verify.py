"""Verifies the exchange file of a part: identity, skin, volume, size and layers; finds, never repairs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.cutting.layers import height_um, last_layer_um, layer_count
from strate.kernels.geometry.deep.look import look_deep
from strate.kernels.geometry.deep.thresholds import Thresholds
from strate.kernels.geometry.judging.fits import larger_than, room_of
from strate.kernels.geometry.judging.units import said_unit_findings, unit_doubt, unit_findings
from strate.kernels.geometry.judging.verdict import Verdict
from strate.kernels.geometry.readers import Reading
from strate.kernels.geometry.readers.dispatch import read_mesh
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits, Point, Severity
from strate.kernels.geometry.skin.mesh import Mesh
from strate.kernels.geometry.skin.nesting import nested, without_doubles
from strate.kernels.geometry.skin.shells import box_of, list_shells, measure, shell_findings
from strate.kernels.geometry.skin.sides import sides_mm2
from strate.kernels.geometry.skin.topology import (
    Edges,
    duplicates,
    edges_of,
    joined_skin,
    shells_of,
    torn_corners,
)

HAIRLINE_UM = 1.0
WIDER_UM = (10.0, 100.0)
# A skin torn at more corners than this is no skin with gaps: wider ones are not looked for.
MOST_TORN = 200_000
DEFAULT_LAYER_UM = 40


def read_bytes(path: Path, limits: Limits = Limits()) -> bytes:
    """The bytes of a file, its size checked first; what is hashed is what is read."""
    try:
        if not path.exists():
            raise FileRefused("file_missing", name=path.name)
        if not path.is_file():
            raise FileRefused("not_a_file", name=path.name)
        with path.open("rb") as file:
            size = path.stat().st_size
            if size > limits.max_bytes:
                raise FileRefused("file_too_big", size_bytes=size, limit_bytes=limits.max_bytes)
            return file.read(size)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileRefused("file_unreadable", name=path.name, reason=reason) from error


def verify(
    data: bytes,
    *,
    machine_volume_mm: Point | None = None,
    margins_mm: Point = (0.0, 0.0, 0.0),
    layer_um: int | None = None,
    limits: Limits = Limits(),
    name: str | None = None,
    deep: Thresholds | None = None,
) -> Verdict:
    """The verdict on the bytes of a mesh file; FileRefused when they cannot be read as a part.

    With `deep` the slow checks are made too, with these limits.
    """
    asked = (machine_volume_mm, margins_mm, layer_um)
    reading = read_mesh(data, limits, name)
    verdict = verify_mesh(data, reading, *asked)
    return verdict if deep is None else look_slowly(verdict, reading, layer_um, deep)


def look_slowly(verdict: Verdict, reading: Reading, layer_um: int | None, limits: Thresholds) -> Verdict:
    """The same verdict with what only the slow checks see."""
    seen = look_deep(reading.mesh, layer_um=layer_um or DEFAULT_LAYER_UM, limits=limits)
    return replace(verdict, deep=without_doubles(seen, verdict))


def verify_mesh(
    data: bytes,
    reading: Reading,
    machine_volume_mm: Point | None = None,
    margins_mm: Point = (0.0, 0.0, 0.0),
    layer_um: int | None = None,
) -> Verdict:
    """The verdict on a mesh that was read from these bytes."""
    mesh, box = reading.mesh, box_of(reading.mesh.vertices)
    skin = _judge_skin(mesh)
    fits, too_big = _size_findings(box.size, machine_volume_mm, margins_mm)
    layers = None if layer_um is None else layer_count(box.size[2], layer_um)
    doubt = unit_doubt(box.size) if reading.unit is None else None
    sized = said_unit_findings(box.size) if reading.unit else unit_findings(doubt, box.size)
    other = [*sized, *too_big, *_thin(box.size[2], layer_um, layers)]
    return Verdict(
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        format=reading.format,
        names=tuple(name[:80] for name in reading.names[:20]),
        unit=reading.unit or "mm",
        unit_said_by_file=reading.unit is not None,
        unit_doubt=None if doubt == "drawn_in_inches" else doubt,
        triangles=len(mesh.faces),
        vertices=len(mesh.vertices),
        box=box,
        height_um=height_um(box.size[2]),
        layer_um=layer_um,
        layers=layers,
        last_layer_um=last_layer_um(box.size[2], layer_um) if layer_um and layers else None,
        machine_volume_mm=machine_volume_mm,
        fits=fits,
        findings=(*reading.findings, *skin.pop("findings"), *other),
        **skin,
    )


def _judge_skin(mesh: Mesh) -> dict[str, Any]:
    """All that the verdict says of the skin and of what it encloses, by the names it has there."""
    if np.count_nonzero(mesh.high > mesh.low) < 2:
        raise FileRefused("no_extent")
    edges, closed, hairline, torn_at = _skin(mesh)
    labels = shells_of(edges)
    measures = measure(mesh, labels)
    surface, volume = measures.area_mm2, measures.volume_mm3
    if not surface > 0:
        raise FileRefused("no_extent")
    count, shells = len(measures.areas), nested(list_shells(measures, labels, edges))
    thin = np.flatnonzero(measures.flat)
    doubles = duplicates(mesh.faces)
    whole = edges.closed and edges.oriented
    inside = shell_findings(shells, count, volume, whole)
    torn = [*hairline, *_edge_findings(mesh, edges)]
    return {
        "closed": closed,
        "torn_at": torn_at,
        "sides_mm2": sides_mm2(mesh),
        "closed_within_um": None if len(edges.odd) else (0.0 if closed else HAIRLINE_UM),
        "oriented": bool(edges.balanced.all()),
        "boundary_edges": int(hairline[0].values["count"] or 0) if hairline else len(edges.boundary),
        "crowded_edges": len(edges.crowded),
        "flipped_edges": len(edges.flipped),
        "degenerate": len(thin),
        "duplicates": len(doubles),
        "shell_count": count,
        "shells": shells,
        "volume_mm3": volume,
        "volume_sure": whole and all(f.code not in _UNSURE for f in inside),
        "area_mm2": surface,
        "findings": [*torn, *_triangle_findings(mesh, thin, doubles), *inside],
    }


_UNSURE = {"inside_out", "inside_out_shell", "shells_may_overlap", "too_many_shells"}


def _skin(mesh: Mesh) -> tuple[Edges, bool, list[Finding], tuple[tuple[float, int], ...]]:
    """The edges of the skin; when it is torn by less than a hair, those of the skin with the hair ignored.

    And how many edges stay torn at each epsilon, so that a person sees whether a gap is a hair or a hole.
    """
    edges = edges_of(mesh)
    if not len(torn := edges.odd):
        return edges, True, [], ((0.0, 0),)
    joined = joined_skin(mesh, edges, HAIRLINE_UM / 1000)[1]
    told = ((0.0, len(torn)), (HAIRLINE_UM, len(joined.odd)))
    if not joined.closed:
        return edges, False, [], (*told, *_torn_wider(mesh, edges))
    values = {"count": len(torn), "within_um": HAIRLINE_UM}
    point, face = _place(mesh, edges.ends[torn[0]]), int(edges.first_face[torn[0]])
    found = [Finding("hairline_gaps", "warn", values, point, face + 1)]
    return joined, False, found, told


def _torn_wider(mesh: Mesh, edges: Edges) -> tuple[tuple[float, int], ...]:
    """Torn edges left when corners ever farther apart are joined; stops as soon as the skin is closed."""
    told = list[tuple[float, int]]()
    for within_um in WIDER_UM if len(torn_corners(mesh, edges)) <= MOST_TORN else ():
        told.append((within_um, len(joined_skin(mesh, edges, within_um / 1000)[1].odd)))
        if told[-1][1] == 0:
            break
    return tuple(told)


def _place(mesh: Mesh, corners: NDArray[np.int64]) -> Point:
    x, y, z = mesh.vertices[corners].mean(axis=0)
    return float(x), float(y), float(z)


def _edge_findings(mesh: Mesh, edges: Edges) -> list[Finding]:
    """Where the skin is torn, crowded or turned; a crowded edge tears it only when its faces are odd."""
    found = []
    torn = bool((edges.faces_at[edges.crowded] % 2).any())
    for code, which, severe in (
        ("open_edges", edges.boundary, True),
        ("crowded_edges", edges.crowded, torn),
        ("flipped_faces", edges.flipped, True),
    ):
        if len(which):
            point, face = _place(mesh, edges.ends[which[0]]), int(edges.first_face[which[0]])
            severity: Severity = "refuse" if severe else "warn"
            found.append(Finding(code, severity, {"count": len(which)}, point, face + 1))
    return found


def _triangle_findings(mesh: Mesh, thin: NDArray[np.int64], doubles: NDArray[np.int64]) -> list[Finding]:
    found = []
    for code, which in (("degenerate_triangles", thin), ("duplicate_triangles", doubles)):
        if len(which):
            first = int(which[0])
            point = _place(mesh, mesh.faces[first].astype(np.int64))
            found.append(Finding(code, "warn", {"count": len(which)}, point, first + 1))
    return found


def _size_findings(size: Point, machine: Point | None, margins: Point) -> tuple[bool | None, list[Finding]]:
    """Does the part enter the machine? Margins are kept on both sides in x and y, and above in z."""
    if machine is None:
        return None, []
    room = room_of(machine, margins)
    if (too_big := larger_than(room, size)) is None:
        return True, []
    if larger_than(room, (size[1], size[0], size[2])) is None:
        return True, [Finding("fits_turned", "warn")]
    return False, [too_big]


def _thin(height_mm: float, layer_um: int | None, layers: int | None) -> list[Finding]:
    if layers != 0:
        return []
    values = {"height_mm": round(height_mm, 6), "layer_um": layer_um}
    return [Finding("thinner_than_a_layer", "refuse", values)]
