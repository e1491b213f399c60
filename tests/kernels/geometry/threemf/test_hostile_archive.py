"""Archives that lie, swell, hide or lead astray: each is refused by its name, before it can hurt."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from strate.kernels.geometry.readers.threemf import read_3mf
from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from tests.kernels.geometry.threemf.making import (
    MODEL,
    MODEL_RELS,
    MODEL_TYPE,
    PNG,
    RELS,
    TEXTURE,
    THUMBNAIL,
    TICKET,
    TYPES,
    XML,
    model,
    pack,
    parts,
    relation,
    relations,
    threemf,
    types,
)


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        read_3mf(data)
    assert say_refusal(caught.value, "fr") and say_refusal(caught.value, "en")
    return caught.value.code


def patched(data: bytes, signature: bytes, offset: int, value: bytes, which: int = 0) -> bytes:
    """The archive with some bytes of one of its headers replaced."""
    at = -1
    for _ in range(which + 1):
        at = data.index(signature, at + 1)
    return data[: at + offset] + value + data[at + offset + len(value) :]


CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
SOUND = threemf()


def beside(second: str) -> bytes:
    return pack(parts() | {second: ""})


def bomb() -> bytes:
    return threemf(more={"3D/blanks.txt": b" " * 30_000_000})


def overlapping() -> bytes:
    """Two entries of the table that lead to one and the same file."""
    data = pack(parts() | {"3D/3dmodeX.model": model()})
    at = data.index(b"3D/3dmodeX.model", data.index(CENTRAL)) - 46
    first = data.index(b"3D/3dmodel.model", data.index(CENTRAL)) - 46
    offset = data[first + 42 : first + 46]
    return data[: at + 42] + offset + data[at + 46 :]


ARCHIVES = {
    "empty": (b"", "empty_file"),
    "text": (b"solid cube", "3mf_zip_not"),
    "only a signature": (b"PK\x03\x04", "3mf_zip_cut"),
    "nothing inside": (END + bytes(18), "3mf_no_content_types"),
    "cut in the middle": (SOUND[: len(SOUND) // 2], "3mf_zip_cut"),
    "something behind": (SOUND + b"more", "3mf_zip_cut"),
    "several disks": (patched(SOUND, END, 4, b"\1\0"), "3mf_zip_several_disks"),
    "table counts too many": (patched(SOUND, END, 8, b"\x09\0\x09\0"), "3mf_zip_cut"),
    "table announced behind the end": (patched(SOUND, END, 16, b"\xff\xff\xff\x7f"), "3mf_zip_cut"),
    "encrypted": (patched(SOUND, CENTRAL, 8, b"\x01"), "3mf_zip_encrypted"),
    "strongly encrypted": (patched(SOUND, CENTRAL, 8, b"\x41"), "3mf_zip_encrypted"),
    "unknown method": (patched(SOUND, CENTRAL, 10, b"\x0e"), "3mf_zip_method"),
    "header says another method": (patched(SOUND, LOCAL, 8, b"\0"), "3mf_zip_lies"),
    "header says another name": (patched(SOUND, LOCAL, 31, b"X"), "3mf_zip_lies"),
    "header says another size": (patched(SOUND, LOCAL, 22, b"\x01"), "3mf_zip_lies"),
    "wrong checksum": (
        patched(patched(SOUND, CENTRAL, 16, b"1234"), LOCAL, 14, b"1234"),
        "3mf_zip_crc",
    ),
    "larger than announced": (
        patched(patched(SOUND, CENTRAL, 24, b"\x10\0\0\0"), LOCAL, 22, b"\x10\0\0\0"),
        "3mf_zip_lies",
    ),
    "garbage inside": (patched(SOUND, LOCAL, 30 + len(TYPES) + 2, bytes(20)), "3mf_zip_damaged"),
    "overlap": (overlapping(), "3mf_zip_lies"),
    "thousandfold": (bomb(), "3mf_zip_bomb"),
    "same name twice": (beside("3D/3DMODEL.model"), "3mf_duplicate_part"),
    "same name once escaped": (beside("3D/3dmodel%2Emodel"), "3mf_duplicate_part"),
}

NAMES = [
    "../../etc/passwd", "/etc/passwd", "..\\evil.txt", "3D/../../evil", "C:/evil", "a//b", "3D/./x", "3D/...",
    "3D/%2e%2e/x", "3D/%5cevil", "3D/a\x01b",
]  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_lies_is_refused_by_name(name: str) -> None:
    data, code = ARCHIVES[name]
    assert refusal(data) == code


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert refusal(pack(parts() | {name: "x"})) == "3mf_part_name"


def quoted_overlap() -> bytes:
    """The «better zip bomb»: many entries share one compressed kernel by standing inside each other."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(50_000)) + kernel.flush()
    crc, names, out, table = zlib.crc32(bytes(50_000)), [b"a", b"b"], b"", b""
    for name in names:
        out += struct.pack("<4s5H3I2H", LOCAL, 20, 0, 8, 0, 0, crc, len(packed), 50_000, 1, 0) + name
    out += packed
    for number, name in enumerate(names):
        table += struct.pack(
            "<4s6H3I5H2I", CENTRAL, 20, 20, 0, 8, 0, 0, crc, len(packed), 50_000, 1, 0, 0, 0, 0, 0, 31 * number
        ) + name  # fmt: skip
    return out + table + struct.pack("<4s4H2IH", END, 0, 0, 2, 2, len(table), len(out), 0)


def test_files_that_share_their_bytes_are_refused() -> None:
    assert refusal(quoted_overlap()) == "3mf_zip_overlap"


def test_more_files_than_any_part_needs_are_refused() -> None:
    many = END + struct.pack("<4H2IH", 0, 0, 60_000, 60_000, 0, 0, 0)
    assert refusal(many) == "3mf_zip_entries"


def test_sizes_beyond_32_bits_are_read() -> None:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(content.encode() if isinstance(content, str) else content)
    assert len(read_3mf(room.getvalue()).mesh.faces) == 12


class Stream(io.RawIOBase):
    """A file that cannot be wound back: the writer must put the sizes behind the bytes."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)
        return len(data)


def test_a_streamed_archive_is_read() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    assert len(read_3mf(stream.data).mesh.faces) == 12


START_RELATION = relation(0, "/" + MODEL)
PACKAGES: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "no types": ({TYPES: None}, "3mf_no_content_types"),
    "no relationships": ({RELS: None}, "3mf_no_relations"),
    "no model": ({RELS: relations()}, "3mf_no_model"),
    "model missing": ({MODEL: None}, "3mf_part_missing"),
    "two models": (
        {RELS: relations(START_RELATION, relation(1, "/3D/b.model")), "3D/b.model": model()},
        "3mf_several_models",
    ),
    "one model twice": ({RELS: relations(START_RELATION, relation(1, "/" + MODEL))}, "3mf_relation_twice"),
    "one id twice": (
        {RELS: relations(START_RELATION, relation(0, "/t.png", THUMBNAIL)), "t.png": PNG},
        "3mf_relation_twice",
    ),
    "id missing": ({RELS: relations(START_RELATION.replace(' Id="rel0"', ""))}, "3mf_relation"),
    "id is a number": ({RELS: relations(START_RELATION.replace("rel0", "0"))}, "3mf_relation"),
    "type missing": ({RELS: relations(f'<Relationship Id="a" Target="/{MODEL}"/>')}, "3mf_relation"),
    "unknown mode": ({RELS: relations(relation(0, "/" + MODEL, more=' TargetMode="Odd"'))}, "3mf_relation"),
    "external model": (
        {RELS: relations(relation(0, "http://example.org/3dmodel.model", more=' TargetMode="External"'))},
        "3mf_external",
    ),
    "file outside": (
        {RELS: relations(START_RELATION, relation(1, "file:///etc/passwd", "x:y"))},
        "3mf_external",
    ),
    "climbing": ({RELS: relations(relation(0, "/../../3dmodel.model"))}, "3mf_part_name"),
    "thumbnail missing": (
        {RELS: relations(START_RELATION, relation(1, "/t.png", THUMBNAIL))},
        "3mf_part_missing",
    ),
    "thumbnail is a text": (
        {RELS: relations(START_RELATION, relation(1, "/t.png", THUMBNAIL)), "t.png": b"hello"},
        "3mf_picture",
    ),
    "thumbnail in inks": (
        {
            RELS: relations(START_RELATION, relation(1, "/t.jpg", THUMBNAIL)),
            TYPES: types('<Default Extension="jpg" ContentType="image/jpeg"/>'),
            "t.jpg": b"\xff\xd8\xff\xe0\0\4JF\xff\xc0\0\x14\x08\0\1\0\1\4" + bytes(20),
        },
        "3mf_picture",
    ),
    "two print tickets": (
        {
            MODEL_RELS: relations(relation(1, "/a.xml", TICKET), relation(2, "/b.xml", TICKET)),
            "a.xml": "<a/>",
            "b.xml": "<a/>",
        },
        "3mf_several_tickets",
    ),
    "relationships of nobody": ({"3D/_rels/other.model.rels": relations()}, "3mf_orphan_relations"),
    "foreign word in relationships": (
        {RELS: relations(START_RELATION, "<Other/>")},
        "3mf_relation",
    ),
    "text in relationships": ({RELS: relations(START_RELATION, "text")}, "3mf_stray_text"),
    "model called a text": ({TYPES: types(model_type="text/plain")}, "3mf_content_type"),
    "relationships called a text": ({TYPES: types(rels="text/plain")}, "3mf_content_type"),
    "extension twice": (
        {TYPES: types('<Default Extension="MODEL" ContentType="text/plain"/>')},
        "3mf_content_types",
    ),
    "extension empty": ({TYPES: types('<Default Extension="" ContentType="a/b"/>')}, "3mf_content_types"),
    "override without name": ({TYPES: types('<Override ContentType="a/b"/>')}, "3mf_content_types"),
    "override to a text": (
        {TYPES: types(f'<Override PartName="/{MODEL}" ContentType="text/plain"/>')},
        "3mf_content_type",
    ),
    "types of another world": ({TYPES: XML + "<Types/>"}, "3mf_content_types"),
    "types with a DTD": ({TYPES: types().replace("?>\n", "?><!DOCTYPE Types []>")}, "3mf_dtd"),
    "relationships in UTF-16": ({RELS: relations(START_RELATION).encode("utf-16")}, "3mf_not_utf8"),
    "keystore": (
        {
            RELS: relations(
                START_RELATION,
                relation(1, "/k.xml", "http://schemas.microsoft.com/3dmanufacturing/2019/04/keystore"),
            ),
            "k.xml": "<k/>",
        },
        "3mf_encrypted",
    ),
    "in pieces": ({"3D/big.model/[0].piece": "x"}, "3mf_interleaved"),
    "texture that is no picture": (
        {MODEL_RELS: relations(relation(1, "/t.png", TEXTURE)), "t.png": b"GIF89a"},
        "3mf_picture",
    ),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_breaks_a_rule_is_refused_by_name(name: str) -> None:
    more, code = PACKAGES[name]
    assert refusal(threemf(more=more)) == code


LEGAL: dict[str, dict[str, str | bytes | None]] = {
    "folders": {"3D/": "", "_rels/": ""},
    "model announced by its name": {
        TYPES: types(f'<Override PartName="/{MODEL}" ContentType="{MODEL_TYPE}"/>', model_type="text/plain")
    },
    "relationship from the root without slash": {RELS: relations(relation(0, MODEL))},
    "another capital": {RELS: relations(relation(0, "/3d/3DModel.model"))},
    "thumbnail": {RELS: relations(START_RELATION, relation(1, "/t.png", THUMBNAIL)), "t.png": PNG},
    "one print ticket": {MODEL_RELS: relations(relation(1, "/a.xml", TICKET)), "a.xml": "<a/>",
                         TYPES: types('<Default Extension="xml" ContentType="application/xml"/>')},
    "something of a vendor": {
        RELS: relations(START_RELATION, relation(1, "/v.bin", "http://example.org/vendor")),
        "v.bin": b"?",
        TYPES: types('<Default Extension="bin" ContentType="application/octet-stream"/>'),
    },
    "left by another system": {"__MACOSX/._3dmodel.model": "x", ".DS_Store": "x"},
    "a name in another script": {"3D/Größe 中.txt": "x"},
}  # fmt: skip


@pytest.mark.parametrize("name", LEGAL)
def test_a_legal_package_is_never_refused(name: str) -> None:
    assert len(read_3mf(threemf(more=LEGAL[name])).mesh.faces) == 12
