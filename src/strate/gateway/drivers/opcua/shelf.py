"""Putting an exchange file on the machine's shelf, and reading it back to be sure."""

from __future__ import annotations

import hashlib
import logging

from asyncua import Node, ua

from strate.gateway.driver import MachineRefused, MachineUnreachable, Receipt
from strate.gateway.drivers.opcua.link import Link
from strate.gateway.drivers.opcua.profile import qualified

log = logging.getLogger(__name__)

V = ua.VariantType
READ = 1
FIRST_CHUNK = 256 * 1024
SMALLEST_CHUNK = 1024
TOO_LARGE = frozenset(
    {
        ua.StatusCodes.BadEncodingLimitsExceeded,
        ua.StatusCodes.BadRequestTooLarge,
        ua.StatusCodes.BadResponseTooLarge,
        ua.StatusCodes.BadTcpMessageTooLarge,
    }
)
# What a machine says of a file that somebody holds open, be it ourselves before the line broke.
HELD_OPEN = frozenset(
    {ua.StatusCodes.BadNotReadable, ua.StatusCodes.BadNotWritable, ua.StatusCodes.BadInvalidState}
)


class FileShelf:
    """FileDirectoryType and FileType of OPC UA Part 5, from the client's side."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.chunk = FIRST_CHUNK

    async def put(self, name: str, content: bytes) -> Receipt:
        wanted = hashlib.sha256(content).hexdigest()
        folder = await self.link.node(self.link.profile.files)
        found = await self._find(folder, name)
        if found is not None and await self._is_there(folder, found, wanted):
            return Receipt(name, len(content), wanted)
        node_id, handle = await folder.call_method("0:CreateFile", name, True)
        node = self.link.client.get_node(node_id)
        await self._write(node, handle, content)
        held = await self._digest(node)
        if held != wanted:
            await folder.call_method("0:Delete", ua.Variant(node.nodeid, V.NodeId))
            raise MachineRefused("hash_not_equal", sent=wanted, held=held)
        return Receipt(name, len(content), held)

    async def _find(self, folder: Node, name: str) -> Node | None:
        for child in await folder.get_children():
            if (await child.read_browse_name()).Name == name:
                return child
        return None

    async def _is_there(self, folder: Node, found: Node, wanted: str) -> bool:
        """The very file is on the shelf already; another of its name, whole or half, is taken away."""
        try:
            if await self._digest(found) == wanted:
                return True
            await folder.call_method("0:Delete", ua.Variant(found.nodeid, V.NodeId))
        except ua.UaStatusCodeError as no:
            if no.code in HELD_OPEN:
                raise MachineUnreachable(f"the file is held open: {no}", asked=False) from no
            raise
        return False

    async def _write(self, node: Node, handle: int, content: bytes) -> None:
        number, place = ua.Variant(handle, V.UInt32), 0
        while place < len(content):
            part = content[place : place + self.chunk]
            try:
                await node.call_method("0:Write", number, ua.Variant(part, V.ByteString))
            except ua.UaStatusCodeError as no:
                self._smaller(no)
                await node.call_method("0:SetPosition", number, ua.Variant(place, V.UInt64))
                continue
            place += len(part)
        await node.call_method("0:Close", number)

    async def _digest(self, node: Node) -> str:
        """Hash of the bytes the machine gives back; the machine's own word for it must agree."""
        number = ua.Variant(await node.call_method("0:Open", ua.Variant(READ, V.Byte)), V.UInt32)
        digest = hashlib.sha256()
        try:
            while part := await node.call_method("0:Read", number, ua.Variant(self.chunk, V.Int32)):
                digest.update(part)
        finally:
            await node.call_method("0:Close", number)
        told = await self._told_digest(node)
        if told and told.lower() != digest.hexdigest():
            log.error("the machine says %s but gives back %s", told, digest.hexdigest())
            return told.lower()
        return digest.hexdigest()

    async def _told_digest(self, node: Node) -> str:
        name = self.link.profile.file_digest
        if not name:
            return ""
        profile = self.link.profile
        try:
            steps = qualified((name,), profile.namespaces, self.link.present, self.link.machine)
            return str(await (await node.get_child(steps)).read_value() or "")
        except (LookupError, ua.UaError) as no:
            log.info("no digest told by the machine: %s", no)
            return ""

    def _smaller(self, no: ua.UaStatusCodeError) -> None:
        if no.code not in TOO_LARGE or self.chunk <= SMALLEST_CHUNK:
            raise no
        self.chunk //= 2
