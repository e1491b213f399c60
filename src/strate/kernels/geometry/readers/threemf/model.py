"""One model part understood: its unit, its objects, what it builds, what it says of itself; each rule checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.beams import Lattice, read_lattice
from strate.kernels.geometry.readers.threemf.markup import Element, Markup
from strate.kernels.geometry.readers.threemf.materials import Library
from strate.kernels.geometry.readers.threemf.packed import Triangles
from strate.kernels.geometry.readers.threemf.schema import CORE, NOT_READ, PREFIXES, SIDE, UNITS
from strate.kernels.geometry.readers.threemf.slices import Stack, read_stack
from strate.kernels.geometry.readers.threemf.turns import parse_model
from strate.kernels.geometry.readers.threemf.values import IDENTITY, Matrix, determinant
from strate.kernels.geometry.refusal import FileRefused, Limits

FLATTEST = 1e-9
"""Three axes whose box is flatter than this (each axis 1 long) have no inside."""
_REPEATABLE = ("Description",)
_XML_TYPE = re.compile(r"(?:[\w.-]+:)?[A-Za-z]+")


@dataclass
class Placed:
    """A use of an object: which part it stands in, its number there, where it is put."""

    part: str
    object: int
    transform: Matrix
    at: int
    number: str | None = None
    uuid: str | None = None


@dataclass
class Thing:
    """One object of a part: a mesh, or other objects put together."""

    id: int
    type: str
    name: str
    number: str | None
    at: int
    vertices: NDArray[np.float64]
    faces: NDArray[np.int32]
    components: list[Placed]
    lattice: Lattice | None
    stack: tuple[str, int] | None
    low_resolution: bool
    thumbnail: str | None


@dataclass
class Model:
    """One model part."""

    part: str
    name: str
    markup: Markup
    unit: str
    library: Library
    required: set[str] = field(default_factory=set)
    things: dict[int, Thing] = field(default_factory=dict)
    stacks: dict[int, Stack] = field(default_factory=dict)
    items: list[Placed] = field(default_factory=list)
    metadata: list[tuple[str, str]] = field(default_factory=list)
    repeated: bool = False
    uuids: list[str] = field(default_factory=list)

    @property
    def mm(self) -> float:
        return UNITS[self.unit]


def read_model(data: bytes, part: str, name: str, limits: Limits) -> Model:
    """Read a model part; `part` is its key in the package, `name` what it is called in a sentence."""
    markup = parse_model(data, name)
    root = markup.root
    if root is None:
        raise FileRefused("3mf_xml_empty", part=name)
    model = Model(part, name, markup, root.values.get("unit", "millimeter"), Library(markup))
    _extensions(model, root)
    model.metadata = _metadata(model, root)
    resources, build = root.first("resources"), root.first("build")
    for element in resources.children if resources else ():
        _resource(model, element, limits)
    if build is not None:
        _note_uuid(model, build)
        model.items = [_placed(model, element) for element in build.all("item")]
    return model


def _extensions(model: Model, root: Element) -> None:
    """What the file says must be understood to build it is understood, or it is not read at all."""
    markup = model.markup
    for prefix in root.values.get("requiredextensions", ()):
        space = markup.prefixes.get(prefix)
        if space is None:
            raise markup.refused("3mf_prefix", root.at, name=prefix[:40])
        name = NOT_READ.get(space, PREFIXES.get(space, SIDE.get(space, "")))
        if name == "securecontent":
            raise FileRefused("3mf_encrypted", part=model.name)
        if not name or (space in NOT_READ and name != "toolpath"):
            raise FileRefused("3mf_extension", part=model.name, name=(name or space)[:120])
        model.required.add(name)
    for prefix in root.values.get("recommendedextensions", ()):
        space = markup.prefixes.get(prefix)
        if space is None:
            raise markup.refused("3mf_prefix", root.at, name=prefix[:40])
        if space not in PREFIXES and space not in SIDE and space != CORE:
            markup.foreign_names.add(space)


def _metadata(model: Model, holder: Element) -> list[tuple[str, str]]:
    """Names and values; a name without prefix is kept even when this reader does not know it."""
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for element in holder.all("metadata"):
        name = element.values["name"]
        prefix, colon, local = name.rpartition(":")
        if name.lower() == "undefined":
            raise model.markup.refused("3mf_metadata_unnamed", element.at)
        if not local or (colon and prefix not in model.markup.prefixes) or name != name.strip():
            raise model.markup.refused(
                "3mf_value", element.at, element="metadata", attribute="name", value=name[:60]
            )
        if "type" in element.values and not _XML_TYPE.fullmatch(element.values["type"]):
            raise model.markup.refused(
                "3mf_value",
                element.at,
                element="metadata",
                attribute="type",
                value=element.values["type"][:60],
            )
        if name in seen and name not in _REPEATABLE:
            raise model.markup.refused("3mf_duplicate_metadata", element.at, name=name[:60])
        model.repeated |= name in seen
        seen.add(name)
        found.append((name[:120], element.text.strip()[:2000]))
    return found


def _resource(model: Model, element: Element, limits: Limits) -> None:
    if element.name == "object":
        model.library.check_object(element)
        thing = _object(model, element, limits)
        model.library.define(element)
        model.things[thing.id] = thing
    elif element.name == "s:slicestack":
        model.library.define(element)
        model.stacks[element.values["id"]] = read_stack(model.markup, element, limits)
    else:
        model.library.add(element)


def _object(model: Model, element: Element, limits: Limits) -> Thing:
    values, mesh, components = element.values, element.first("mesh"), element.first("components")
    _note_uuid(model, element)
    if (group := element.first("metadatagroup")) is not None:
        _metadata(model, group)
    kind = values.get("type", "model")
    vertices, faces, lattice = np.empty((0, 3)), np.empty((0, 3), np.int32), None
    if mesh is not None:
        vertices, faces, lattice = _mesh(model, element, mesh, kind, limits)
    placed = [_component(model, child) for child in components.children] if components else []
    stack = None
    if "s:slicestackid" in values:
        stack = (values.get("s:slicepath", ""), values["s:slicestackid"])
        if not stack[0] and stack[1] not in model.stacks:
            raise model.markup.refused("3mf_slice_reference", element.at)
    elif "s:slicepath" in values:
        raise model.markup.refused(
            "3mf_attribute_missing", element.at, element="object", attribute="slicestackid"
        )
    low = values.get("s:meshresolution") == "lowres"
    if low and (stack is None or "s:" not in model.required):
        raise model.markup.refused("3mf_low_resolution", element.at)
    return Thing(
        values["id"], kind, values.get("name", ""), values.get("partnumber"), element.at, vertices, faces,
        placed, lattice, stack, low, values.get("thumbnail"),
    )  # fmt: skip


def _mesh(
    model: Model, element: Element, mesh: Element, kind: str, limits: Limits
) -> tuple[NDArray[np.float64], NDArray[np.int32], Lattice | None]:
    markup, corners, triangles = model.markup, mesh.first("vertices"), mesh.first("triangles")
    vertices = corners.packed.rows() if corners and corners.packed else np.empty((0, 3))
    packed = triangles.packed if triangles is not None else None
    faces = packed.faces() if isinstance(packed, Triangles) else np.empty((0, 3), np.int32)
    beams = mesh.first("b:beamlattice")
    lattice = None if beams is None else read_lattice(markup, beams, len(vertices))
    if beams is not None:
        _check_helpers(model, beams)
    if lattice is not None and (kind not in ("model", "solidsupport") or "b:" not in model.required):
        raise markup.refused("3mf_beams_not_required", element.at)
    if lattice is None or len(faces):
        _check_mesh(model, element, kind, len(vertices), faces)
    if len(faces) > limits.max_triangles:
        raise FileRefused("too_many_triangles", triangles=len(faces), limit=limits.max_triangles)
    _check_reach(model, element, vertices, limits)
    if isinstance(packed, Triangles):
        model.library.check_triangles(element, packed.properties())
    return vertices, faces, lattice


def _check_helpers(model: Model, beams: Element) -> None:
    """Meshes that only help a lattice: plain ones, defined before."""
    for key in {"clippingmesh", "representationmesh"} & set(beams.values):
        thing = model.things.get(beams.values[key])
        if thing is None or thing.components or thing.lattice is not None or thing.type != "model":
            raise model.markup.refused("3mf_object_missing", beams.at, id=beams.values[key])


def _check_mesh(model: Model, element: Element, kind: str, count: int, faces: NDArray[np.int32]) -> None:
    markup = model.markup
    if count < 3 or not len(faces):
        raise markup.refused("3mf_empty_mesh", element.at, id=element.values["id"])
    if kind in ("model", "solidsupport") and len(faces) < 4:
        raise markup.refused("3mf_not_a_solid", element.at, id=element.values["id"], triangles=len(faces))
    if int(faces.max()) >= count:
        first = int(np.flatnonzero((faces >= count).any(axis=1))[0])
        raise markup.refused(
            "3mf_corner", element.at, triangle=first + 1, index=int(faces[first].max()), count=count
        )
    same = (faces[:, 0] == faces[:, 1]) | (faces[:, 1] == faces[:, 2]) | (faces[:, 2] == faces[:, 0])
    if same.any():
        raise markup.refused("3mf_same_corners", element.at, triangle=int(np.flatnonzero(same)[0]) + 1)


def _check_reach(model: Model, element: Element, vertices: NDArray[np.float64], limits: Limits) -> None:
    if not len(vertices):
        return
    reach = float(max(vertices.max(), -vertices.min())) * model.mm
    if not reach <= limits.max_coordinate_mm:
        raise model.markup.refused(
            "3mf_out_of_reach", element.at, value_mm=reach, limit_mm=limits.max_coordinate_mm
        )


def _component(model: Model, element: Element) -> Placed:
    """A component: of this part it must have been defined before; of another part it is looked up later."""
    placed = _placed(model, element)
    if placed.part == model.part and placed.object not in model.things:
        raise model.markup.refused("3mf_object_missing", element.at, id=placed.object)
    return placed


def _placed(model: Model, element: Element) -> Placed:
    values, transform = element.values, element.values.get("transform", IDENTITY)
    _note_uuid(model, element)
    if (group := element.first("metadatagroup")) is not None:
        _metadata(model, group)
    turn = 1.0 if transform == IDENTITY else determinant(transform)
    if not abs(turn) > FLATTEST:
        raise model.markup.refused("3mf_singular", element.at)
    if turn < 0:
        raise model.markup.refused("3mf_mirrored", element.at)
    return Placed(
        values.get("p:path", model.part), values["objectid"], transform, element.at,
        values.get("partnumber"), values.get("p:UUID"),
    )  # fmt: skip


def _note_uuid(model: Model, element: Element) -> None:
    """Where the production extension is required, everything that is followed has its identifier."""
    said: Any = element.values.get("p:UUID")
    if said is not None:
        model.uuids.append(said)
    elif "p:" in model.required and not (element.name == "build" and not element.children):
        raise model.markup.refused(
            "3mf_attribute_missing", element.at, element=element.name, attribute="UUID"
        )
