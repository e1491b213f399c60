"""Fifty tablets in one workshop: how long a gesture takes when everybody works (G1, G2), and how many fit (G3).

A gesture goes through the real server and the real API: token, rights, ledger or order of steps, fact, chain.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, milliseconds, percentile
from tests.peers.shop import ROOT, Shop, environment, furnish

TABLETS, STEPS = 50, 60
WHO = ("amina", "chloe", "everything")
READS = (
    "/api/notices/",
    "/api/orders/queue",
    "/api/feedstock/lots",
    "/api/feedstock/machines/LPBF-1/content",
    "/api/machines/machines",
    "/api/procedures/versions?kind=shift-take-over",
    "/api/things/named/lot:TI64-2602",
    "/api/people/me",
)
GOALS_MS = {"sqlite": 100, "postgresql": 150}


def procedure(shop: Shop) -> None:
    """A gesture of many steps, written by one person and approved by another, as the product asks."""
    text = {"fr": "Contrôler", "en": "Check"}
    steps = [{"code": f"s{n}", "kind": "check", "text": text, "why": text} for n in range(1, STEPS + 1)]
    draft = {"procedure": "bench", "kind": "other", "title_fr": "Essai", "title_en": "Trial", "steps": steps}
    pin = {"X-Strate-Pin": "271828"}
    with shop.caller("driss", **pin) as author, shop.caller("ines", **pin) as second:
        told(author.post("/api/procedures/author", json=draft))
        told(author.post("/api/procedures/submit", json={"procedure": "bench", "version": 1}))
        told(second.post("/api/procedures/approve", json={"procedure": "bench", "version": 1}))


def told(answer: Any) -> dict[str, Any]:
    """What the server told, or a loud failure: a benchmark of refusals would be fast and worthless."""
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


def runs(shop: Shop) -> list[int]:
    """One gesture under way for each tablet."""
    with shop.caller("amina") as amina:
        started = [
            told(amina.post("/api/procedures/start", json={"procedure": "bench"})) for _ in range(TABLETS)
        ]
    return [int(one["data"]["run"].removeprefix("run:G")) for one in started]


def play(shop: Shop, **plan: Any) -> dict[str, Any]:
    """Let the tablets work, from a process of their own."""
    whole = {
        "port": shop.port,
        "tokens": [shop.tokens[who] for who in WHO],
        "lot": "TI64-2601",
        "machine": "LPBF-1",
        "tablets": TABLETS,
        "reads": READS,
        "steps": STEPS,
        **plan,
    }
    path = shop.home / "plan.json"
    path.write_text(json.dumps(whole))
    command = [sys.executable, "-m", "benchmarks.client", str(path)]
    before = shop.cpu_seconds()
    done = subprocess.run(command, cwd=ROOT, env=environment(shop.home), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    heard = dict(json.loads(done.stdout))
    calls = max(len(heard["reads"]) + len(heard["writes"]), 1)
    return heard | {"cpu_ms": (shop.cpu_seconds() - before) * 1000 / calls}


def measure(home: Path, database_url: str, seconds: float) -> list[Figure]:
    """G1, G2 and G3 on one database."""
    engine = "postgresql" if database_url else "sqlite"
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    command = f"python -m benchmarks tablets-{engine} --seconds {seconds:g}"
    furnish(home, database_url)
    with Shop(home, database_url) as shop:
        procedure(shop)
        play(shop, rate=0.5, writes=0.3, seconds=3, runs=runs(shop))
        usual = play(shop, rate=0.5, writes=0.3, seconds=seconds, runs=runs(shop))
        burst = play(shop, rate=3.0, writes=0.3, seconds=seconds / 2, runs=runs(shop))
        full = play(shop, rate=0, writes=1.0, seconds=seconds / 3, runs=runs(shop), tablets=16)
        broken = shop.errors()
    assert not broken, broken[:3]
    return [
        latency("G1", f"50 tablets × 0.5/s, 30 % writes, {name}", usual, GOALS_MS[engine], command),
        latency("G2", f"50 tablets × 3/s, 30 % writes, {name}", burst, 300, command),
        throughput(name, full, seconds / 3, command),
    ]


def latency(test: str, what: str, heard: dict[str, Any], goal_ms: int, command: str) -> Figure:
    """Reads and writes together for the goal; the writes are shown too."""
    took = sorted(heard["reads"] + heard["writes"])
    errors = sum(heard["refused"].values())
    measured = (
        f"{milliseconds(took)} ({len(took)} calls); writes {milliseconds(heard['writes'])}; {errors} errors"
    )
    held = percentile(took, 0.99) * 1000 <= goal_ms and not errors
    return Figure(test, what, measured + _why(heard), f"p99 ≤ {goal_ms} ms, 0 errors", held, command)


def throughput(name: str, heard: dict[str, Any], seconds: float, command: str) -> Figure:
    per_second = (len(heard["writes"]) - sum(heard["refused"].values())) / seconds
    what = f"audited writes, 16 connections flat out, {name}"
    return Figure(
        "G3",
        what,
        f"{per_second:.0f}/s{_why(heard)}",
        "≥ 100/s, 0 errors",
        per_second >= 100 and not heard["refused"],
        command,
    )


def _why(heard: dict[str, Any]) -> str:
    cpu = f"; server {heard['cpu_ms']:.1f} ms of processor a call"
    return cpu + (f"; {heard['refused']}" if heard["refused"] else "")


def figures(engine: str, seconds: float = 60) -> list[Figure]:
    """On SQLite, or on a PostgreSQL server started for this alone."""
    if engine == "postgresql" and not os.environ.get("STRATE_DATABASE_URL"):
        return _with_postgresql(seconds)
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        return measure(Path(folder), os.environ.get("STRATE_DATABASE_URL", ""), seconds)


def _with_postgresql(seconds: float) -> list[Figure]:
    command = [f"{ROOT}/tools/with-postgresql.sh", sys.executable, "-m", "benchmarks.tablets", str(seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return [Figure(**one) for one in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    print(json.dumps([vars(f) for f in figures("postgresql", float(sys.argv[1]))]))
