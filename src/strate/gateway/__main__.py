"""Start the gateway: `python -m strate.gateway --config FILE`."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

from strate.gateway import drivers
from strate.gateway.config import Config, ConfigError, read
from strate.gateway.line import MachineLine
from strate.gateway.sink import HttpSink
from strate.gateway.spool import Spool

log = logging.getLogger("strate.gateway")


async def serve(config: Config) -> None:
    spool = Spool(config.spool, limit=config.spool_limit)
    sink = HttpSink(config.url, config.token)
    made = {
        one.code: drivers.make(
            one.driver, machine=one.code, endpoint=one.endpoint, mapping=one.mapping, **one.options
        )
        for one in config.machines
    }
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    tasks = [
        asyncio.create_task(
            _keep_running(
                MachineLine(code, driver, spool, sink, heartbeat_s=config.heartbeat_s, poll_s=config.poll_s)
            )
        )
        for code, driver in made.items()
    ]
    print(json.dumps({"ready": True, "source": spool.source, "machines": list(made)}), flush=True)
    await stopping.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.gather(*(driver.close() for driver in made.values()), return_exceptions=True)
    await sink.close()
    spool.close()


async def _keep_running(line: MachineLine) -> None:
    """A fault in the line of one machine is logged and the line begins again; the others never notice."""
    while True:
        try:
            await line.run()
        except Exception:
            log.exception("%s: the line broke and begins again", line.machine)
        await asyncio.sleep(1.0)


def main() -> int:
    asks = argparse.ArgumentParser(prog="python -m strate.gateway", description=__doc__)
    asks.add_argument("--config", type=Path, required=True, help="JSON: url, token, spool, machines")
    asks.add_argument("--verbose", action="store_true")
    asked = asks.parse_args()
    logging.basicConfig(
        level=logging.INFO if asked.verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    logging.getLogger("asyncua").setLevel(logging.ERROR if asked.verbose else logging.CRITICAL)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        asyncio.run(serve(read(asked.config)))
    except (ConfigError, ValueError, OSError) as no:
        print(json.dumps({"ready": False, "error": str(no)}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
