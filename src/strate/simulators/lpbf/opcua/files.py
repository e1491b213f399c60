"""The printer's file shelf: exchange files come in, are read back, and tell their SHA-256."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from asyncua import Node, ua
from asyncua.common.methods import uamethod

from strate.simulators.lpbf.opcua.space import Space

READ, WRITE, ERASE, APPEND = 1, 2, 4, 8
FILE_DIRECTORY_TYPE = ua.NodeId(13353)
FILE_TYPE = ua.NodeId(11575)
IDLE_HANDLE_S = 10.0
V = ua.VariantType


@dataclass(slots=True)
class Handle:
    """An open file; a client that died leaves it open, so an idle one counts as closed."""

    file: str
    mode: int
    position: int = 0
    touched: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Shelf:
    """The bytes themselves, kept on disk when a folder is given so that they survive a restart."""

    folder: Path | None = None
    files: dict[str, bytearray] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    corrupt_next: bool = False

    def load(self) -> None:
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.iterdir()):
            self.files[path.name] = bytearray(path.read_bytes())
            self.hashes[path.name] = hashlib.sha256(self.files[path.name]).hexdigest()

    def hash_of(self, name: str) -> str | None:
        return self.hashes.get(name)

    def settle(self, name: str) -> str:
        """The file is complete: hash what is really held, not what was meant."""
        content = self.files[name]
        if self.corrupt_next and content:
            content[len(content) // 2] ^= 0x01
            self.corrupt_next = False
        self.hashes[name] = hashlib.sha256(content).hexdigest()
        if self.folder is not None:
            (self.folder / name).write_bytes(content)
        return self.hashes[name]

    def remove(self, name: str) -> None:
        self.files.pop(name, None)
        self.hashes.pop(name, None)
        if self.folder is not None:
            (self.folder / name).unlink(missing_ok=True)


def is_plain_name(name: str) -> bool:
    return 0 < len(name) <= 200 and not name.startswith(".") and not set(name) & set('/\\:\0*?"<>|')


def bad(code: int) -> ua.StatusCode:
    return ua.StatusCode(code)


class WorkMasters:
    """FileSystem/WorkMasters: a FileDirectoryType of Part 5, Annex C."""

    def __init__(self, space: Space, shelf: Shelf) -> None:
        self.space = space
        self.shelf = shelf
        self.handles: dict[int, Handle] = {}
        self.nodes: dict[str, Node] = {}
        self.next_handle = 1

    async def build(self) -> None:
        system = await self.space.nodes[""].add_object(
            self.space.node_id("FileSystem"), ua.QualifiedName("FileSystem", 0), FILE_DIRECTORY_TYPE, False
        )
        self.folder = await system.add_object(
            self.space.node_id("FileSystem.WorkMasters"),
            self.space.browse("machine_tool", "WorkMasters"),
            FILE_DIRECTORY_TYPE,
            False,
        )
        for name, call in (
            ("CreateFile", self.create),
            ("CreateDirectory", self.refuse),
            ("Delete", self.delete),
            ("MoveOrCopy", self.refuse),
        ):
            await self._link(self.folder, name, call)
        for name in list(self.shelf.files):
            await self._publish(name)
            await self._tell(name)

    async def _link(self, parent: Node, name: str, call: Callable[..., object]) -> None:
        """The type brings its methods and their arguments along; only what they do is ours."""
        for child in await parent.get_children(refs=ua.ObjectIds.HasComponent):
            if (await child.read_browse_name()).Name == name:
                self.space.server.link_method(child, call)
                return
        raise LookupError(name)

    async def _publish(self, name: str) -> Node:
        path = f"FileSystem.WorkMasters.{name}"
        node = await self.folder.add_object(
            self.space.node_id(path), self.space.browse("own", name), FILE_TYPE, False
        )
        await node.add_property(
            self.space.node_id(f"{path}.Sha256"), self.space.browse("own", "Sha256"), "", V.String
        )
        for what, call in (
            ("Open", self.open),
            ("Close", self.close),
            ("Read", self.read),
            ("Write", self.write),
            ("GetPosition", self.get_position),
            ("SetPosition", self.set_position),
        ):
            await self._link(node, what, call)
        self.nodes[name] = node
        return node

    async def _tell(self, name: str) -> None:
        path = f"FileSystem.WorkMasters.{name}"
        told = {
            "Size": ua.Variant(len(self.shelf.files[name]), V.UInt64),
            "Writable": ua.Variant(True, V.Boolean),
            "UserWritable": ua.Variant(True, V.Boolean),
            "OpenCount": ua.Variant(sum(h.file == name for h in self.handles.values()), V.UInt16),
            "Sha256": ua.Variant(self.shelf.hashes.get(name, ""), V.String),
        }
        for what, value in told.items():
            await self.space.server.write_attribute_value(
                self.space.node_id(f"{path}.{what}"), ua.DataValue(value)
            )

    def _name(self, parent: ua.NodeId) -> str:
        return str(parent.Identifier).removeprefix(f"{self.space.name}.FileSystem.WorkMasters.")

    def _handle(self, parent: ua.NodeId, number: int) -> Handle:
        handle = self.handles.get(number)
        if handle is None or handle.file != self._name(parent):
            raise ua.UaStatusCodeError(ua.StatusCodes.BadInvalidArgument)
        handle.touched = time.monotonic()
        return handle

    def _forget_idle(self) -> None:
        late = time.monotonic() - IDLE_HANDLE_S
        for number in [n for n, handle in self.handles.items() if handle.touched < late]:
            del self.handles[number]

    # -- methods ---------------------------------------------------------------------------------------

    @uamethod
    async def create(self, parent: ua.NodeId, name: str, and_open: bool) -> object:
        if not is_plain_name(name):
            return bad(ua.StatusCodes.BadInvalidArgument)
        if name in self.shelf.files:
            return bad(ua.StatusCodes.BadBrowseNameDuplicated)
        self.shelf.files[name] = bytearray()
        node = await self._publish(name)
        number = self._new_handle(name, READ | WRITE) if and_open else 0
        return ua.Variant(node.nodeid, V.NodeId), ua.Variant(number, V.UInt32)

    @uamethod
    async def delete(self, parent: ua.NodeId, target: ua.NodeId) -> object:
        name = self._name(target)
        if name not in self.nodes:
            return bad(ua.StatusCodes.BadNotFound)
        self._forget_idle()
        if any(handle.file == name for handle in self.handles.values()):
            return bad(ua.StatusCodes.BadInvalidState)
        await self.space.server.delete_nodes([self.nodes.pop(name)], recursive=True)
        self.shelf.remove(name)
        return None

    @uamethod
    async def refuse(self, parent: ua.NodeId, *args: object) -> ua.StatusCode:
        """This shelf has one level: no folders, no moves."""
        return bad(ua.StatusCodes.BadUserAccessDenied)

    @uamethod
    async def open(self, parent: ua.NodeId, mode: int) -> object:
        self._forget_idle()
        name = self._name(parent)
        writing = [h for h in self.handles.values() if h.file == name and h.mode & WRITE]
        if writing or (mode & WRITE and any(h.file == name for h in self.handles.values())):
            return bad(ua.StatusCodes.BadNotReadable if not mode & WRITE else ua.StatusCodes.BadNotWritable)
        if mode & ERASE:
            self.shelf.files[name].clear()
        number = self._new_handle(name, mode)
        if mode & APPEND:
            self.handles[number].position = len(self.shelf.files[name])
        await self._tell(name)
        return ua.Variant(number, V.UInt32)

    @uamethod
    async def close(self, parent: ua.NodeId, number: int) -> None:
        handle = self._handle(parent, number)
        del self.handles[number]
        if handle.mode & WRITE:
            self.shelf.settle(handle.file)
        await self._tell(handle.file)

    @uamethod
    async def read(self, parent: ua.NodeId, number: int, length: int) -> object:
        handle = self._handle(parent, number)
        if not handle.mode & READ or length < 0:
            return bad(ua.StatusCodes.BadInvalidState)
        content = bytes(self.shelf.files[handle.file][handle.position : handle.position + length])
        handle.position += len(content)
        return ua.Variant(content, V.ByteString)

    @uamethod
    async def write(self, parent: ua.NodeId, number: int, data: bytes) -> object:
        handle = self._handle(parent, number)
        if not handle.mode & WRITE:
            return bad(ua.StatusCodes.BadInvalidState)
        content = self.shelf.files[handle.file]
        content[handle.position : handle.position + len(data or b"")] = data or b""
        handle.position += len(data or b"")
        return None

    @uamethod
    async def get_position(self, parent: ua.NodeId, number: int) -> object:
        return ua.Variant(self._handle(parent, number).position, V.UInt64)

    @uamethod
    async def set_position(self, parent: ua.NodeId, number: int, position: int) -> None:
        handle = self._handle(parent, number)
        handle.position = min(position, len(self.shelf.files[handle.file]))

    def _new_handle(self, name: str, mode: int) -> int:
        number = self.next_handle
        self.next_handle += 1
        self.handles[number] = Handle(name, mode)
        return number
