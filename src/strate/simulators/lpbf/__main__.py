"""Start a simulated printer: `python -m strate.simulators.lpbf --port 4840 --name M290-1 --scale 200`."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import socket
import sys
from pathlib import Path

from strate.simulators.lpbf.chamber import Profile
from strate.simulators.lpbf.model import Printer
from strate.simulators.lpbf.opcua.face import Face
from strate.simulators.lpbf.opcua.files import Shelf
from strate.simulators.lpbf.vocabulary import ALARMS, State


def arguments() -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog="python -m strate.simulators.lpbf", description=__doc__)
    asks.add_argument("--host", default="127.0.0.1")
    asks.add_argument("--port", type=int, default=0, help="0 takes a free port")
    asks.add_argument("--name", default="M290-1", help="browse name of the machine")
    asks.add_argument("--scale", type=float, default=200.0, help="simulated seconds per real second")
    asks.add_argument("--layers-max", type=int, default=20_000)
    asks.add_argument("--layer-seconds", type=float, default=40.0, help="simulated seconds per layer")
    asks.add_argument("--seed", type=int, default=1)
    asks.add_argument("--state-file", type=Path, help="what the machine remembers; files go in FILE.files/")
    asks.add_argument("--start-off", action="store_true", help="begin powered off (without a state file)")
    asks.add_argument(
        "--inject", action="append", default=[], metavar="LAYER:KIND", help=f"kinds: {', '.join(ALARMS)}"
    )
    return asks.parse_args()


def free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


async def serve(asked: argparse.Namespace) -> None:
    printer = Printer(
        seed=asked.seed, layers_max=asked.layers_max, profile=Profile(layer_seconds=asked.layer_seconds)
    )
    if asked.start_off:
        printer.state = State.OFF
    for wish in asked.inject:
        layer, _, kind = wish.partition(":")
        printer.inject_interruption_at_layer(int(layer), kind or "recoater_jam")
    files = asked.state_file.with_suffix(asked.state_file.suffix + ".files") if asked.state_file else None
    face = Face(
        printer=printer,
        name=asked.name,
        host=asked.host,
        port=asked.port or free_port(asked.host),
        scale=asked.scale,
        state_file=asked.state_file,
        shelf=Shelf(folder=files),
    )
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    await face.build()
    async with face.server:
        print(json.dumps({"ready": True, "endpoint": face.endpoint, "name": asked.name}), flush=True)
        await face.run(stopping)
        face.remember()


def main() -> int:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("asyncua").setLevel(logging.ERROR)
    try:
        asyncio.run(serve(arguments()))
    except OSError as no:
        print(json.dumps({"ready": False, "error": str(no)}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
