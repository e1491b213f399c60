"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

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
    (b"$$HEADERSTART", "cli"),
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
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "mp4"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if head.startswith(b"<?xml") or head.startswith(b"<amf"):
        return "xml"
    if len(data) > 80 and data[72:80] == b"S      1":
        return "iges"
    if head.startswith((b"v ", b"mtllib ", b"o ")) and b"\nv " in data[:65536]:
        return "obj"
    return "text" if is_text(data) else None


def is_text(data: bytes) -> bool:
    """No control byte in the opening: a text, whatever it says."""
    head = data[:4096]
    return bool(head) and not head.translate(None, bytes(range(32, 256)) + b"\t\r\n\f")
