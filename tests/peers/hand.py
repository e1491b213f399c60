"""A hand at the machine: presses its simulation buttons over plain OPC UA."""

from __future__ import annotations

import json
from typing import Any

from asyncua import ua
from asyncua.sync import Client

from tests.peers.processes import PATIENCE_S

TYPES = {int: ua.VariantType.UInt32, str: ua.VariantType.String, float: ua.VariantType.Double}


class Hand:
    """Somebody standing in front of a printer."""

    def __init__(self, endpoint: str, machine: str = "M1") -> None:
        # The library lets go of a machine that does not answer its watchdog within this interval.
        self.client = Client(endpoint, timeout=PATIENCE_S, watchdog_intervall=PATIENCE_S)
        self.machine = machine

    def __enter__(self) -> Hand:
        self.client.connect()
        self.ns = self.client.get_namespace_index("urn:strate:simulators:lpbf")
        return self

    def __exit__(self, *_: object) -> None:
        self.client.disconnect()

    def node(self, path: str) -> Any:
        return self.client.get_node(ua.NodeId(f"{self.machine}.{path}", self.ns))

    def simulate(self, button: str, *args: int | str | float) -> Any:
        given = [ua.Variant(value, TYPES[type(value)]) for value in args]
        return self.node("Simulation").call_method(f"{self.ns}:{button}", *given)

    def presses(self, button: str) -> list[list[str]]:
        """Every time this button was pressed: its name, its first argument, the refusal."""
        return [one for one in json.loads(self.node("Simulation.Presses").read_value()) if one[0] == button]

    def layer(self) -> int:
        return int(self.node("Monitoring.Process.CurrentLayer").read_value())

    def files(self) -> list[str]:
        children = self.node("FileSystem.WorkMasters").get_children()
        names = [child.read_browse_name() for child in children]
        return [name.Name for name in names if name.NamespaceIndex == self.ns]
