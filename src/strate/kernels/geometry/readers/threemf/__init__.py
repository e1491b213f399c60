"""Reads a 3MF file: everything it builds, in place and in mm; refuses it by name when a rule of 3MF is broken."""

from __future__ import annotations

import numpy as np

from strate.kernels.geometry.readers import FileLayer, LayerReading, Reading
from strate.kernels.geometry.readers.threemf.assembly import Assembly, assemble
from strate.kernels.geometry.readers.threemf.document import Document, read_document
from strate.kernels.geometry.readers.threemf.layers import layers_of, low_resolution, sliced_volume
from strate.kernels.geometry.readers.threemf.package import open_package
from strate.kernels.geometry.readers.threemf.schema import NOT_READ
from strate.kernels.geometry.refusal import FileRefused, Finding, Limits

UNLIKE = 0.03
"""A mesh and its slices may differ by what slicing rounds away; beyond this share they are two parts."""


def read_3mf(data: bytes, limits: Limits = Limits()) -> Reading | LayerReading:  # noqa: B008 (frozen)
    """The mesh of everything built; the layers instead, when the file says that its mesh is only a sketch."""
    if not data:
        raise FileRefused("empty_file")
    document = read_document(open_package(data, limits), limits)
    foreign = _foreign(document)
    findings = [Finding("3mf_not_understood", "warn", {"names": ", ".join(foreign)})] if foreign else []
    if document.root.repeated:
        findings.append(Finding("3mf_metadata_repeated", "info"))
    if low_resolution(document):
        return LayerReading(
            format="3mf-slices",
            layers=layers_of(document, limits, sketch=True),
            unit=document.root.unit,
            names=_names(document),
            findings=(*findings, Finding("3mf_mesh_is_a_sketch", "info")),
            metadata=tuple(document.root.metadata),
            not_understood=foreign,
        )
    built = assemble(document, limits)
    if not len(built.mesh.faces):
        raise FileRefused("no_triangles")
    layers = layers_of(document, limits, sketch=False)
    findings += _slice_findings(document, built, layers)
    return Reading(
        format="3mf",
        mesh=built.mesh,
        unit=document.root.unit,
        names=_names(document),
        findings=(*findings, *_built_findings(document, built)),
        items=built.items,
        metadata=tuple(document.root.metadata),
        materials=tuple(dict.fromkeys(n for m in document.models.values() for n in m.library.names)),
        not_understood=foreign,
        layers=layers,
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


def _built_findings(document: Document, built: Assembly) -> list[Finding]:
    found = []
    if built.beams:
        found.append(Finding("3mf_beams_drawn", "warn", {"count": built.beams}))
    if built.clipped:
        found.append(Finding("3mf_beams_not_clipped", "warn"))
    if built.thin:
        found.append(Finding("3mf_supports", "warn", {"count": built.thin}))
    return found


def _slice_findings(document: Document, built: Assembly, layers: tuple[FileLayer, ...]) -> list[Finding]:
    """Slices beside a mesh: do both come to the same part?"""
    if not layers:
        return []
    found = [Finding("3mf_slices_too", "info", {"count": len(layers)})]
    sliced = sliced_volume(document)
    if sliced is not None and not built.thin:
        a, b, c = built.mesh.corners().transpose(1, 0, 2)
        solid = float(np.einsum("ij,ij->", a, np.cross(b, c))) / 6
        if abs(sliced - solid) > UNLIKE * max(abs(sliced), abs(solid)):
            values = {"mesh_mm3": round(solid, 3), "slices_mm3": round(sliced, 3)}
            found.append(Finding("3mf_slices_differ", "warn", values))
    return found
