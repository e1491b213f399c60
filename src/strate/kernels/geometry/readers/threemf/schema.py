"""What a 3MF model may hold: which elements stand where, in which order, with which attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from strate.kernels.geometry.readers.threemf import values as v

_BASE = "http://schemas.microsoft.com/3dmanufacturing"
CORE = f"{_BASE}/core/2015/02"
PREFIXES = {
    CORE: "",
    f"{_BASE}/material/2015/02": "m:",
    f"{_BASE}/production/2015/06": "p:",
    f"{_BASE}/slice/2015/07": "s:",
    f"{_BASE}/beamlattice/2017/02": "b:",
    f"{_BASE}/beamlattice/balls/2020/07": "b2:",
}
"""Namespaces this reader reads, and what it calls them."""

SIDE = {
    f"{_BASE}/trianglesets/2021/07": "trianglesets",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "markup-compatibility",
}
"""Namespaces that change nothing of the shape."""

ELSEWHERE = ("http://www.w3.org/2001/XInclude", "http://www.w3.org/2003/XInclude")
"""Namespaces by which a text calls for another file."""

CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
"""The namespace by which a text holds one thing for some readers and another for the others."""

NOT_READ = {
    f"{_BASE}/toolpath/2019/05": "toolpath",
    f"{_BASE}/securecontent/2019/04": "securecontent",
    f"{_BASE}/securecontent/2019/07": "securecontent",
    f"{_BASE}/production/alternatives/2021/04": "alternatives",
    f"{_BASE}/booleanoperations/2023/07": "booleans",
    f"{_BASE}/displacement/2022/07": "displacement",
    f"{_BASE}/displacement/2023/10": "displacement",
    f"{_BASE}/volumetric/2022/01": "volumetric",
    f"{_BASE}/implicit/2023/12": "implicit",
    f"{_BASE}/mirroring/2021/07": "mirroring",
}
"""Namespaces known by name: what they say is announced, not read."""

MANY = 2**31
Attributes = dict[str, tuple[v.Read, bool]]


@dataclass(frozen=True)
class Kind:
    """One element: its attributes (reader, required), its children (rank in the order, how many at most)."""

    attributes: Mapping[str, tuple[v.Read, bool]] = field(default_factory=dict)
    children: dict[str, tuple[int, int]] = field(default_factory=dict)
    needs: tuple[tuple[str, ...], ...] = ()
    """Of each group exactly one kind of child is there."""
    foreign: bool = False
    """May hold elements of other namespaces."""
    extended: bool = True
    """May carry attributes of other namespaces."""
    text: bool = False
    any_rank: int | None = None
    """Where elements of other namespaces stand in the order; None: anywhere."""


def _one(name: str, rank: int = 0) -> dict[str, tuple[int, int]]:
    return {name: (rank, 1)}


def _many(*names: str, rank: int = 0) -> dict[str, tuple[int, int]]:
    return dict.fromkeys(names, (rank, MANY))


_ID: Attributes = {"id": (v.resource, True)}
_SHOWN: Attributes = {
    "displaypropertiesid": (v.resource, False),
    "m:displaypropertiesid": (v.resource, False),
}
_PLACED: Attributes = {
    "objectid": (v.resource, True),
    "transform": (v.matrix, False),
    "p:path": (v.path, False),
    "p:UUID": (v.uuid, False),
}
UNITS = {"micron": 0.001, "millimeter": 1.0, "centimeter": 10.0, "inch": 25.4, "foot": 304.8, "meter": 1000.0}
TYPES = ("model", "solidsupport", "support", "surface", "other")
PROPERTY_GROUPS = (
    "basematerials",
    "m:colorgroup",
    "m:texture2dgroup",
    "m:compositematerials",
    "m:multiproperties",
)
DISPLAY = (
    "m:pbspeculardisplayproperties",
    "m:pbmetallicdisplayproperties",
    "m:pbspeculartexturedisplayproperties",
    "m:pbmetallictexturedisplayproperties",
    "m:translucentdisplayproperties",
)
_CAP = v.one_of("hemisphere", "sphere", "butt")
_TILE = v.one_of("wrap", "mirror", "clamp", "none")

CORE_KINDS: dict[str, Kind] = {
    "model": Kind(
        {
            "unit": (v.one_of(*UNITS), False),
            "xml:lang": (v.language, False),
            "requiredextensions": (v.words, False),
            "recommendedextensions": (v.words, False),
            "thumbnail": (v.path, False),
        },
        _many("metadata") | _one("resources", 1) | _one("build", 2),
        (("resources",), ("build",)),
        foreign=True,
        any_rank=3,
    ),
    "metadata": Kind(
        {"name": (v.string, True), "preserve": (v.boolean, False), "type": (v.string, False)}, text=True
    ),
    "metadatagroup": Kind(children=_many("metadata"), needs=(("metadata",),)),
    "resources": Kind(
        children=_many(*PROPERTY_GROUPS, *DISPLAY, "m:texture2d", "s:slicestack") | _many("object", rank=1),
        foreign=True,
    ),
    "object": Kind(
        _ID
        | {
            "type": (v.one_of(*TYPES), False),
            "thumbnail": (v.path, False),
            "partnumber": (v.string, False),
            "name": (v.string, False),
            "pid": (v.resource, False),
            "pindex": (v.index, False),
            "p:UUID": (v.uuid, False),
            "s:slicestackid": (v.resource, False),
            "s:slicepath": (v.path, False),
            "s:meshresolution": (v.one_of("fullres", "lowres"), False),
        },
        _one("metadatagroup") | _one("mesh", 1) | _one("components", 1),
        (("mesh", "components"),),
        foreign=True,
        any_rank=2,
    ),
    "mesh": Kind(
        children=_one("vertices") | _one("triangles", 1) | _one("b:beamlattice", 2),
        needs=(("vertices",),),
        foreign=True,
        any_rank=2,
    ),
    "vertices": Kind(children=_many("vertex"), extended=False),
    "triangles": Kind(children=_many("triangle"), extended=False),
    "vertex": Kind({"x": (v.number, True), "y": (v.number, True), "z": (v.number, True)}),
    "triangle": Kind(
        {"v1": (v.index, True), "v2": (v.index, True), "v3": (v.index, True)}
        | {"pid": (v.resource, False), "p1": (v.index, False), "p2": (v.index, False), "p3": (v.index, False)}
    ),
    "components": Kind(children=_many("component"), needs=(("component",),)),
    "component": Kind(_PLACED, foreign=True),
    "build": Kind({"p:UUID": (v.uuid, False)}, _many("item")),
    "item": Kind(
        _PLACED | {"partnumber": (v.string, False)}, _one("metadatagroup"), foreign=True, any_rank=1
    ),
    "basematerials": Kind(_ID | _SHOWN, _many("base"), (("base",),)),
    "base": Kind(_SHOWN | {"name": (v.string, True), "displaycolor": (v.colour, True)}),
}

MATERIAL_KINDS: dict[str, Kind] = {
    "m:texture2d": Kind(
        _ID
        | {
            "path": (v.path, True),
            "contenttype": (v.one_of("image/png", "image/jpeg"), True),
            "tilestyleu": (_TILE, False),
            "tilestylev": (_TILE, False),
            "filter": (v.one_of("auto", "linear", "nearest"), False),
            "box": (v.string, False),
        }
    ),
    "m:colorgroup": Kind(_ID | _SHOWN, _many("m:color"), (("m:color",),)),
    "m:color": Kind({"color": (v.colour, True)}),
    "m:texture2dgroup": Kind(
        _ID | _SHOWN | {"texid": (v.resource, True)}, _many("m:tex2coord"), (("m:tex2coord",),)
    ),
    "m:tex2coord": Kind({"u": (v.number, True), "v": (v.number, True)}),
    "m:compositematerials": Kind(
        _ID | _SHOWN | {"matid": (v.resource, True), "matindices": (v.indices, True)},
        _many("m:composite"),
        (("m:composite",),),
    ),
    "m:composite": Kind({"values": (v.fractions, True)}),
    "m:multiproperties": Kind(
        _ID | _SHOWN | {"pids": (v.resources, True), "blendmethods": (v.words, False)},
        _many("m:multi"),
        (("m:multi",),),
    ),
    "m:multi": Kind({"pindices": (v.indices, True)}),
    "m:pbspeculardisplayproperties": Kind(_ID, _many("m:pbspecular"), (("m:pbspecular",),)),
    "m:pbspecular": Kind(
        {"name": (v.string, True), "specularcolor": (v.colour, False), "glossiness": (v.fraction, False)}
    ),
    "m:pbmetallicdisplayproperties": Kind(_ID, _many("m:pbmetallic"), (("m:pbmetallic",),)),
    "m:pbmetallic": Kind(
        {"name": (v.string, True), "metallicness": (v.fraction, False), "roughness": (v.fraction, False)}
    ),
    "m:pbspeculartexturedisplayproperties": Kind(
        _ID
        | {"name": (v.string, True)}
        | {"speculartextureid": (v.resource, True), "glossinesstextureid": (v.resource, True)}
        | {"diffusefactor": (v.colour, False), "specularfactor": (v.colour, False)}
        | {"glossinessfactor": (v.fraction, False)}
    ),
    "m:pbmetallictexturedisplayproperties": Kind(
        _ID
        | {"name": (v.string, True)}
        | {"metallictextureid": (v.resource, True), "roughnesstextureid": (v.resource, True)}
        | {"basecolorfactor": (v.colour, False), "metallicfactor": (v.fraction, False)}
        | {"roughnessfactor": (v.fraction, False)}
    ),
    "m:translucentdisplayproperties": Kind(_ID, _many("m:translucent"), (("m:translucent",),)),
    "m:translucent": Kind(
        {"name": (v.string, True), "attenuation": (v.string, True)}
        | {"refractiveindex": (v.string, False), "roughness": (v.fraction, False)}
    ),
}

SLICE_KINDS: dict[str, Kind] = {
    "s:slicestack": Kind(_ID | {"zbottom": (v.number, False)}, _many("s:slice", "s:sliceref")),
    "s:sliceref": Kind(
        {"slicestackid": (v.resource, True), "slicepath": (v.path, True), "ztop": (v.number, False)}
    ),
    "s:slice": Kind(
        {"ztop": (v.number, True)}, _one("s:vertices") | _many("s:polygon", rank=1), foreign=True
    ),
    "s:vertices": Kind(children=_many("s:vertex")),
    "s:vertex": Kind({"x": (v.number, True), "y": (v.number, True)}),
    "s:polygon": Kind({"startv": (v.index, True)}, _many("s:segment")),
    "s:segment": Kind(
        {"v2": (v.index, True), "pid": (v.resource, False), "p1": (v.index, False), "p2": (v.index, False)}
    ),
}

BEAM_KINDS: dict[str, Kind] = {
    "b:beamlattice": Kind(
        {
            "minlength": (v.positive, True),
            "radius": (v.positive, True),
            "clippingmode": (v.one_of("none", "inside", "outside"), False),
            "clipping": (v.one_of("none", "inside", "outside"), False),
            "clippingmesh": (v.resource, False),
            "representationmesh": (v.resource, False),
            "pid": (v.resource, False),
            "pindex": (v.index, False),
            "cap": (_CAP, False),
            "b2:ballmode": (v.one_of("none", "mixed", "all"), False),
            "b2:ballradius": (v.positive, False),
        },
        _one("b:beams") | _one("b2:balls", 1) | _one("b:beamsets", 1),
        (("b:beams",),),
        foreign=True,
    ),
    "b:beams": Kind(children=_many("b:beam"), foreign=True),
    "b:beam": Kind(
        {"v1": (v.index, True), "v2": (v.index, True), "r1": (v.positive, False), "r2": (v.positive, False)}
        | {"pid": (v.resource, False), "p1": (v.index, False), "p2": (v.index, False)}
        | {"cap1": (_CAP, False), "cap2": (_CAP, False)},
        foreign=True,
    ),
    "b:beamsets": Kind(children=_many("b:beamset"), foreign=True),
    "b:beamset": Kind(
        {"name": (v.string, False), "identifier": (v.string, False)},
        _many("b:ref", "b2:ballref"),
        foreign=True,
    ),
    "b:ref": Kind({"index": (v.index, True)}, foreign=True),
    "b2:ballref": Kind({"index": (v.index, True)}, foreign=True),
    "b2:balls": Kind(children=_many("b2:ball"), needs=(("b2:ball",),), foreign=True),
    "b2:ball": Kind(
        {"vindex": (v.index, True), "r": (v.positive, False), "p": (v.index, False)}
        | {"pid": (v.resource, False)},
        foreign=True,
    ),
}

ALIASES = {("m:multiproperties", f"{CORE} multi"): "m:multi"}
"""Written by real programs without their prefix, and read all the same."""

KINDS = CORE_KINDS | MATERIAL_KINDS | SLICE_KINDS | BEAM_KINDS


def short(name: str) -> str | None:
    """«uri local», as the parser writes it, in the words of this table; None in a namespace not read."""
    space, _, local = name.rpartition(" ")
    prefix = PREFIXES.get(space)
    return None if prefix is None else prefix + local
