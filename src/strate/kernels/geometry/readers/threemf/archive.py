"""Opens the ZIP of a 3MF file: every size, place and name is checked before a single byte is inflated."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from strate.kernels.geometry.refusal import FileRefused, Limits

MAX_ENTRIES = 50_000
MAX_RATIO = 200
SMALL_BYTES = 131_072
"""Below this size nothing can explode: ratios are not looked at."""
STORED, DEFLATED = 0, 8
_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_64, _WHERE_64 = b"PK\x06\x06", b"PK\x06\x07"
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_LOCAL_FIELDS = struct.Struct("<6xHH4xIIIHH")
_ENCRYPTED, _STREAMED, _STRONG, _MASKED = 0x1, 0x8, 0x40, 0x2000
_DESCRIPTOR = b"PK\x07\x08"
_BEHIND = ("<4sIII", "<4sIQQ", "<III", "<IQQ")
"""How the sizes of a streamed file may be written behind its bytes."""
_UNIX = (3, 19)
_KIND_OF_FILE, _PLAIN_KINDS = 0o170000, (0, 0o040000, 0o100000)


@dataclass(frozen=True)
class Entry:
    """One file of the archive, as its directory describes it."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int
    """Where its own header stands."""

    @property
    def is_folder(self) -> bool:
        return self.name.endswith((b"/", b"\\")) and self.size == 0


@dataclass(frozen=True)
class _Directory:
    count: int
    size: int
    at: int


def broken(code: str, **values: str | int) -> FileRefused:
    return FileRefused(code, **values)


def entries_of(data: bytes, limits: Limits) -> list[tuple[Entry, int]]:
    """Every entry and where its bytes begin; refused when the directory and the entries disagree."""
    if not data.startswith((_LOCAL, _END)):
        raise broken("3mf_zip_not")
    directory = _directory(data)
    if directory.count > MAX_ENTRIES:
        raise broken("3mf_zip_entries", entries=directory.count, limit=MAX_ENTRIES)
    if directory.at + directory.size > len(data) or directory.size < 46 * directory.count:
        raise broken("3mf_zip_cut")
    found = _central(data, directory)
    _check_sizes(found, len(data), limits)
    return _places(data, found, directory.at)


def _directory(data: bytes) -> _Directory:
    """The end of the archive: it must be the end of the file, and there must be one only."""
    at = data.rfind(_END, max(0, len(data) - 22 - _FULL_16))
    while at >= 0:
        if at + 22 <= len(data):
            (comment,) = struct.unpack_from("<H", data, at + 20)
            if at + 22 + comment == len(data):
                break
        at = data.rfind(_END, max(0, len(data) - 22 - _FULL_16), at + 3)
    if at < 0:
        raise broken("3mf_zip_cut")
    disk, start_disk, here, count, size, offset, _ = struct.unpack_from("<4xHHHHIIH", data, at)
    if disk not in (0, _FULL_16) or start_disk not in (0, _FULL_16) or here != count:
        raise broken("3mf_zip_several_disks")
    if _FULL_16 in (count, disk) or _FULL_32 in (size, offset):
        found = _directory_64(data, at)
        at = found[1]
        count, size, offset = found[0].count, found[0].size, found[0].at
    if offset + size > at:
        raise broken("3mf_zip_cut")
    _check_gap(data, offset + size, at)
    return _Directory(count, size, offset)


def _directory_64(data: bytes, end: int) -> tuple[_Directory, int]:
    where = end - 20
    if where < 0 or data[where : where + 4] != _WHERE_64:
        raise broken("3mf_zip_cut")
    disk, at, disks = struct.unpack_from("<4xIQI", data, where)
    if disk != 0 or disks > 1:
        raise broken("3mf_zip_several_disks")
    if at + 56 > where or data[at : at + 4] != _END_64:
        raise broken("3mf_zip_cut")
    here, count, size, offset = struct.unpack_from("<24xQQQQ", data, at)
    if here != count:
        raise broken("3mf_zip_several_disks")
    return _Directory(count, size, offset), at


def _central(data: bytes, directory: _Directory) -> list[Entry]:
    found, at, end = [], directory.at, directory.at + directory.size
    for _ in range(directory.count):
        if at + 46 > end or data[at : at + 4] != _CENTRAL:
            raise broken("3mf_zip_cut")
        (
            system,
            flags,
            method,
            crc,
            packed,
            size,
            name_length,
            extra_length,
            comment,
            disk,
            outside,
            offset,
        ) = struct.unpack_from("<5xB2xHH4xIIIHHHH2xII", data, at)
        name = data[at + 46 : at + 46 + name_length]
        extra = data[at + 46 + name_length : at + 46 + name_length + extra_length]
        at += 46 + name_length + extra_length + comment
        if at > end:
            raise broken("3mf_zip_cut")
        size, packed, offset = _extended(extra, (size, packed, offset))
        entry = Entry(name, flags, method, crc, packed, size, offset)
        _check_kind(entry, disk)
        if system in _UNIX and (outside >> 16) & _KIND_OF_FILE not in _PLAIN_KINDS:
            raise broken("3mf_zip_link", name=shown(name))
        found.append(entry)
    if at != end:
        raise broken("3mf_zip_cut")
    return found


def _extended(extra: bytes, values: tuple[int, ...]) -> tuple[int, ...]:
    """Sizes beyond 32 bits stand in an extra field, in this order, only those that need it."""
    if _FULL_32 not in values:
        return values
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and at + 4 + length <= len(extra):
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            try:
                return tuple(next(wide) if value == _FULL_32 else value for value in values)
            except (StopIteration, RuntimeError) as error:
                raise broken("3mf_zip_cut") from error
        at += 4 + length
    raise broken("3mf_zip_cut")


def _check_kind(entry: Entry, disk: int) -> None:
    name = shown(entry.name)
    if disk not in (0, _FULL_16):
        raise broken("3mf_zip_several_disks")
    if entry.flags & (_ENCRYPTED | _STRONG | _MASKED):
        raise broken("3mf_zip_encrypted", name=name)
    if entry.method not in (STORED, DEFLATED):
        raise broken("3mf_zip_method", name=name, method=entry.method)
    if entry.method == STORED and entry.packed != entry.size:
        raise broken("3mf_zip_lies", name=name)


def _check_sizes(found: list[Entry], file_size: int, limits: Limits) -> None:
    """Nothing may swell beyond measure, alone or together."""
    total = sum(entry.size for entry in found)
    for entry in found:
        if entry.size > SMALL_BYTES and entry.size > MAX_RATIO * max(entry.packed, 1):
            raise broken(
                "3mf_zip_bomb", name=shown(entry.name), size_bytes=entry.size, packed_bytes=entry.packed
            )
    if total > SMALL_BYTES and total > MAX_RATIO * file_size:
        raise broken("3mf_zip_bomb", name="ZIP", size_bytes=total, packed_bytes=file_size)
    if total > 2 * limits.max_bytes:
        raise broken("3mf_zip_too_big", size_bytes=total, limit_bytes=2 * limits.max_bytes)


def _places(data: bytes, found: list[Entry], end: int) -> list[tuple[Entry, int]]:
    """Where the bytes of each entry stand: its own header says the same, and no two share a byte."""
    placed = [(entry, *_place(data, entry, end)) for entry in found]
    reached = 0
    for entry, start, streamed in sorted(placed, key=lambda each: each[0].at):
        if entry.at < reached:
            raise broken("3mf_zip_overlap", name=shown(entry.name))
        _check_gap(data, reached, entry.at)
        reached = start + entry.packed
        if streamed:
            reached += _behind(data, entry, reached)
    _check_gap(data, reached, end)
    return [(entry, start) for entry, start, _ in placed]


def _check_gap(data: bytes, begin: int, end: int) -> None:
    """Between two files nothing hides that the table does not name: another program might read it."""
    if data[begin:end].strip(b"\0"):
        raise broken("3mf_zip_hidden", size_bytes=end - begin)


def _behind(data: bytes, entry: Entry, at: int) -> int:
    """How many bytes behind a streamed file say its sizes again; they must be those of the table."""
    for layout in _BEHIND:
        length = struct.calcsize(layout)
        if at + length <= len(data):
            said = struct.unpack_from(layout, data, at)
            if said[-3:] == (entry.crc, entry.packed, entry.size) and said[0] in (_DESCRIPTOR, entry.crc):
                return length
    if not entry.packed:
        return 0
    raise broken("3mf_zip_lies", name=shown(entry.name))


def _place(data: bytes, entry: Entry, end: int) -> tuple[int, bool]:
    """Where its bytes begin, and whether its sizes stand behind them only."""
    at = entry.at
    if at + 30 > end or data[at : at + 4] != _LOCAL:
        raise broken("3mf_zip_cut")
    flags, method, crc, packed, size, name_length, extra_length = _LOCAL_FIELDS.unpack_from(data, at)
    start: int = at + 30 + name_length + extra_length
    if start + entry.packed > end:
        raise broken("3mf_zip_cut")
    extra = data[at + 30 + name_length : start]
    said = (data[at + 30 : at + 30 + name_length], method, bool(flags & _ENCRYPTED))
    if said != (entry.name, entry.method, False):
        raise broken("3mf_zip_lies", name=shown(entry.name))
    if flags & _STREAMED and (crc, packed, size) == (0, 0, 0):
        return start, True
    size, packed = _extended(extra, (size, packed))
    if flags & _STREAMED and not (size or packed):
        return start, True
    if (crc, packed, size) != (entry.crc, entry.packed, entry.size):
        raise broken("3mf_zip_lies", name=shown(entry.name))
    return start, bool(flags & _STREAMED)


def shown(name: bytes) -> str:
    """A name for a sentence: short, and without anything that could disturb a screen."""
    text = name.decode("utf-8", "replace")[:80]
    return "".join(c if c.isprintable() else "�" for c in text)


def inflate(data: bytes, entry: Entry, start: int) -> bytes:
    """The bytes of an entry: exactly as many as announced, and with the announced checksum."""
    packed = memoryview(data)[start : start + entry.packed]
    content = bytes(packed) if entry.method == STORED else _inflated(packed, entry)
    if zlib.crc32(content) != entry.crc:
        raise broken("3mf_zip_crc", name=shown(entry.name))
    return content


def opening(data: bytes, entry: Entry, start: int, most: int) -> bytes:
    """The first bytes of an entry, as far as they can be had: to tell what it is, not to be believed."""
    packed = memoryview(data)[start : start + entry.packed]
    if entry.method == STORED:
        return bytes(packed[:most])
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed[:most], most)
    except zlib.error:
        return b""


def _inflated(packed: memoryview, entry: Entry) -> bytes:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = machine.decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise broken("3mf_zip_damaged", name=shown(entry.name)) from error
    if len(content) != entry.size or not machine.eof or machine.unused_data:
        raise broken("3mf_zip_lies", name=shown(entry.name))
    return content
