"""Small honest files of every format, written here by hand: what the tests cut, bend and poison."""

from __future__ import annotations

import io
import struct
import zipfile
from itertools import pairwise

import numpy as np

from strate.kernels.geometry import samples

SOUP = samples.box_soup(10, 20, 30)
CORNERS = [(x, y, z) for x in (0, 10) for y in (0, 20) for z in (0, 30)]
# A box of six quads, each seen counter-clockwise from outside.
QUADS = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 20.0), (0.0, 20.0), (0.0, 0.0)]
HOLE = [(4.0, 4.0), (4.0, 8.0), (8.0, 8.0), (8.0, 4.0), (4.0, 4.0)]


def obj() -> bytes:
    lines = ["# a box", "mtllib box.mtl", "o box", *(f"v {x} {y} {z}" for x, y, z in CORNERS)]
    faces = ["f " + " ".join(f"{corner + 1}//1" for corner in quad) for quad in QUADS]
    return "\n".join([*lines, "vn 0 0 1", "g one", *faces[:3], "g two", *faces[3:], ""]).encode()


def ply_header(order: str, count: str = "uchar") -> str:
    axes = "".join(f"property float {axis}\n" for axis in "xyz")
    return (
        f"ply\nformat {order} 1.0\ncomment a box\nelement vertex 8\n{axes}property uchar red\n"
        f"element face 6\nproperty list {count} int vertex_indices\nend_header\n"
    )


def ply_ascii() -> bytes:
    rows = [f"{x} {y} {z} 255" for x, y, z in CORNERS]
    rows += [f"4 {a} {b} {c} {d}" for a, b, c, d in QUADS]
    return (ply_header("ascii") + "\n".join(rows) + "\n").encode()


def ply_binary(mark: str = "<") -> bytes:
    name = "binary_little_endian" if mark == "<" else "binary_big_endian"
    rows = [struct.pack(mark + "fffB", *corner, 255) for corner in CORNERS]
    rows += [struct.pack(mark + "B4i", 4, *quad) for quad in QUADS]
    return ply_header(name).encode() + b"".join(rows)


def ply_strips() -> bytes:
    """A tetrahedron as one strip: 0 1 2 3 0 1."""
    header = (
        "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
        "element tristrips 1\nproperty list int int vertex_indices\nend_header\n"
    )
    return (header + "0 0 0\n10 0 0\n0 10 0\n0 0 10\n6 1 0 2 3 1 0\n").encode()


def ply_cloud() -> bytes:
    header = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
    return (header + "end_header\n0 0 0\n1 0 0\n0 1 0\n").encode()


def off() -> bytes:
    rows = [f"{x} {y} {z}" for x, y, z in CORNERS] + [f"4 {a} {b} {c} {d}" for a, b, c, d in QUADS]
    return ("OFF\n8 6 0\n" + "\n".join(rows) + "\n").encode()


def cloud() -> bytes:
    return b"".join(b"%g %g %g\n" % corner for corner in CORNERS)


def header(kind: str, unit: str = "0.01", dimension: str = "0,0,0.1,10,20,0.4", layers: int = 5) -> bytes:
    return (
        f"$$HEADERSTART\n$${kind}\n$$UNITS/{unit}\n$$VERSION/200\n$$LABEL/1,équerre\n$$DATE/221126\n"
        f"$$DIMENSION/{dimension}\n$$LAYERS/{layers:06d}\n$$HEADEREND"
    ).encode()


def cli_ascii() -> bytes:
    """A zero layer and four layers of 100 µm: a square with a hole, four strokes, a power and a speed."""
    lines = ["\n$$GEOMETRYSTART", "$$LAYER/0", "$$POWER/195.0", "$$SPEED/750"]
    for layer in range(1, 5):
        lines.append(f"$$LAYER/{layer * 10}")
        for turn, line in ((1, SQUARE), (0, HOLE)):
            flat = ",".join(f"{100 * x:g},{100 * y:g}" for x, y in line)
            lines.append(f"$$POLYLINE/1,{turn},{len(line)},{flat}")
        lines.append("$$HATCHES/1,2,0,100,1000,100,1000,300,0,300")
    return header("ASCII") + ("\n".join([*lines, "$$GEOMETRYEND", ""])).encode()


def cli_binary(short: bool = True, low: float = 0.0) -> bytes:
    """The same in binary, short or long; `low` moves it along x."""
    dimension = f"{low:g},0,0.1,{10 + low:g},20,0.4"
    parts = [header("BINARY", dimension=dimension)]
    for layer in range(5):
        parts.append(struct.pack("<HH", 128, 10 * layer) if short else struct.pack("<Hf", 127, 10.0 * layer))
        for turn, line in ((1, SQUARE), (0, HOLE)) if layer else ():
            flat = [round(100 * side) for x, y in line for side in (x + low, y)]
            if short:
                parts.append(struct.pack("<HHHH", 129, 1, turn, len(line)))
                parts.append(struct.pack(f"<{len(flat)}h", *flat))
            else:
                parts.append(struct.pack("<Hiii", 130, 1, turn, len(line)))
                parts.append(struct.pack(f"<{len(flat)}f", *flat))
        if layer:
            strokes = [round(100 * low), 100, 1000 + round(100 * low), 100]
            head = struct.pack("<HHH", 131, 1, 1) if short else struct.pack("<Hii", 132, 1, 1)
            parts.append(head + struct.pack("<4h" if short else "<4f", *strokes))
    return b"".join(parts)


def ilt() -> bytes:
    """Two sections, contours and strokes, and the settings written in Windows-1252."""
    settings = "".join(
        f"[modelsection_001_s1_{part}.cli]\r\nLaserSpeed = {speed} mm/s\r\nLaserPower = 100 watt\r\n"
        "PointDistance = 200 µm\r\n\r\n"
        for part, speed in (("vk", 500), ("vs", 825))
    )
    contours = [header("BINARY", "1", "0,0,0,10,20,0.1", 2)]
    strokes = [contours[0]]
    for layer in range(2):
        contours.append(struct.pack("<HfHii", 127, 0.1 * layer, 132, 1, len(SQUARE) - 1))
        contours += [struct.pack("<4f", *a, *b) for a, b in pairwise(SQUARE)]
        strokes.append(struct.pack("<HfHii4f", 127, 0.1 * layer, 132, 1, 1, 1, 1, 9, 1))
    return zipped({
        "modelsection_001_s1_vk.cli": b"".join(contours),
        "modelsection_001_s1_vs.cli": b"".join(strokes),
        "modelsection_param.txt": ("; Build Parameter File\r\n\r\n" + settings).encode("cp1252"),
    })  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def varint(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found, value = found + bytes([value & 0x7F | 0x80]), value >> 7
    return found + bytes([value])


def field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def ovf() -> bytes:
    """Two planes: a contour and two strokes with 200 W at 800 mm/s."""

    def floats(*numbers: float) -> bytes:
        return field(1, struct.pack(f"<{len(numbers)}f", *numbers))

    ring = (
        field(1, floats(*(side for point in SQUARE for side in point)))
        + field(50, 1)
        + field(101, field(1, 1))
    )
    strokes = field(2, floats(1, 1, 9, 1, 9, 2, 1, 2)) + field(50, 1)
    whole = bytearray(b"LVF!" + bytes(8))
    planes = []
    for height in (0.04, 0.08):
        planes.append(len(whole))
        whole += bytes(8)
        places = []
        for block in (ring, strokes):
            places.append(len(whole))
            whole += varint(len(block)) + block
        shell = len(whole)
        plane = b"\x25" + struct.pack("<f", height)
        whole += varint(len(plane)) + plane
        whole[planes[-1] : planes[-1] + 8] = struct.pack("<q", len(whole))
        table = field(1, shell) + field(2, b"".join(varint(place) for place in places))
        whole += varint(len(table)) + table
    shell = len(whole)
    beam = b"\x0d" + struct.pack("<f", 200) + b"\x15" + struct.pack("<f", 800)
    job = field(3, field(1, 1) + field(2, beam)) + field(6, 2)
    whole += varint(len(job)) + job
    whole[4:12] = struct.pack("<q", len(whole))
    table = field(1, shell) + field(2, b"".join(varint(place) for place in planes))
    return bytes(whole + varint(len(table)) + table)


TOOLPATH = "http://schemas.microsoft.com/3dmanufacturing/toolpath/2019/05"


def toolpath() -> bytes:
    """A package whose model names two layers of toolpaths."""
    loop = "".join(f'<point x="{100 * x:g}" y="{100 * y:g}"/>' for x, y in SQUARE[:-1])
    layer = (
        f'<?xml version="1.0" encoding="utf-8"?><layer xmlns="{TOOLPATH}"><profiles>'
        '<profile id="2" uuid="ab"/></profiles><segments>'
        f'<segment type="loop" profileid="2" partid="1">{loop}</segment>'
        '<segment type="hatch" profileid="2" partid="1"><hatch x1="100" y1="100" x2="900" y2="100"/></segment>'
        "</segments></layer>"
    ).encode()
    model = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<model xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02" '
        f'xmlns:t="{TOOLPATH}" unit="millimeter"><resources><t:toolpathresource id="1" unitfactor="0.01">'
        '<t:toolpathprofiles><t:toolpathprofile uuid="ab" name="skin" laserpower="180" laserspeed="900"/>'
        '</t:toolpathprofiles><t:toolpathlayers><t:toolpathlayer ztop="3" path="Toolpath/layer0.xml"/>'
        '<t:toolpathlayer ztop="6" path="Toolpath/layer1.xml"/></t:toolpathlayers></t:toolpathresource>'
        "</resources><build/></model>"
    ).encode()
    return zipped({"3D/3dmodel.model": model, "Toolpath/layer0.xml": layer, "Toolpath/layer1.xml": layer})


def package() -> bytes:
    """A plain 3MF with one box."""
    vertices = "".join(f'<vertex x="{x}" y="{y}" z="{z}"/>' for x, y, z in CORNERS)
    triangles = "".join(
        f'<triangle v1="{a}" v2="{b}" v3="{c}"/><triangle v1="{a}" v2="{c}" v3="{d}"/>'
        for a, b, c, d in QUADS
    )
    model = (
        '<?xml version="1.0" encoding="UTF-8"?><model unit="millimeter" xml:lang="en-US" '
        'xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02"><resources><object id="1" '
        f'type="model"><mesh><vertices>{vertices}</vertices><triangles>{triangles}</triangles></mesh></object>'
        '</resources><build><item objectid="1"/></build></model>'
    ).encode()
    types = (
        b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        b'relationships+xml"/><Default Extension="model" ContentType="application/vnd.ms-package.'
        b'3dmanufacturing-3dmodel+xml"/></Types>'
    )
    relations = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        b'2006/relationships"><Relationship Target="/3D/3dmodel.model" Id="rel0" Type="http://schemas.microsoft.'
        b'com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
    )
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations, "3D/3dmodel.model": model})


def solid(dialect: str = "plain") -> bytes:
    return samples.stl_text(SOUP, name=dialect)


# Every format by name; each is a box of 10 × 20 mm, in one way or another.
SEEDS: dict[str, bytes] = {
    "box.stl": samples.stl_bytes(SOUP),
    "box_text.stl": solid(),
    "box.obj": obj(),
    "box_text.ply": ply_ascii(),
    "box.ply": ply_binary(),
    "box_big.ply": ply_binary(">"),
    "strips.ply": ply_strips(),
    "box.off": off(),
    "cloud.xyz": cloud(),
    "box_text.cli": cli_ascii(),
    "box.cli": cli_binary(),
    "box_long.cli": cli_binary(short=False),
    "box.ilt": ilt(),
    "box.ovf": ovf(),
    "toolpath.3mf": toolpath(),
    "box.3mf": package(),
}
LAYERED = ("box_text.cli", "box.cli", "box_long.cli", "box.ilt", "box.ovf", "toolpath.3mf")
MESHES = tuple(name for name in SEEDS if name not in (*LAYERED, "cloud.xyz", "strips.ply"))


def as_float32(*numbers: float) -> bytes:
    return np.array(numbers, "<f4").tobytes()
