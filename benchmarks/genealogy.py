"""A million lots, blends of two to four parents, fifty deep: where one comes from, where one went, exactly (G7).

Through the real server and its API: the database asked each time, the tree in memory, a server just started, and
right after powder was poured; beside the plain recursive question in SQL.
"""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from benchmarks import forest
from benchmarks.figures import Figure, milliseconds, percentile
from tests.peers.shop import ROOT, Shop, environment, furnish

LOTS, DEPTH, ASKED, POURED = 1_000_000, 50, 150, 15
# Of the furnished shop: a lot of virgin powder, and a machine it may be poured into.
LOT, MACHINE = "TI64-2601", "LPBF-1"
GOAL, WARM = "p50 ≤ 100 ms, p99 ≤ 300 ms, sum exactly 1", "p50 ≤ 10 ms in memory, sum exactly 1"


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
    furnish(home, database_url)
    begun = time.perf_counter()
    planted = ran(home, database_url, "benchmarks.forest", str(lots), str(depth))
    first, lines = map(int, planted.split())
    planted_s = time.perf_counter() - begun
    walks = ran(home, database_url, "benchmarks.walks", *map(str, (first, lots, depth, asked)))
    wood = Wood(lots, lots // depth)
    with Shop(home, database_url) as shop:
        keep(shop, 0)
        asking = ask_all(shop, wood, asked)
        keep(shop, lines * 2)
        assert not shop.errors(), shop.errors()[:3]
    with Shop(home, database_url) as shop:
        start = starting(shop, wood)
        warm = ask_all(shop, wood, asked)
        fresh = freshness(shop)
        assert not shop.errors(), shop.errors()[:3]
    engine = "PostgreSQL" if database_url else "SQLite"
    tree = f"{lots:,} lots, {lines:,} pours, {depth} deep, {engine}"
    command = f"python -m benchmarks genealogy-{engine.lower()}"
    return [
        through_api(f"{tree}: a trace through the API, the database asked", asking, planted_s, command),
        through_api(f"{tree}: a trace through the API, the tree in memory", warm, 0, command),
        in_memory(f"{tree}: a trace in memory, without the API", json.loads(walks), command),
        started(f"{tree}: a server just started", start, command),
        followed(f"{tree}: traces right after {POURED} pours", fresh, command),
    ]


class Wood:
    """The planted lots: those of the first layer were bought, those of the last made of all the others."""

    def __init__(self, lots: int, width: int, seed: int = 5) -> None:
        self.lots, self.width, self.dice = lots, width, random.Random(seed)
        # A few lots of the first layer went into nothing: there is nothing to trace forward of them.
        first = itertools.takewhile(lambda edge: edge[0] < 2 * width, forest.edges(lots, width))
        self.poured = sorted({parent for _child, parent, _mass in first})

    def questions(self, count: int) -> Iterator[tuple[str, str]]:
        """Backward from the last layer and forward from the first, by turns: the way, the path to ask."""
        for turn in range(count):
            way = ("back", "forth")[turn % 2]
            late = self.lots - 1 - self.dice.randrange(self.width)
            number = late if way == "back" else self.dice.choice(self.poured)
            yield way, f"/api/traceability/trace/lot:B-{number:07d}?ways={way}"


def keep(shop: Shop, lines: int) -> None:
    """How many pours each process may keep in memory, as the site decides."""
    with shop.caller("hugo", **{"X-Strate-Pin": "271828"}) as hugo:
        answer = hugo.post("/api/site/set_setting", json={"key": "trace_lines", "value": str(lines)})
        assert answer.status_code == 201, answer.text


def ask_all(shop: Shop, wood: Wood, asked: int, connections: int = 1) -> dict[str, Any]:
    """As many traces back as forth, of lots drawn by chance; every sum is worked out again."""
    took: list[float] = []
    wrong, before = 0, shop.cpu_seconds()
    # A connection stays with one process of the server: with several, each process is asked.
    callers = [shop.caller("amina") for _ in range(connections)]
    for turn, (way, path) in enumerate(wood.questions(2 * asked)):
        begun = time.perf_counter()
        answer = callers[turn // 2 % connections].get(path)
        took.append(time.perf_counter() - begun)
        assert answer.status_code == 200, answer.text
        wrong += not right(answer.json(), way)
    for caller in callers:
        caller.close()
    return {"took": took, "wrong": wrong, "cpu_s": (shop.cpu_seconds() - before) / len(took)}


def right(told: dict[str, Any], way: str) -> bool:
    """Backward the shares sum to one; forward each lot holds some of it and no more than all."""
    if way == "back":
        return sums_to_one(told["made_of"]["origins"])
    shares = [Decimal(each["share"]) for each in told["used_in"]["lots"]]
    return bool(shares) and all(0 < share <= 1 for share in shares)


def sums_to_one(origins: list[dict[str, str]]) -> bool:
    with localcontext(prec=80):
        return sum(Decimal(each["share"]) for each in origins) == 1


def starting(shop: Shop, wood: Wood) -> dict[str, Any]:
    """The first traces of a server just started: answered from the database while each process reads the tree."""
    small, cpu = shop.memory_mb(), shop.cpu_seconds()
    first = ask_all(shop, wood, 10, connections=10)
    begun = last_busy = time.perf_counter()
    while time.perf_counter() - last_busy < 3:
        before = shop.cpu_seconds()
        time.sleep(0.5)
        last_busy = time.perf_counter() if shop.cpu_seconds() - before > 0.05 else last_busy
    return first | {
        "read_s": sum(first["took"]) + last_busy - begun,
        "cpu_s": shop.cpu_seconds() - cpu,
        "before_mb": small,
        "after_mb": shop.memory_mb(),
    }


def freshness(shop: Shop) -> dict[str, Any]:
    """Powder is poured into a machine and taken out as a new lot; every process must know it at once."""
    took: list[float] = []
    stale = 0
    with shop.caller("amina") as amina:
        for number in range(POURED):
            lot = f"NEU-{number}"
            poured = {"lot": LOT, "machine": MACHINE, "mass_mg": 1000}
            unloaded = {"machine": MACHINE, "lot": lot, "mass_mg": 1000}
            for verb, body in (("load", poured), ("unload", unloaded)):
                answer = amina.post(f"/api/feedstock/{verb}", json=body)
                assert answer.status_code == 201, answer.text
            for _ in range(4):
                with shop.caller("amina") as another:
                    begun = time.perf_counter()
                    told = another.get(f"/api/traceability/trace/lot:{LOT}?ways=forth").json()
                    took.append(time.perf_counter() - begun)
                stale += f"lot:{lot}" not in {each["lot"] for each in told["used_in"]["lots"]}
    return {"took": took, "stale": stale}


def through_api(what: str, heard: dict[str, Any], planted_s: float, command: str) -> Figure:
    took = sorted(heard["took"])
    held = percentile(took, 0.5) <= 0.1 and percentile(took, 0.99) <= 0.3 and not heard["wrong"]
    planted = f"; planted in {planted_s:.0f} s" if planted_s else ""
    measured = (
        f"{milliseconds(took)} ({len(took)} traces); server {heard['cpu_s'] * 1000:.0f} ms of processor a trace; "
        f"{heard['wrong']} wrong sums{planted}"
    )
    return Figure("G7", what, measured, GOAL, held, command)


def in_memory(what: str, walks: dict[str, Any], command: str) -> Figure:
    took = sorted(walks["warm"])
    measured = (
        f"{milliseconds(took)}, {walks['warm_cpu_s'] * 1000:.1f} ms of processor; a trace has {walks['lines']:,.0f} "
        f"lines and 10^{walks['paths']:.0f} paths; the recursive question in SQL alone, which gives the lines but no "
        f"shares, {milliseconds(walks['sql'])}; read in {walks['read_s']:.1f} s, {walks['tree_mb']:.0f} MB kept "
        f"({walks['peak_mb']:.0f} MB while it is read)"
    )
    return Figure("G7", what, measured, WARM, percentile(took, 0.5) <= 0.01 and walks["whole"], command)


def started(what: str, heard: dict[str, Any], command: str) -> Figure:
    took = sorted(heard["took"])
    measured = (
        f"first traces, from the database, {milliseconds(took)}; every process has read the tree after "
        f"{heard['read_s']:.1f} s ({heard['cpu_s']:.1f} s of processor); memory of each process "
        f"{mb(heard['before_mb'])} before, {mb(heard['after_mb'])} after; {heard['wrong']} wrong sums"
    )
    goal = "answers at once, ≤ 1 s while the tree is read"
    return Figure("G7", what, measured, goal, took[-1] <= 1 and not heard["wrong"], command)


def mb(processes: list[float]) -> str:
    return " and ".join(f"{each:.0f} MB" for each in processes)


def followed(what: str, heard: dict[str, Any], command: str) -> Figure:
    measured = (
        f"{heard['stale']} answers of {len(heard['took'])} without the new lot; {milliseconds(heard['took'])}"
    )
    return Figure("G7", what, measured, "never stale, in any process", not heard["stale"], command)


def figures(engine: str) -> list[Figure]:
    """On SQLite, or on a PostgreSQL server started for this alone."""
    return on_postgresql("benchmarks.genealogy") if engine == "postgresql" else on_this_database()


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
