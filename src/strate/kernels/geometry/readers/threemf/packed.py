"""Rows of numbers read from elements that come by the million: corners, triangles, points, segments, beams."""

from __future__ import annotations

from array import array
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from strate.kernels.geometry.readers.threemf.schema import CORE, PREFIXES
from strate.kernels.geometry.readers.threemf.values import NUMBER

_SPACES = {prefix: space for space, prefix in PREFIXES.items()}


class Packed:
    """The rows of one kind of element, in their order, as numbers; -1 (or NaN) where one is not said."""

    short: ClassVar[str]
    name: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    real: ClassVar[bool]

    def __init__(self) -> None:
        self._row: array[Any] = array("d" if self.real else "q")
        self._blocks: list[NDArray[Any]] = []
        self.allowed: set[str] = set()
        """Attributes of other namespaces that were met before, and let through."""

    def add(self, attributes: dict[str, str]) -> bool:
        """Take the row when it is written plainly; otherwise it must be read by the table of the schema."""
        return False

    def take(self, values: dict[str, Any]) -> None:
        absent = float("nan") if self.real else -1
        self._row.extend(values.get(column, absent) for column in self.columns)

    def take_block(self, rows: NDArray[Any]) -> None:
        self._flush()
        self._blocks.append(rows)

    def _flush(self) -> None:
        if self._row:
            dtype = np.float64 if self.real else np.int64
            self._blocks.append(np.frombuffer(self._row, dtype).reshape(-1, len(self.columns)))
            self._row = array("d" if self.real else "q")

    def rows(self) -> NDArray[Any]:
        self._flush()
        if not self._blocks:
            return np.empty((0, len(self.columns)), np.float64 if self.real else np.int64)
        return self._blocks[0] if len(self._blocks) == 1 else np.concatenate(self._blocks)


class Vertices(Packed):
    short, name, columns, real = "vertex", f"{CORE} vertex", ("x", "y", "z"), True

    def add(self, attributes: dict[str, str]) -> bool:
        if len(attributes) != 3 and not set(attributes) - {"x", "y", "z"} <= self.allowed:
            return False
        try:
            x, y, z = attributes["x"], attributes["y"], attributes["z"]
        except KeyError:
            return False
        if not (NUMBER.fullmatch(x) and NUMBER.fullmatch(y) and NUMBER.fullmatch(z)):
            return False
        row = (float(x), float(y), float(z))
        if not abs(row[0]) + abs(row[1]) + abs(row[2]) < 1e300:
            return False
        self._row.extend(row)
        return True


class Triangles(Packed):
    """v1, v2, v3, pid, p1, p2, p3. The corners and the properties of plain blocks are kept apart."""

    short, name, real = "triangle", f"{CORE} triangle", False
    columns = ("v1", "v2", "v3", "pid", "p1", "p2", "p3")

    def __init__(self) -> None:
        super().__init__()
        self._faces: list[NDArray[np.int32]] = []
        self._properties: list[NDArray[np.int32] | int] = []

    def add(self, attributes: dict[str, str]) -> bool:
        row = [-1] * 7
        for name, text in attributes.items():
            place = _PLACE.get(name)
            if place is None:
                if name in self.allowed:
                    continue
                return False
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                return False
            row[place] = int(text)
        if row[0] < 0 or row[1] < 0 or row[2] < 0 or row[3] == 0:
            return False
        self._row.extend(row)
        return True

    def take_faces(self, faces: NDArray[np.int32], properties: NDArray[np.int32] | None) -> None:
        self._flush()
        self._faces.append(faces)
        self._properties.append(len(faces) if properties is None else properties)

    def _flush(self) -> None:
        if self._row:
            rows = np.frombuffer(self._row, np.int64).reshape(-1, 7).astype(np.int32)
            self._faces.append(np.ascontiguousarray(rows[:, :3]))
            said = bool((rows[:, 3:] >= 0).any())
            self._properties.append(np.ascontiguousarray(rows[:, 3:]) if said else len(rows))
            self._row = array("q")

    def faces(self) -> NDArray[np.int32]:
        self._flush()
        if not self._faces:
            return np.empty((0, 3), np.int32)
        return self._faces[0] if len(self._faces) == 1 else np.concatenate(self._faces)

    def properties(self) -> NDArray[np.int32] | None:
        """pid, p1, p2, p3 of each triangle; None when no triangle says any."""
        self._flush()
        if all(isinstance(block, int) for block in self._properties):
            return None
        return np.concatenate(
            [np.full((b, 4), -1, np.int32) if isinstance(b, int) else b for b in self._properties]
        )


_PLACE = {column: place for place, column in enumerate(Triangles.columns)}


class Points(Packed):
    short, name, columns, real = "s:vertex", f"{_SPACES['s:']} vertex", ("x", "y"), True

    def add(self, attributes: dict[str, str]) -> bool:
        if len(attributes) != 2:
            return False
        try:
            x, y = attributes["x"], attributes["y"]
        except KeyError:
            return False
        if not (NUMBER.fullmatch(x) and NUMBER.fullmatch(y)):
            return False
        row = (float(x), float(y))
        if not abs(row[0]) + abs(row[1]) < 1e300:
            return False
        self._row.extend(row)
        return True


class Segments(Packed):
    short, name, columns, real = "s:segment", f"{_SPACES['s:']} segment", ("v2",), False

    def add(self, attributes: dict[str, str]) -> bool:
        if len(attributes) != 1:
            return False
        said = attributes.get("v2", "")
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            return False
        self._row.append(int(said))
        return True


class Beams(Packed):
    short, name, columns, real = "b:beam", f"{_SPACES['b:']} beam", ("v1", "v2", "r1", "r2"), True


PACKED: dict[str, type[Packed]] = {
    "vertices": Vertices,
    "triangles": Triangles,
    "s:vertices": Points,
    "s:polygon": Segments,
    "b:beams": Beams,
}
