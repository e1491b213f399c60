"""Writes 3MF files for the tests: a sound one, and any part of it replaced by something else."""

from __future__ import annotations

import io
import zipfile

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
SPACES = {
    "m": "http://schemas.microsoft.com/3dmanufacturing/material/2015/02",
    "p": "http://schemas.microsoft.com/3dmanufacturing/production/2015/06",
    "s": "http://schemas.microsoft.com/3dmanufacturing/slice/2015/07",
    "b": "http://schemas.microsoft.com/3dmanufacturing/beamlattice/2017/02",
    "b2": "http://schemas.microsoft.com/3dmanufacturing/beamlattice/balls/2020/07",
    "t": "http://schemas.microsoft.com/3dmanufacturing/toolpath/2019/05",
    "sc": "http://schemas.microsoft.com/3dmanufacturing/securecontent/2019/07",
    "v": "http://example.org/vendor/2026",
}
START = "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"
TEXTURE = "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dtexture"
TICKET = "http://schemas.microsoft.com/3dmanufacturing/2013/01/printticket"
THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MODEL_TYPE = "application/vnd.ms-package.3dmanufacturing-3dmodel+xml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MODEL = "3D/3dmodel.model"
RELS, TYPES, MODEL_RELS = "_rels/.rels", "[Content_Types].xml", "3D/_rels/3dmodel.model.rels"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)

BASE = (
    '<basematerials id="5"><base name="Ti" displaycolor="#808080"/>'
    '<base name="Al" displaycolor="#909090"/></basematerials>'
)
COLOURS = '<m:colorgroup id="6"><m:color color="#FF0000"/><m:color color="#00FF00AA"/></m:colorgroup>'

CORNERS = [(x, y, z) for z in (0, 10) for y in (0, 10) for x in (0, 10)]
FACES = [
    (0, 2, 1), (1, 2, 3), (4, 5, 6), (5, 7, 6), (0, 1, 4), (1, 5, 4),
    (2, 6, 3), (3, 6, 7), (0, 4, 2), (2, 4, 6), (1, 3, 5), (3, 7, 5),
]  # fmt: skip


def vertices(corners: list[tuple[object, ...]] | None = None) -> str:
    rows = "".join(f'<vertex x="{x}" y="{y}" z="{z}"/>' for x, y, z in corners or CORNERS)
    return f"<vertices>{rows}</vertices>"


def triangles(faces: list[tuple[object, ...]] | None = None, more: str = "") -> str:
    rows = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"{more}/>' for a, b, c in faces or FACES)
    return f"<triangles>{rows}</triangles>"


def mesh(
    corners: list[tuple[object, ...]] | None = None, faces: list[tuple[object, ...]] | None = None
) -> str:
    return f"<mesh>{vertices(corners)}{triangles(faces)}</mesh>"


def cube(number: object = 1, attributes: str = "", inside: str | None = None) -> str:
    return f'<object id="{number}" {attributes}>{mesh() if inside is None else inside}</object>'


def components(*uses: str) -> str:
    return f"<components>{''.join(uses)}</components>"


def model(
    resources: str | None = None,
    build: str = '<item objectid="1"/>',
    attributes: str = 'unit="millimeter"',
    before: str = "",
    after: str = "",
    prefixes: str = "",
) -> str:
    """A model; by default one cube of 10 mm, built once."""
    spaces = "".join(f' xmlns:{prefix}="{SPACES[prefix]}"' for prefix in prefixes.split())
    inside = cube() if resources is None else resources
    return (
        f'{XML}<model xmlns="{CORE}"{spaces} {attributes}>{before}<resources>{inside}</resources>'
        f"<build>{build}</build>{after}</model>"
    )


def relation(number: int, target: str, kind: str = START, more: str = "") -> str:
    return f'<Relationship Id="rel{number}" Type="{kind}" Target="{target}"{more}/>'


def relations(*inside: str) -> str:
    return f'{XML}<Relationships xmlns="{RELATIONS}">{"".join(inside)}</Relationships>'


def types(*more: str, rels: str = RELS_TYPE, model_type: str = MODEL_TYPE) -> str:
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="model" ContentType="{model_type}"/>'
        f'<Default Extension="png" ContentType="image/png"/>{"".join(more)}</Types>'
    )


def parts(text: str | bytes | None = None, **_: object) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(relation(0, "/" + MODEL)),
        MODEL: model() if text is None else text,
    }


def pack(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
    return room.getvalue()


def threemf(text: str | bytes | None = None, more: dict[str, str | bytes | None] | None = None) -> bytes:
    """A 3MF file holding this model; `more` adds parts, replaces them, or removes them (None)."""
    files = parts(text) | (more or {})
    return pack({name: content for name, content in files.items() if content is not None})
