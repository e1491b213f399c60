"""The printer's rooms in OPC UA: which value stands under which name.

Names and type numbers follow OPC 40540 (Additive Manufacturing 1.0), OPC 40501-1 and OPC 40001-1. Simplified
on purpose: types are declared without their mandatory children, layer progress is a plain variable beside the
`Runs` structure the standard puts it in, and alarms are a JSON variable instead of AlertType events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from asyncua import Node, Server, ua

URIS = {
    "di": "http://opcfoundation.org/UA/DI/",
    "machinery": "http://opcfoundation.org/UA/Machinery/",
    "machine_tool": "http://opcfoundation.org/UA/MachineTool/",
    "jobs": "http://opcfoundation.org/UA/Machinery/Jobs/",
    "isa95": "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/",
    "am": "http://opcfoundation.org/UA/AdditiveManufacturing/",
    "own": "urn:strate:simulators:lpbf",
}

# Object types of OPC 40540 this face gives to its objects, with their numbers in the standard.
AM_TYPES = {
    "FeedstockType": 1000,
    "FeedstockListType": 1001,
    "EquipmentAMType": 1003,
    "MachineIdentificationAMType": 1004,
    "AdditiveManufacturingType": 1005,
}

V = ua.VariantType

# signal of the model -> (folder, namespace, browse name, type, start value, unit as UNECE code or "")
VALUES: dict[str, tuple[str, str, str, ua.VariantType, Any, str]] = {
    "state": ("Monitoring.Process", "own", "State", V.String, "", ""),
    "layer": ("Monitoring.Process", "am", "CurrentLayer", V.UInt32, 0, ""),
    "layers_planned": ("Monitoring.Process", "am", "LayersPlanned", V.UInt32, 0, ""),
    "seconds_left": ("Monitoring.Process", "am", "RemainingTime", V.Double, 0.0, "SEC"),
    "oxygen_ppm": ("Monitoring.Process", "own", "ChamberOxygen", V.Double, 0.0, "59"),
    "plate_celsius": ("Monitoring.Process", "own", "PlateTemperature", V.Double, 0.0, "CEL"),
    "gas_flow_m_s": ("Monitoring.Process", "own", "GasFlow", V.Double, 0.0, "MTS"),
    "filter_pressure_mbar": ("Monitoring.Health", "own", "FilterDifferentialPressure", V.Double, 0.0, "MBR"),
    "chamber_pressure_mbar": ("Monitoring.Process", "own", "ChamberPressure", V.Double, 0.0, "MBR"),
    "room_oxygen_percent": ("Monitoring.Health", "own", "RoomOxygen", V.Double, 0.0, "P1"),
    "laser_hours": ("Monitoring.Health", "own", "LaserOnTime", V.Double, 0.0, "HUR"),
    "door_open": ("Monitoring.MachineTool", "own", "DoorOpen", V.Boolean, False, ""),
    "door_locked": ("Monitoring.MachineTool", "own", "DoorLocked", V.Boolean, False, ""),
    "alarm": ("Notification", "own", "LastAlarm", V.String, "", ""),
    "alarms_active": ("Notification", "own", "ActiveAlarms", V.String, "[]", ""),
    "job": ("JobManagement.JobOrderControl", "isa95", "JobOrderID", V.String, "", ""),
    "job_state": ("JobManagement.JobOrderControl", "isa95", "JobState", V.String, "", ""),
    "job_file_sha256": ("JobManagement.JobOrderControl", "own", "WorkMasterSha256", V.String, "", ""),
    "feedstock_mg": ("Equipment.Feedstock.Main", "am", "RemainingQuantity", V.Int64, 0, "MGM"),
    "presses": ("Simulation", "own", "Presses", V.String, "[]", ""),
    "laser_power_w": ("ParameterSet", "own", "LaserPower", V.Double, 0.0, "WTT"),
    "scan_speed_mm_s": ("ParameterSet", "own", "ScanSpeed", V.Double, 0.0, "C16"),
    "hatch_um": ("ParameterSet", "own", "HatchDistance", V.Double, 0.0, "4H"),
    "layer_um": ("ParameterSet", "own", "LayerThickness", V.Double, 0.0, "4H"),
    "preheat_celsius": ("ParameterSet", "own", "PlatePreheat", V.Double, 0.0, "CEL"),
}

FOLDERS: dict[str, tuple[str, str, str]] = {
    "Identification": ("di", "Identification", "MachineIdentificationAMType"),
    "Equipment": ("machine_tool", "Equipment", "EquipmentAMType"),
    "Equipment.Feedstock": ("am", "Feedstock", "FeedstockListType"),
    "Equipment.Feedstock.Main": ("own", "Main", "FeedstockType"),
    "Monitoring": ("machine_tool", "Monitoring", ""),
    "Monitoring.MachineTool": ("machine_tool", "MachineTool", ""),
    "Monitoring.Process": ("am", "Process", ""),
    "Monitoring.Health": ("am", "Health", ""),
    "Notification": ("machine_tool", "Notification", ""),
    "MachineryBuildingBlocks": ("machinery", "MachineryBuildingBlocks", ""),
    "JobManagement": ("jobs", "JobManagement", ""),
    "JobManagement.JobOrderControl": ("jobs", "JobOrderControl", ""),
    "ParameterSet": ("di", "ParameterSet", ""),
    "Simulation": ("own", "Simulation", ""),
}

PARENTS = {"JobManagement": "MachineryBuildingBlocks"}


@dataclass(slots=True)
class Space:
    """The address space of one machine, found by our own short names."""

    server: Server
    name: str
    ns: dict[str, int]
    nodes: dict[str, Node] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)
    types: dict[str, ua.VariantType] = field(default_factory=dict)

    def node_id(self, path: str) -> ua.NodeId:
        return ua.NodeId(f"{self.name}.{path}" if path else self.name, self.ns["own"])

    def browse(self, where: str, name: str) -> ua.QualifiedName:
        return ua.QualifiedName(name, self.ns[where])


async def build(server: Server, name: str) -> Space:
    """Lay out the machine under Objects/Machines, as OPC 40001-1 asks."""
    ns = {short: await server.register_namespace(uri) for short, uri in URIS.items()}
    space = Space(server, name, ns)
    types = await _types(space)
    machines = await server.nodes.objects.add_folder(
        ua.NodeId("Machines", ns["own"]), ua.QualifiedName("Machines", ns["machinery"])
    )
    machine = await machines.add_object(
        space.node_id(""), space.browse("own", name), types["AdditiveManufacturingType"]
    )
    space.nodes[""] = machine
    for path, (where, browse, kind) in FOLDERS.items():
        parent = space.nodes[PARENTS.get(path, path.rpartition(".")[0])]
        kind_id = types.get(kind, ua.NodeId(ua.ObjectIds.FolderType))
        node_id, label = space.node_id(path), space.browse(where, browse)
        space.nodes[path] = await parent.add_object(node_id, label, kind_id)
    await _identify(space)
    for signal, row in VALUES.items():
        await _add_value(space, signal, *row)
    return space


async def _types(space: Space) -> dict[str, ua.NodeId]:
    base = space.server.nodes.base_object_type
    types: dict[str, ua.NodeId] = {}
    for name, number in AM_TYPES.items():
        node_id = ua.NodeId(number, space.ns["am"])
        await base.add_object_type(node_id, space.browse("am", name))
        types[name] = node_id
    return types


async def _identify(space: Space) -> None:
    facts = {
        "Manufacturer": ("di", ua.LocalizedText("Strate simulators")),
        "Model": ("di", ua.LocalizedText("Laser powder bed, simulated")),
        "SerialNumber": ("di", f"SIM-{space.name}"),
        "ProductInstanceUri": ("di", f"urn:strate:simulators:lpbf:{space.name}"),
        "DeviceClass": ("di", "Additive Manufacturing machine"),
        "AMTechnologyIdentifier": ("am", "PBF"),
    }
    for name, (where, value) in facts.items():
        await space.nodes["Identification"].add_property(
            space.node_id(f"Identification.{name}"), space.browse(where, name), value
        )


async def _add_value(
    space: Space, signal: str, folder: str, where: str, name: str, kind: ua.VariantType, start: Any, unit: str
) -> None:
    node = await space.nodes[folder].add_variable(
        space.node_id(f"{folder}.{name}"), space.browse(where, name), start, kind
    )
    if unit:
        await node.add_property(
            space.node_id(f"{folder}.{name}.EngineeringUnits"), ua.QualifiedName("EngineeringUnits", 0), unit
        )
    space.values[signal] = node
    space.types[signal] = kind
