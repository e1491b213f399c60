"""Another maker's OPC UA stack understands our printer, and our driver another maker's machine."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from strate.gateway.driver import JobOrder, MachineRefused
from strate.gateway.drivers.opcua.driver import OpcUaDriver
from strate.gateway.drivers.opcua.profile import parse
from strate.gateway.signals import Gap, Quality, Signal
from tests.peers.processes import PATIENCE_S, Process, free_port
from tests.peers.test_executor import surely

FOREIGN = Path(__file__).parent / "foreign"
pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not (FOREIGN / "node_modules" / "node-opcua").exists() or not shutil.which("node"),
        reason="`npm ci` in tests/peers/foreign brings the foreign stack",
    ),
]

PROFILE = {
    "namespaces": {"m": "urn:foreign:machine:model", "absent": "urn:nobody:has:this"},
    "machine": ["m:Press"],
    "signals": {
        "state": {"path": ["m:Zustand"], "fast": True},
        "layer": {"path": ["m:Schicht"], "fast": True},
        "job": {"path": ["m:Auftrag"], "fast": True},
        "oxygen_ppm": {"path": ["m:O2Prozent"], "scale": 10_000},
        "plate_celsius": {"path": ["m:Plattentemperatur"]},
        "gas_flow_m_s": {"path": ["m:GibtEsNicht"]},
        "room_oxygen_percent": {"path": ["absent:Anything"]},
    },
    "methods": {"start": {"path": [], "name": "m:Starte", "arguments": [["job", "String"]]}},
}


@pytest.fixture
def foreign_machine() -> Iterator[str]:
    port = free_port()
    child = subprocess.Popen(
        ["node", str(FOREIGN / "server.js"), str(port)], stdout=subprocess.PIPE, text=True, cwd=FOREIGN
    )
    try:
        told = next((line for line in child.stdout if line.startswith('{"ready"')), "{}")
        yield json.loads(told)["endpoint"]
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_a_foreign_client_sends_a_file_starts_a_build_and_counts_its_layers(printer: Process) -> None:
    done = subprocess.run(
        ["node", str(FOREIGN / "client.js"), printer.endpoint],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_S,
        cwd=FOREIGN,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["technology"] == "PBF"
    assert seen["sameHash"] and seen["sameBytes"]
    assert seen["answer"] == [0, ""]
    assert seen["layers"] == [0, 1, 2, 3, 4, 5, 6]
    assert seen["again"][1] == "wrong_state"


def test_our_driver_follows_a_foreign_machine_by_names_alone(foreign_machine: str) -> None:
    heard: list[Signal] = []

    async def follow() -> None:
        driver = OpcUaDriver("P1", foreign_machine, parse(PROFILE), stale_seconds=60.0)

        async def listen() -> None:
            async for one in driver.signals():
                if not isinstance(one, Gap):
                    heard.append(one)

        listening = asyncio.create_task(listen())
        async with asyncio.timeout(2 * PATIENCE_S):
            while not any(one.name == "collector" and one.value == "live" for one in heard):
                await asyncio.sleep(0.05)
            with pytest.raises(MachineRefused, match="status_17"):
                await surely(lambda: driver.start(JobOrder("NEIN", "", "", 1)))
            await surely(lambda: driver.start(JobOrder("JA", "", "", 1)))
            while not any(one.name == "layer" and one.value == 20 for one in heard):
                await asyncio.sleep(0.05)
            while not any(one.name == "oxygen_ppm" and one.value > 999 for one in heard):
                await asyncio.sleep(0.05)
        assert set(driver.link.unresolved) == {"gas_flow_m_s", "room_oxygen_percent"}
        await driver.close()
        await listening

    asyncio.run(follow())
    layers = [one.value for one in heard if one.name == "layer"]
    assert layers == list(range(21))
    oxygen = [one.value for one in heard if one.name == "oxygen_ppm"]
    assert oxygen[0] == pytest.approx(800) and oxygen[-1] == pytest.approx(1000)
    plate = [one for one in heard if one.name == "plate_celsius"]
    assert [one.quality for one in plate] == [Quality.GOOD, Quality.BAD]
    missing = [one for one in heard if one.name == "gas_flow_m_s"]
    assert [(one.value, one.quality) for one in missing] == [(None, Quality.BAD)]
    assert [one.value for one in heard if one.name == "state"] == ["idle", "running"]
