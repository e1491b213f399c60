"""Start the gateway: `python -m strate.gateway --config FILE`."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

from strate.gateway.config import Config, ConfigError, read
from strate.gateway.hall import Hall
from strate.gateway.logs import JsonFormatter
from strate.gateway.sink import HttpSink
from strate.gateway.spool import Spool


async def serve(config: Config) -> None:
    spool = Spool(config.spool, limit=config.spool_limit)
    sink = HttpSink(config.url, config.token)
    hall = Hall(config, spool, sink)
    await hall.open()
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    keeping_up = asyncio.create_task(hall.keep_up())
    print(json.dumps({"ready": True, "source": spool.source, "machines": list(hall.followed)}), flush=True)
    await stopping.wait()
    keeping_up.cancel()
    await asyncio.gather(keeping_up, return_exceptions=True)
    await hall.close()
    await sink.close()
    spool.close()


def main() -> int:
    asks = argparse.ArgumentParser(prog="python -m strate.gateway", description=__doc__)
    said = "JSON: url, token, spool, machines (asked of the product when absent)"
    asks.add_argument("--config", type=Path, required=True, help=said)
    asks.add_argument("--verbose", action="store_true")
    asked = asks.parse_args()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO if asked.verbose else logging.WARNING, handlers=[handler])
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
