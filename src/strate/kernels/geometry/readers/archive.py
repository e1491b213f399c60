"""Tells what a ZIP archive is by the names in its table, and opens its files within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib

from strate.kernels.geometry.refusal import FileRefused, Limits

MOST_ENTRIES = 50_000
_RATIO = 200
_ROOM = 10_000_000


def kind_of_zip(data: bytes) -> str:
    """3mf, ilt, amf, or any other zip; a broken table tells nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # The reader of 3MF says exactly what is broken.
        return "3mf" if b"3dmodel.model" in data.lower() else "zip"
    if any(name.endswith(".model") for name in names):
        return "3mf"
    if any(name.rpartition("/")[2] == "modelsection_param.txt" for name in names):
        return "ilt"
    if names and all(name.endswith((".cli", ".txt", "/")) for name in names):
        return "ilt" if any(name.endswith(".cli") for name in names) else "zip"
    if len(names) == 1 and names[0].endswith((".amf", ".xml")):
        return "amf"
    return "3mf" if "[content_types].xml" in names and not _office(names) else "zip"


def _office(names: list[str]) -> bool:
    return any(name.startswith(("word/", "xl/", "ppt/", "visio/")) for name in names)


def opened(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The files of an archive by their names, never more than it is allowed to swell to."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _all_of(archive, len(data), limits)
    except FileRefused:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise FileRefused("archive_broken", reason=str(error)[:120] or type(error).__name__) from error


def _leads_away(name: str) -> bool:
    """A name that could mean a place outside the archive; none is ever followed, but none is honest."""
    pieces = name.replace("\\", "/").split("/")
    return not name.isprintable() or ":" in name or not pieces[0] or ".." in pieces


def _all_of(archive: zipfile.ZipFile, packed: int, limits: Limits) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("archive_too_many_files", files=len(entries), limit=MOST_ENTRIES)
    room = min(limits.max_bytes, _RATIO * packed + _ROOM)
    if sum(entry.file_size for entry in entries) > room:
        raise FileRefused("archive_swells", limit_bytes=room)
    seen: set[str] = set()
    files: dict[str, bytes] = {}
    for entry in entries:
        if _leads_away(entry.filename):
            raise FileRefused("archive_name_elsewhere", name=entry.filename[:120])
        if entry.filename.lower() in seen:
            raise FileRefused("archive_name_twice", name=entry.filename[:120])
        if entry.flag_bits & 1:
            raise FileRefused("archive_locked", name=entry.filename[:120])
        seen.add(entry.filename.lower())
        with archive.open(entry) as file:
            files[entry.filename] = file.read(entry.file_size + 1)
        if len(files[entry.filename]) != entry.file_size:
            raise FileRefused("archive_broken", reason=entry.filename[:120])
    return files
