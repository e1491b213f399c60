"""Writes a plate as one 3MF file: each part once, each copy where it stands, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

import numpy as np

from strate.kernels.geometry.plate.record import Copy
from strate.kernels.geometry.skin.mesh import Mesh

_CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Target="/3D/3dmodel.model" Id="rel0" '
    'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
)


def write_3mf(parts: Mapping[str, Mesh], copies: Sequence[Copy]) -> bytes:
    """The plate in millimetres; collapsed triangles, which 3MF forbids, are left out."""
    names = list(parts)
    pieces = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<model unit="millimeter" xmlns="{_CORE}"><resources>',
    ]
    for number, name in enumerate(names, start=1):
        pieces += _object(number, name, parts[name])
    pieces.append("</resources><build>")
    for copy in copies:
        place = _transform(parts[copy.part], copy)
        label = quoteattr(copy.label)
        pieces.append(
            f'<item objectid="{names.index(copy.part) + 1}" transform="{place}" partnumber={label}/>'
        )
    pieces.append("</build></model>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in (
            ("3D/3dmodel.model", "".join(pieces)), ("_rels/.rels", _RELS), ("[Content_Types].xml", _TYPES)
        ):  # fmt: skip
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    return held.getvalue()


def _object(number: int, name: str, mesh: Mesh) -> list[str]:
    faces = mesh.faces
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)]
    return [
        f'<object id="{number}" type="model" name={quoteattr(name)}><mesh><vertices>',
        *(f'<vertex x="{x!r}" y="{y!r}" z="{z!r}"/>' for x, y, z in mesh.vertices.tolist()),
        "</vertices><triangles>",
        *(f'<triangle v1="{i}" v2="{j}" v3="{k}"/>' for i, j, k in faces.tolist()),
        "</triangles></mesh></object>",
    ]


def _transform(mesh: Mesh, copy: Copy) -> str:
    x, y, z = ((mesh.low + mesh.high) / 2).tolist()
    rows = copy.matrix((x, y, z), float(mesh.low[2]), float(mesh.high[2]))
    return " ".join(f"{np.round(value, 9) + 0.0:.9g}" for row in rows for value in row)
