"""The archive of a dossier: a plain zip, written in one way only, so that a flip anywhere in it is seen.

Nothing is compressed: a bomb is then impossible, and the bytes of the archive follow from its content alone.
"""

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

CHUNK = 1 << 20
MOST_MEMBERS = 20_000
IN_MEMORY = 64 << 20
LOCAL_HEADER = 30

# What opening a damaged archive raises.
UNREADABLE = (
    zipfile.BadZipFile,
    ValueError,
    OverflowError,
    NotImplementedError,
    struct.error,
    OSError,
)

Content = bytes | Path | Iterable[bytes]


class NotAContainer(ValueError):
    """The file cannot be read as the archive of a dossier."""


@dataclass(frozen=True)
class Member:
    """Where one file lies, as it is, inside the archive."""

    name: str
    offset: int
    size: int


def write(target: IO[bytes], members: Iterable[tuple[str, Content]]) -> None:
    """Write the members in the order given, with no time, no compression, no comment."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, strict_timestamps=True) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            with archive.open(info, "w", force_zip64=_is_huge(content)) as member:
                for chunk in _chunks(content):
                    member.write(chunk)


def _is_huge(content: Content) -> bool:
    if isinstance(content, Path):
        return content.stat().st_size > zipfile.ZIP64_LIMIT
    return isinstance(content, bytes) and len(content) > zipfile.ZIP64_LIMIT


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    else:
        yield from content


def members(file: IO[bytes]) -> list[Member]:
    """The members as they lie, read without unpacking anything; refused if they overlap or are packed."""
    size = file.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except UNREADABLE as error:
        raise NotAContainer(f"unreadable archive: {error}") from error
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > size:
        raise NotAContainer("more content announced than the file can hold")
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in infos):
        raise NotAContainer("its files are compressed or encrypted: a dossier's are not")
    return [Member(info.filename, _start(file, info.header_offset), info.file_size) for info in infos]


def _start(file: IO[bytes], header: int) -> int:
    # Bytes lost on the way shift the whole table: a file then seems to begin before the archive does.
    if header < 0:
        raise NotAContainer("a file begins before the archive does")
    file.seek(header)
    local = file.read(LOCAL_HEADER)
    if len(local) < LOCAL_HEADER:
        raise NotAContainer("a file begins beyond the end of the archive")
    name, extra = struct.unpack("<HH", local[26:30])
    return header + LOCAL_HEADER + int(name) + int(extra)


def content(file: IO[bytes], member: Member) -> Iterator[bytes]:
    """The bytes of a member, in pieces."""
    file.seek(member.offset)
    left = member.size
    while left and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk


def is_as_written(file: IO[bytes], found: list[Member]) -> bool:
    """Whether writing the same content again gives the same archive, byte for byte."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as again:
        write(again, ((member.name, content(file, member)) for member in found))
        again.seek(0)
        file.seek(0)
        while True:
            here, there = file.read(CHUNK), again.read(CHUNK)
            if here != there:
                return False
            if not here:
                return True
