"""Archives that hide a second part, lead astray or never end: refused by name, before they cost anything."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from strate.kernels.geometry.readers.threemf import document, package, read_3mf
from strate.kernels.geometry.readers.threemf.archive import Entry
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from tests.kernels.geometry.threemf.making import (
    CORNERS,
    MODEL,
    MODEL_RELS,
    PNG,
    RELS,
    THUMBNAIL,
    TYPES,
    components,
    cube,
    mesh,
    model,
    pack,
    parts,
    relation,
    relations,
    threemf,
    types,
    vertices,
)
from tests.kernels.geometry.threemf.test_hostile_archive import CENTRAL, END, LOCAL, Stream

DESCRIPTOR = b"PK\x07\x08"


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_3mf(data)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value.code


def of_kind(name: str, kind: int) -> bytes:
    """A sound archive in which one entry is said to be a link, a pipe or a device."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w") as archive:
        for each, content in (parts() | {"3D/extra.txt": "/etc/passwd"}).items():
            entry = zipfile.ZipInfo(each)
            entry.create_system, entry.external_attr = 3, (kind if each == name else 0o100644) << 16
            archive.writestr(entry, content)
    return room.getvalue()


def with_between(hidden: bytes) -> bytes:
    """Bytes between the last file and the table, which still says where it begins itself."""
    data = pack(parts())
    table, end = data.index(CENTRAL), data.index(END)
    where = struct.unpack_from("<I", data, end + 16)[0] + len(hidden)
    return (
        data[:table]
        + hidden
        + data[table:end]
        + data[end : end + 16]
        + struct.pack("<I", where)
        + data[end + 20 :]
    )


def other_model() -> bytes:
    data = pack({MODEL: model(cube(inside=mesh([(2 * x, y, z) for x, y, z in CORNERS])))})
    return data[: data.index(CENTRAL)]


def streamed() -> bytes:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return stream.data


def behind(offset: int, value: bytes) -> bytes:
    data = streamed()
    at = data.index(DESCRIPTOR) + offset
    return data[:at] + value + data[at + len(value) :]


HIDDEN = {
    "a link": (of_kind("3D/extra.txt", 0o120777), "3mf_zip_link"),
    "the model is a link": (of_kind(MODEL, 0o120777), "3mf_zip_link"),
    "a pipe": (of_kind("3D/extra.txt", 0o010644), "3mf_zip_link"),
    "a device": (of_kind("3D/extra.txt", 0o060644), "3mf_zip_link"),
    "a second model that the table does not name": (with_between(other_model()), "3mf_zip_hidden"),
    "words between the files": (with_between(b"words"), "3mf_zip_hidden"),
    "another checksum behind a file": (behind(4, b"1234"), "3mf_zip_lies"),
    "another size behind a file": (behind(12, b"\1\0\0\0"), "3mf_zip_lies"),
    "a file used as a folder": (pack(parts() | {f"{MODEL}/x": "x"}), "3mf_part_name"),
    "a name that ends with a point": (pack(parts() | {f"{MODEL}.": "x"}), "3mf_part_name"),
    "a name that ends with a blank": (pack(parts() | {f"{MODEL} ": "x"}), "3mf_part_name"),
    "a name without end": (pack(parts() | {"d/" * 2000 + "x": "x"}), "3mf_part_name"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_an_archive_that_hides_something_is_refused_by_name(name: str) -> None:
    data, code = HIDDEN[name]
    assert refusal(data) == code


def test_zeros_between_the_files_hide_nothing() -> None:
    assert len(read_3mf(with_between(bytes(64))).mesh.faces) == 12
    assert LOCAL in with_between(other_model()) and len(read_3mf(streamed()).mesh.faces) == 12


XI = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
START = relation(0, "/" + MODEL)
ASTRAY: dict[str, tuple[bytes, str]] = {
    "another file is called for": (threemf(model(cube() + XI)), "3mf_external"),
    "and behind the build": (threemf(model(after=XI)), "3mf_external"),
    "one part for some, one for others": (
        threemf(model(cube() + f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice/></mc:AlternateContent>')),
        "3mf_extension",
    ),
    "must be understood": (
        threemf(model(attributes=f'xmlns:mc="{MC}" mc:MustUnderstand="v"', prefixes="v")),
        "3mf_extension",
    ),
    "relationships in relationships": (
        threemf(more={RELS: relations(f"<Relationships>{START}</Relationships>")}),
        "3mf_relation",
    ),
    "a relationship in a relationship": (
        threemf(more={RELS: relations(START.replace("/>", f">{relation(1, '/' + TYPES, 'x:y')}</Relationship>"))}),
        "3mf_relation",
    ),
    "a type in a type": (
        threemf(more={TYPES: types('<Default Extension="a" ContentType="a/b"><Default Extension="q" '
                                   'ContentType="a/b"/></Default>')}),
        "3mf_content_types",
    ),
    "climbing by steps": (threemf(more={RELS: relations(relation(0, "../../" + MODEL))}), "3mf_part_name"),
    "a model that is related and not used": (
        threemf(more={MODEL_RELS: relations(relation(1, "/3D/o.model")), "3D/o.model": "<!DOCTYPE a><a/>"}),
        "3mf_dtd",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ASTRAY)
def test_a_text_that_leads_astray_is_refused_by_name(name: str) -> None:
    data, code = ASTRAY[name]
    assert refusal(data) == code


def many_models(count: int) -> bytes:
    files = {f"3D/p{n}.model": model() for n in range(count)}
    leads = relations(*(relation(n, "/" + name) for n, name in enumerate(files)))
    items = "".join(f'<item objectid="1" p:path="/{name}"/>' for name in files)
    return pack(parts(model("", items, prefixes="p")) | files | {MODEL_RELS: leads})


def test_a_file_made_of_more_parts_than_any_plate_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert document.MAX_PARTS == 2_000
    monkeypatch.setattr(document, "MAX_PARTS", 20)
    assert refusal(many_models(21)) == "3mf_too_many_parts" and read_3mf(many_models(18))
    rels = {f"a/p{n}": "x" for n in range(21)} | {f"a/_rels/p{n}.rels": relations() for n in range(21)}
    assert refusal(pack(parts() | rels)) == "3mf_too_many_parts"


def test_a_long_chain_built_many_times_is_counted_before_it_is_walked() -> None:
    chain = [cube()]
    chain += [cube(n, inside=components(f'<component objectid="{n - 1}"/>')) for n in range(2, 1001)]
    items = "".join(f'<item objectid="1000" partnumber="{7919 * n % 10007}"/>' for n in range(300))
    assert refusal(threemf(model("".join(chain), items))) == "3mf_too_many_placed"


def test_one_picture_shown_by_many_parts_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    thumb, looked, plain = relations(relation(1, "/t.png", THUMBNAIL)), [], package.inflate

    def inflate(data: bytes, entry: Entry, start: int) -> bytes:
        looked.append(entry.name)
        return plain(data, entry, start)

    monkeypatch.setattr(package, "inflate", inflate)
    files = (
        {"t.png": PNG} | {f"a/p{n}": "x" for n in range(9)} | {f"a/_rels/p{n}.rels": thumb for n in range(9)}
    )
    assert len(read_3mf(pack(parts() | files)).mesh.faces) == 12
    assert looked.count(b"t.png") == 1


def test_a_list_of_types_as_large_as_a_part_is_refused() -> None:
    assert (
        refusal(pack(parts() | {TYPES: types() + " " * 17_000_000}, zipfile.ZIP_STORED)) == "3mf_xml_too_big"
    )


def test_balls_at_the_ends_of_beams_are_announced() -> None:
    for mode, count in (("none", None), ("mixed", 1), ("all", 2)):
        beams = (
            f'<b:beamlattice minlength="0.1" radius="1" b2:ballmode="{mode}" b2:ballradius="3"><b:beams>'
            '<b:beam v1="0" v2="7"/></b:beams><b2:balls><b2:ball vindex="7"/></b2:balls></b:beamlattice>'
        )
        whole = cube(inside=f"<mesh>{vertices()}<triangles/>{beams}</mesh>")
        found = read_3mf(
            threemf(model(whole, attributes='requiredextensions="b b2"', prefixes="b b2"))
        ).findings
        told = [f.values["count"] for f in found if f.code == "3mf_balls_not_drawn"]
        assert told == ([] if count is None else [count])


def test_corners_that_no_triangle_uses_are_no_part_of_the_part() -> None:
    reading = read_3mf(threemf(model(cube(inside=mesh([*CORNERS, (0, 0, 900)])))))
    assert reading.mesh.high.tolist() == [10, 10, 10] and len(reading.mesh.vertices) == 8
