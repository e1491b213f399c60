"""Fifty hands in one drum: ten thousand pours at once from a lot that holds less, and not a milligram too much (G13).

Each is a real call of the API: token, rights, gate, ledger, fact. What was poured, what is left and the ledger agree.
"""

import asyncio
import json
import os
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from benchmarks.figures import Figure
from benchmarks.genealogy import on_postgresql, ran
from tests.peers.shop import Shop, furnish

CLIENTS, TRIES = 50, 10_000
LOT, MACHINE = "TI64-2601", "LPBF-1"
# A lot of 60 kg: each try asks for enough that a third of them must be refused.
EACH_MG = 9_001
KG = 1_000_000


async def pour(shop: Shop, tries: int, clients: int) -> Counter[str]:
    """So many tries, shared by the clients, each on a connection of its own."""
    heard: Counter[str] = Counter()
    left = iter(range(tries))
    headers = {"Authorization": f"Bearer {shop.tokens['amina']}"}

    async def one() -> None:
        async with httpx.AsyncClient(base_url=shop.url, headers=headers, timeout=120) as client:
            for _ in left:
                body = {"lot": LOT, "machine": MACHINE, "mass_mg": EACH_MG}
                key = {"Idempotency-Key": str(uuid.uuid4())}
                answer = await client.post("/api/feedstock/load", json=body, headers=key)
                heard[said(answer)] += 1

    await asyncio.gather(*(one() for _ in range(clients)))
    return heard


def said(answer: httpx.Response) -> str:
    """Poured, refused because the drum holds less, or anything else: which must not happen."""
    if answer.status_code == 201:
        return "poured"
    codes = [each["code"] for each in answer.json().get("reasons", [])] if answer.status_code == 409 else []
    return "refused" if "more_than_container_holds" in codes else f"{answer.status_code} {codes}"


def stock(home: Path, database_url: str) -> dict[str, Any]:
    """What the ledger says, read by a process of its own."""
    return dict(json.loads(ran(home, database_url, "benchmarks.stock", LOT, MACHINE)))


def measure(home: Path, database_url: str, tries: int = TRIES, clients: int = CLIENTS) -> list[Figure]:
    """On one database."""
    furnish(home, database_url)
    # So little is left in the drum that the tries ask for half as much again.
    before = json.loads(
        ran(home, database_url, "benchmarks.stock", LOT, MACHINE, str(tries * EACH_MG * 2 // 3))
    )
    begun = time.perf_counter()
    with Shop(home, database_url) as shop:
        cpu = shop.cpu_seconds()
        heard = asyncio.run(pour(shop, tries, clients))
        cpu = (shop.cpu_seconds() - cpu) / tries
        assert not shop.errors(), shop.errors()[:3]
    took = time.perf_counter() - begun
    engine = "PostgreSQL" if database_url else "SQLite"
    return [judged(engine, heard, before, stock(home, database_url), took, cpu)]


def judged(
    name: str, heard: Counter[str], before: dict[str, Any], after: dict[str, Any], took: float, cpu_s: float
) -> Figure:
    """Too much is what left the drum beyond what it held, or what the answers and the ledger do not agree on."""
    poured = heard["poured"] * EACH_MG
    too_much = max(poured - before["on_hand_mg"], 0)
    unlike = abs(before["on_hand_mg"] - poured - after["on_hand_mg"]) + len(after["gaps"])
    others = {each: n for each, n in heard.items() if each not in ("poured", "refused")}
    left = after["on_hand_mg"]
    measured = (
        f"{too_much} mg too much; {heard['poured']} poured, {heard['refused']} refused of {sum(heard.values())} in "
        f"{took:.0f} s, {cpu_s * 1000:.1f} ms of processor a try; {left} mg left; {unlike} disagreements with the "
        f"ledger; other answers {others or 'none'}"
    )
    held = not too_much and not unlike and not others and left < EACH_MG
    command = f"python -m benchmarks oversell-{name.lower()}"
    what = f"{CLIENTS} clients on one lot, {sum(heard.values()):,} tries, {name}"
    return Figure("G13", what, measured, "0 mg too much, ledger agrees", held, command)


def figures(engine: str) -> list[Figure]:
    """On SQLite, or on a PostgreSQL server started for this alone."""
    return on_postgresql("benchmarks.oversell") if engine == "postgresql" else on_this_database()


def on_this_database() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        return measure(Path(folder), os.environ.get("STRATE_DATABASE_URL", ""))


if __name__ == "__main__":
    print(json.dumps([vars(figure) for figure in on_this_database()]))
