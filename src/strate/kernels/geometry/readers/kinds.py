"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import re

BOM = b"\xef\xbb\xbf"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"ISO-10303-21", "step"),
    (b"ply\n", "ply"),
    (b"ply\r", "ply"),
    (b"LVF!", "ovf"),
    (b"EOS 1993 SLI FILE", "sli"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"#!", "program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\xff\xfe", "utf16"),
    (b"\xfe\xff", "utf16"),
    (b"BM", "bmp"),
)


def kind_of(data: bytes) -> str | None:
    """The kind of a file that is not an STL, or None when its first bytes tell nothing."""
    data = data[len(BOM) :] if data.startswith(BOM) else data
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "mp4"
    return _text_kind(data)


_HEAD = 4096
_BLANK = b" \t\r\n"
_POINT = re.compile(rb"(?m)^[ \t]*v[ \t]+[-+.\d]")
_OBJ_WORD = re.compile(rb"(?:mtllib|usemtl|vn|vt|v|o|g|s|f)[ \t]")


def _text_kind(data: bytes) -> str | None:
    """What a text is, told by its first words; comments before them tell nothing."""
    head = data[:_HEAD].lstrip(_BLANK).lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith((b"<?xml", b"<amf")):
        return "amf" if b"<amf" in head else "xml"
    if len(data) > 80 and data[72:80] == b"S      1":
        return "iges"
    # A CLI may open with a comment between two strokes.
    if re.match(rb"(?://[^/]*//\s*)*\$\$headerstart", head):
        return "cli"
    if is_off(data):
        return "off"
    first = re.sub(rb"^(?:#[^\r\n]*|\s+)+", b"", data[:65536])
    if _OBJ_WORD.match(first) and _POINT.search(data, 0, 262_144):
        return "obj"
    if is_points(data):
        return "points"
    return "text" if is_text(data) else None


_OFF = re.compile(rb"(?:ST)?C?N?4?OFF(?:\s|\d|$)")


def is_off(data: bytes) -> bool:
    """OFF, COFF, NOFF…, whatever blanks and comments come before."""
    return bool(_OFF.match(re.sub(rb"^(?:\s+|#[^\r\n]*)+", b"", data[:_HEAD])))


_NUMBER = rb"[+-]?(?:\d+[.]?\d*|[.]\d+)(?:[eE][+-]?\d+)?"
_ROW = re.compile(rb"[ \t]*" + _NUMBER + rb"(?:[ \t;,]+" + _NUMBER + rb"){2,11}[ \t]*")


def is_points(data: bytes) -> bool:
    """Do the first lines that say anything hold at least three numbers each, all as many?"""
    head = data[:_HEAD]
    lines = [line for line in re.split(rb"\r\n|\r|\n", head) if line.strip() and line[:1] not in b"#/"]
    whole = lines[:-1] if len(data) > len(head) else lines
    widths = {len(re.split(rb"[ \t;,]+", line.strip())) for line in whole[:20]}
    return bool(whole) and len(widths) == 1 and all(_ROW.fullmatch(line) for line in whole[:20])


def is_text(data: bytes) -> bool:
    """No control byte in the opening: a text, whatever it says."""
    head = data[:4096]
    return bool(head) and not head.translate(None, bytes(range(32, 256)) + b"\t\r\n\f")
