"""A disk whose current can be cut: what was not synced is kept or lost sector by sector, by the dice (an apsw VFS).

The files live in memory. `durable` is what the platter holds; `pending` are the writes since the last sync.
"""

import random
from collections.abc import Callable

import apsw

SECTOR = 512


class PowerCut(Exception):
    """The current is off: nothing more reaches the disk."""


class Disk:
    """The files of one machine, and the dice that decide what a cut leaves of them."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.durable: dict[str, bytearray] = {}
        self.seen: dict[str, bytearray] = {}
        self.pending: dict[str, list[Callable[[bytearray], None]]] = {}
        self.countdown = -1

    def step(self) -> None:
        """One operation of the disk; at the chosen one the current is cut."""
        if self.countdown == 0:
            raise PowerCut
        if self.countdown > 0:
            self.countdown -= 1

    def create(self, name: str) -> None:
        if name not in self.seen:
            self.seen[name] = bytearray()
            self.durable.setdefault(name, bytearray())
            self.pending[name] = []

    def write(self, name: str, data: bytes, offset: int) -> None:
        """Seen at once by whoever reads; each sector reaches the platter or not, until the next sync."""
        self.step()
        _put(self.seen[name], data, offset)
        for start in range(0, len(data), SECTOR):
            piece, at = bytes(data[start : start + SECTOR]), offset + start
            self.pending[name].append(lambda file, piece=piece, at=at: _put(file, piece, at))

    def truncate(self, name: str, size: int) -> None:
        self.step()
        _cut(self.seen[name], size)
        self.pending[name].append(lambda file: _cut(file, size))

    def sync(self, name: str) -> None:
        self.step()
        self.durable[name][:] = self.seen[name]
        self.pending[name] = []

    def delete(self, name: str) -> None:
        self.step()
        for files in (self.seen, self.durable, self.pending):
            files.pop(name, None)

    def come_back(self) -> None:
        """The current is back: what was not synced is there or not, by the dice, sector by sector."""
        for name, writes in self.pending.items():
            for write in writes:
                if self.dice.random() < 0.5:
                    write(self.durable[name])
        self.seen = {name: bytearray(content) for name, content in self.durable.items()}
        self.pending = {name: [] for name in self.durable}
        self.countdown = -1


def _put(file: bytearray, data: bytes, offset: int) -> None:
    if len(file) < offset + len(data):
        file.extend(bytes(offset + len(data) - len(file)))
    file[offset : offset + len(data)] = data


def _cut(file: bytearray, size: int) -> None:
    del file[size:]
    file.extend(bytes(size - len(file)))


class Files(apsw.VFS):
    """The disk as SQLite sees it; one connection at a time, locking in its own memory."""

    def __init__(self, name: str) -> None:
        self.disk: Disk | None = None
        super().__init__(name, base="", maxpathname=1024)

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "File":
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"temporary-{id(flags)}"
        assert self.disk is not None
        self.disk.create(path)
        flags[1] = flags[0]
        return File(self.disk, path)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        assert self.disk is not None
        self.disk.delete(filename)

    def xAccess(self, pathname: str, flags: int) -> bool:
        assert self.disk is not None
        return pathname in self.disk.seen

    def xFullPathname(self, name: str) -> str:
        return name


class File:
    """One open file; reads past the end are zeros, as SQLite wants."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.name = disk, name

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.disk.seen[self.name][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.write(self.name, data, offset)

    def xTruncate(self, newsize: int) -> None:
        self.disk.truncate(self.name, newsize)

    def xSync(self, flags: int) -> None:
        self.disk.sync(self.name)

    def xFileSize(self) -> int:
        return len(self.disk.seen[self.name])

    def xClose(self) -> None:
        """Nothing to give back."""

    def xLock(self, level: int) -> None:
        """Alone on this disk."""

    def xUnlock(self, level: int) -> None:
        """Alone on this disk."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0
