"""A large powder store: its ledger audited, a delivery of five hundred drums read from a file, their labels pressed.

`python -m benchmarks powder`: in processes of their own, on SQLite then on PostgreSQL.
"""

import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.genealogy import on_postgresql, ran
from tests.peers.shop import furnish

LOTS, LINES, DRUMS = 1_000, 100_000, 500
COMMAND = "python -m benchmarks powder"
Took = tuple[float, float]


def figures() -> list[Figure]:
    """On SQLite, then on a PostgreSQL server started for this alone."""
    return on_this_database() + on_postgresql("benchmarks.powder")


def on_this_database() -> list[Figure]:
    url = os.environ.get("STRATE_DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="strate-bench-") as folder:
        furnish(Path(folder), url)
        heard = json.loads(ran(Path(folder), url, "benchmarks.powder", "measure"))
    name = "PostgreSQL" if url else "SQLite"
    audited = (
        f"{told(heard['audit'])}; {heard['gaps']} gaps, {heard['found']} of 1 milligram taken away found"
    )
    good = not heard["gaps"] and heard["found"] == 1
    made = [
        figure(f"ledger of {heard['lines']:,} lines audited, {name}", audited, heard["audit"], 2, good),
        figure(
            f"{DRUMS} drums received from a file, {name}",
            f"{told(heard['received'])}; {heard['drums']} in stock",
            heard["received"],
            2,
            heard["drums"] == DRUMS,
        ),
    ]
    if not url:
        labels = f"{told(heard['labels'])}; {heard['pages']} pages"
        what = f"{DRUMS} labels of 62 × 29 mm in one PDF"
        made.append(figure(what, labels, heard["labels"], 3, heard["pages"] == DRUMS))
    return made


def told(took: Took) -> str:
    return f"{took[0]:.2f} s, {took[1]:.2f} s of processor"


def figure(what: str, measured: str, took: Took, goal_s: int, good: bool) -> Figure:
    return Figure(
        "STOCK", what, measured, f"≤ {goal_s} s, all of it right", took[0] <= goal_s and good, COMMAND
    )


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    """What it gives, and how long it took: by the clock, and of this process's processor."""
    begun, cpu = time.perf_counter(), time.process_time()
    given = work()
    return given, (time.perf_counter() - begun, time.process_time() - cpu)


def fill(lots: int, lines: int) -> None:
    """Lots that came in by small pours and went half into a machine: the ledger and the balances agree."""
    from benchmarks.forest import insert_like, look_at_the_tables
    from strate.workshop.feedstock.models import Lot, Material, PowderMovement, PowderPortion
    from strate.workshop.journal.actions import act
    from strate.workshop.journal.actor import SYSTEM

    first = 1 + Lot.objects.order_by("-pk").values_list("pk", flat=True)[0]
    numbers, each = range(first, first + lots), lines // lots // 2
    with act("feedstock.received", by=SYSTEM) as done:
        lot = Lot(code="BENCH-MODEL", material=Material.objects.order_by("pk")[0], state="open")
        insert_like(lot, ("id", "code"), ((n, f"B-{n}") for n in numbers))
        line = PowderMovement(kind="gathered", event=done.event, at=done.happened_at)
        rows = (
            (n, *way)
            for n in numbers
            for way in (
                ("supplier:bench", f"container:B-{n}", 10_000),
                (f"container:B-{n}", "machine:BENCH", 4_000),
            )
            for _ in range(each)
        )
        insert_like(line, ("lot_id", "source", "target", "mass_mg"), rows)
        held = ((n, *way) for n in numbers for way in ((f"container:B-{n}", 6_000), ("machine:BENCH", 4_000)))
        portions = ((n, place, mass * each) for n, place, mass in held)
        insert_like(PowderPortion(), ("lot_id", "place", "mass_mg"), portions)
        done.tell("lot:bench", lot="lot:bench", mass_mg=0)
    look_at_the_tables()


def measure() -> dict[str, Any]:
    """In the environment of the site."""
    import django

    django.setup()
    from strate.workshop.feedstock import queries
    from strate.workshop.feedstock.models import PowderPortion
    from strate.workshop.journal import guard

    fill(LOTS, LINES)
    audit, audit_took = timed(queries.audit)
    spoilt = PowderPortion.objects.filter(place="machine:BENCH").order_by("pk")[:1].get()
    with guard.lifted():
        PowderPortion.objects.filter(pk=spoilt.pk).update(mass_mg=spoilt.mass_mg - 1)
    found = len(queries.ledger_gaps())
    drums, received_took = timed(receive)
    pages, labels_took = timed(press)
    return {
        "lines": audit.lines,
        "gaps": len(audit.gaps),
        "found": found,
        "audit": audit_took,
        "drums": drums,
        "received": received_took,
        "pages": pages,
        "labels": labels_took,
    }


def receive() -> int:
    """A supplier's list read, checked row by row and brought in; how many of its drums hold powder."""
    from strate.web.demo.people import team
    from strate.workshop.feedstock import actions, lists
    from strate.workshop.feedstock.models import PowderPortion
    from strate.workshop.site.importing import read

    head = "Lot;Matière;Masse nette (kg);Contenant;Fournisseur"
    rows = [f"LIV-{n // 10};ti64;12,5;LIV-F{n};Poudres Imaginaires SA" for n in range(DRUMS)]
    found = read("\n".join([head, *rows]).encode(), lists.stock.COLUMNS)
    lists.stock.check(found)
    assert found.good, found.problems[:3]
    values = [row.values for row in found.rows]
    actions.import_stock(by=team()["chloe"], rows=values, file_sha256=found.sha256)
    return PowderPortion.objects.filter(place__startswith="container:LIV-F", mass_mg=12_500_000).count()


def press() -> int:
    """The labels of that delivery; how many pages they are."""
    import pikepdf

    from strate.workshop.journal import clock
    from strate.workshop.things.labels import Label, press_labels

    lines = ("Ti-6Al-4V · Poudres Imaginaires SA", "Lot LIV-1", "Vierge", "12,5 kg")
    labels = [
        Label(f"container:LIV-F{n}", f"LIV-F{n}", lines, "Quarantaine", ("GHS02", "GHS08"), "23/11/2026")
        for n in range(DRUMS)
    ]
    pdf = press_labels(labels, size="62x29", title="Étiquettes", at=clock.now())
    return len(pikepdf.open(io.BytesIO(pdf)).pages)


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
        print(json.dumps(measure()))
    else:
        print(json.dumps([vars(each) for each in on_this_database()]))
