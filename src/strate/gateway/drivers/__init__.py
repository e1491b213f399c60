"""One driver per protocol; each translates and decides nothing."""

from __future__ import annotations

from typing import Any

from strate.gateway.driver import Driver
from strate.gateway.drivers.opcua import OpcUaDriver

DRIVERS = {"opcua": OpcUaDriver}


def make(kind: str, *, machine: str, endpoint: str, mapping: str, **options: Any) -> Driver:
    """Build the driver of one machine from its line in the configuration."""
    if kind not in DRIVERS:
        raise ValueError(f"unknown driver {kind!r}; known: {', '.join(DRIVERS)}")
    return DRIVERS[kind].from_config(machine=machine, endpoint=endpoint, mapping=mapping, **options)
