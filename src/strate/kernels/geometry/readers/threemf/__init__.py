"""Reads a 3MF file: everything it builds, in place and in mm; refuses it by name when a rule of 3MF is broken."""

from __future__ import annotations

import numpy as np

from strate.kernels.geometry.readers import LayerReading, Reading
from strate.kernels.geometry.readers.threemf.assembly import Assembly, assemble
from strate.kernels.geometry.readers.threemf.document import Document, read_document
from strate.kernels.geometry.readers.threemf.layers import Sliced, sliced_of
from strate.kernels.geometry.readers.threemf.package import open_package
from strate.kernels.geometry.readers.threemf.schema import NOT_READ
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

UNLIKE = 0.03
"""A mesh and its slices may differ by what slicing rounds away; beyond this share they are two parts."""


def read_3mf(data: bytes, limits: Limits = Limits()) -> Reading | LayerReading:
    """The mesh of everything built; the layers instead, when the file says that its mesh is only a sketch."""
    if not data:
        raise FileRefused("empty_file")
    document = read_document(open_package(data, limits), limits)
    sliced = sliced_of(document, limits)
    foreign = _foreign(document)
    findings = [Finding("3mf_not_understood", "warn", {"names": ", ".join(foreign)})] if foreign else []
    if document.root.repeated:
        findings.append(Finding("3mf_metadata_repeated", "info"))
    if sliced.sketch and sliced.complete:
        return LayerReading(
            format="3mf-slices",
            layers=sliced.layers,
            unit=document.root.unit,
            names=_names(document),
            findings=(*findings, Finding("3mf_mesh_is_a_sketch", "info")),
            metadata=tuple(document.root.metadata),
            not_understood=foreign,
        )
    built = assemble(document, limits)
    if not len(built.mesh.faces):
        raise FileRefused("no_triangles")
    return Reading(
        format="3mf",
        mesh=built.mesh,
        unit=document.root.unit,
        names=_names(document),
        findings=(*findings, *_built_findings(built), *_slice_findings(built, sliced)),
        items=built.items,
        metadata=tuple(document.root.metadata),
        materials=tuple(dict.fromkeys(n for m in document.models.values() for n in m.library.names)),
        not_understood=foreign,
        layers=sliced.layers,
    )


def _names(document: Document) -> tuple[str, ...]:
    title = [value for name, value in document.root.metadata if name == "Title" and value]
    things = [document.thing(item).name for item in document.root.items]
    return tuple(dict.fromkeys(name for name in [*title, *things] if name))


def _foreign(document: Document) -> tuple[str, ...]:
    """What the file holds and this reader does not read, by its common name, else by its namespace."""
    spaces = {space for model in document.models.values() for space in model.markup.foreign_names}
    required = {
        name for model in document.models.values() for name in model.required & set(NOT_READ.values())
    }
    return tuple(sorted(required | {NOT_READ.get(space, space)[:120] for space in spaces}))


def _built_findings(built: Assembly) -> list[Finding]:
    found = []
    if built.beams:
        found.append(Finding("3mf_beams_drawn", "warn", {"count": built.beams}))
    if built.balls:
        found.append(Finding("3mf_balls_not_drawn", "warn", {"count": built.balls}))
    if built.clipped:
        found.append(Finding("3mf_beams_not_clipped", "warn"))
    if built.thin:
        found.append(Finding("3mf_supports", "warn", {"count": built.thin}))
    return found


def _slice_findings(built: Assembly, sliced: Sliced) -> list[Finding]:
    """Slices beside a mesh: do both come to the same part?"""
    if not sliced.layers:
        return []
    if sliced.sketch:
        return [Finding("3mf_sketch_beside_mesh", "refuse", {"count": len(sliced.layers)})]
    found = [Finding("3mf_slices_too", "info", {"count": len(sliced.layers)})]
    if sliced.complete:
        a, b, c = built.mesh.corners().transpose(1, 0, 2)
        solid = float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6
        if abs(sliced.volume_mm3 - solid) > UNLIKE * max(abs(sliced.volume_mm3), abs(solid)):
            values = {"mesh_mm3": round(solid, 3), "slices_mm3": round(sliced.volume_mm3, 3)}
            found.append(Finding("3mf_slices_differ", "warn", values))
    return found
