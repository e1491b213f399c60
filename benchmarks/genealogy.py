"""A million lots, blends of two to four parents, fifty deep: where one comes from, where one went, exactly (G7).

Through the real server and its API, with the tree in memory and without; beside the plain recursive question.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, milliseconds, percentile
from tests.peers.shop import ROOT, Shop, environment, furnish

LOTS, DEPTH, ASKED = 1_000_000, 50, 150
COMMAND = "python -m benchmarks genealogy"
GOAL, WARM = "p50 ≤ 100 ms, p99 ≤ 300 ms, sum exactly 1", "p50 ≤ 10 ms"


def ran(home: Path, database_url: str, *words: str) -> str:
    """The last line of a process of its own."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(home, database_url), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()[-1]


def measure(
    home: Path, database_url: str, lots: int = LOTS, depth: int = DEPTH, asked: int = ASKED
) -> list[Figure]:
    """All the figures on one database."""
    name = "PostgreSQL" if database_url else "SQLite"
    furnish(home, database_url)
    begun = time.perf_counter()
    first, lines = (
        int(n) for n in ran(home, database_url, "benchmarks.forest", str(lots), str(depth)).split()
    )
    planted_s = time.perf_counter() - begun
    walks = json.loads(
        ran(home, database_url, "benchmarks.walks", str(first), str(lots), str(depth), str(asked))
    )
    with Shop(home, database_url) as shop:
        keep(shop, 0)
        cold = ask_all(shop, lots, depth, asked)
        keep(shop, lines * 2)
        until_quiet(shop, lots, depth)
        warm = ask_all(shop, lots, depth, asked)
        assert not shop.errors(), shop.errors()[:3]
    tree = f"{lots:,} lots, {lines:,} pours, {depth} deep, {name}"
    return [
        through_api(f"{tree}: trace through the API, one question to the database", cold, planted_s),
        through_api(f"{tree}: trace through the API, tree in memory", warm, 0),
        in_memory(f"{tree}: trace in memory, without the API", walks),
    ]


def keep(shop: Shop, lines: int) -> None:
    """How many pours each process may keep in memory, as the site decides."""
    with shop.caller("hugo", **{"X-Strate-Pin": "271828"}) as hugo:
        answer = hugo.post("/api/site/set_setting", json={"key": "trace_lines", "value": str(lines)})
        assert answer.status_code == 201, answer.text


def until_quiet(shop: Shop, lots: int, depth: int) -> None:
    """Each process is asked and reads the tree beside; waits until none works any more."""
    # A connection stays with one process: several, so that each process is asked.
    for _ in range(8):
        ask_all(shop, lots, depth, 1)
    quiet = 0
    while quiet < 3:
        before = shop.cpu_seconds()
        time.sleep(1)
        quiet = quiet + 1 if shop.cpu_seconds() - before < 0.1 else 0


def ask_all(shop: Shop, lots: int, depth: int, asked: int) -> dict[str, Any]:
    """As many traces back as forth, of lots drawn by chance; every sum is worked out again."""
    dice, width = random.Random(5), lots // depth
    took: list[float] = []
    wrong = 0
    with shop.caller("amina") as amina:
        for turn in range(2 * asked):
            way = ("back", "forth")[turn % 2]
            number = lots - 1 - dice.randrange(width) if way == "back" else dice.randrange(width)
            begun = time.perf_counter()
            answer = amina.get(f"/api/traceability/trace/lot:B-{number:07d}?ways={way}")
            took.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.text
            told = answer.json()
            wrong += way == "back" and not sums_to_one(told["made_of"]["origins"])
            wrong += way == "forth" and not told["used_in"]["lots"]
    return {"took": took, "wrong": wrong}


def sums_to_one(origins: list[dict[str, str]]) -> bool:
    with localcontext(prec=80):
        return sum(Decimal(each["share"]) for each in origins) == 1


def through_api(what: str, heard: dict[str, Any], planted_s: float) -> Figure:
    took = sorted(heard["took"])
    held = percentile(took, 0.5) <= 0.1 and percentile(took, 0.99) <= 0.3 and not heard["wrong"]
    planted = f"; planted in {planted_s:.0f} s" if planted_s else ""
    measured = f"{milliseconds(took)} ({len(took)} traces); {heard['wrong']} wrong sums{planted}"
    return Figure("G7", what, measured, GOAL, held, COMMAND)


def in_memory(what: str, walks: dict[str, Any]) -> Figure:
    took = sorted(walks["warm"])
    measured = (
        f"{milliseconds(took)}; a trace has {walks['lines']:,.0f} lines; the plain recursive query, without shares, "
        f"{milliseconds(walks['sql'])}; read in {walks['read_s']:.1f} s, {walks['tree_mb']:.0f} MB a process "
        f"({walks['peak_mb']:.0f} MB while it is read)"
    )
    return Figure("G7", what, measured, WARM, percentile(took, 0.5) <= 0.01 and walks["whole"], COMMAND)


def figures() -> list[Figure]:
    """On SQLite, then on a PostgreSQL server started for this alone."""
    return on_this_database() + on_postgresql("benchmarks.genealogy")


def on_this_database() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        return measure(Path(folder), os.environ.get("STRATE_DATABASE_URL", ""))


def on_postgresql(module: str) -> list[Figure]:
    """The figures that `python -m MODULE` prints when it is given a PostgreSQL server."""
    command = [f"{ROOT}/tools/with-postgresql.sh", sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return [Figure(**one) for one in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    print(json.dumps([vars(figure) for figure in on_this_database()]))
