"""Tells what a ZIP archive is by the names in its table, and opens its files within bounds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from strate.kernels.geometry.readers.threemf.archive import Entry, entries_of, inflate, shown
from strate.kernels.geometry.refusal import FileRefused, Limits

_UTF_8 = 0x800


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


@dataclass(frozen=True)
class Packed:
    """One file of an archive, not yet unpacked."""

    archive: bytes
    entry: Entry
    at: int

    def read(self) -> bytes:
        return inflate(self.archive, self.entry, self.at)


def opened(data: bytes, limits: Limits) -> dict[str, Packed]:
    """The files of an archive by their names; each is unpacked when it is read, and forgotten then."""
    found: dict[str, Packed] = {}
    seen: set[str] = set()
    for entry, at in entries_of(data, limits):
        name = entry.name.decode("utf-8" if entry.flags & _UTF_8 else "cp437", "replace")
        if entry.is_folder:
            continue
        if _leads_away(name):
            raise FileRefused("archive_name_elsewhere", name=shown(entry.name))
        if name.lower() in seen:
            raise FileRefused("archive_name_twice", name=shown(entry.name))
        seen.add(name.lower())
        found[name] = Packed(data, entry, at)
    return found


def _leads_away(name: str) -> bool:
    """A name that could mean a place outside the archive; none is ever followed, but none is honest."""
    pieces = name.replace("\\", "/").split("/")
    return not name.isprintable() or ":" in name or not pieces[0] or ".." in pieces
