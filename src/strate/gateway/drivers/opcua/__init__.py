"""The OPC UA driver: follows one machine for ever, and rebuilds everything when it falls silent."""

from strate.gateway.drivers.opcua.driver import OpcUaDriver

__all__ = ["OpcUaDriver"]
