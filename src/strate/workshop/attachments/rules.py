"""The laws of files: what a file is, judged by what it holds and never by its name."""

from dataclasses import dataclass

HEAD_BYTES = 4096
LARGEST_MB = 512
LARGEST_PICTURE_PX = 2560
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
)
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp"})


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the data folder, before any fact speaks of it."""

    digest: str
    size: int
    media_type: str
    name: str = ""
    width: int | None = None
    height: int | None = None
    original_digest: str = ""

    @property
    def ref(self) -> str:
        return f"file:{self.digest}"

    @property
    def kind(self) -> str:
        return kind_of(self.media_type)


def media_type(head: bytes, size: int) -> str:
    """What the first bytes say it is."""
    for offset, mark, found in _MAGIC:
        if head[offset : offset + len(mark)] == mark:
            return _inside_zip(head) if found == "application/zip" else found
    # Binary STL: 80 free bytes, a count of triangles, and exactly 50 bytes for each.
    if len(head) >= 84 and size == 84 + 50 * int.from_bytes(head[80:84], "little"):
        return "model/stl"
    if head.lstrip()[:6].lower().startswith(b"solid "):
        return "model/stl"
    return "text/plain" if _is_text(head) else "application/octet-stream"


def _inside_zip(head: bytes) -> str:
    if b"3D/3dmodel.model" in head or b"3D/" in head[:200]:
        return "model/3mf"
    if b"xl/" in head:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The head may end in the middle of a letter.
        return error.start >= len(head) - 3 and len(head) == HEAD_BYTES
    return True


def kind_of(media_type: str) -> str:
    """Picture, document, film, model or file: how it is shown."""
    if media_type in PICTURES:
        return "picture"
    if media_type == "application/pdf":
        return "document"
    family = media_type.partition("/")[0]
    return {"video": "film", "model": "model"}.get(family, "file")


def is_digest(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)
