"""Ten thousand people with forty authorisations each: how fast the gate decides, how fast a team is drawn."""

import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.figures import Figure, milliseconds, percentile
from tests.peers.shop import ROOT, environment, furnish

PEOPLE, EACH, TEAM, DECISIONS, DRAWINGS = 10_000, 40, 300, 2_000, 15
COMMAND = "python -m benchmarks people"


def figures() -> list[Figure]:
    """On the embedded database, in the product's own process settings."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        furnish(home)
        command = [sys.executable, "-m", "benchmarks.people"]
        done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    gate, matrix = sorted(heard["gate"]), sorted(heard["matrix"])
    half, almost_all = percentile(gate, 0.5), percentile(gate, 0.99)
    what = f"{PEOPLE:,} people × {EACH} authorisations"
    return [
        Figure(
            "GATE",
            f"{what}: the gate decides, inside the act's transaction",
            f"p50 {half * 1000:.1f} · p99 {almost_all * 1000:.1f} ms ({len(gate):,} decisions)",
            "p99 ≤ 20 ms",
            almost_all * 1000 <= 20,
            COMMAND,
        ),
        Figure(
            "TEAM",
            f"matrix of {TEAM} people, page drawn",
            f"{milliseconds(matrix)}; {heard['bytes'] / 1e6:.1f} MB",
            "≤ 300 ms",
            percentile(matrix, 0.5) * 1000 <= 300,
            COMMAND,
        ),
    ]


def fill(dice: random.Random, today: date) -> None:
    """The crowd, written at once: this is the bench's own database."""
    from strate.workshop.journal import guard
    from strate.workshop.people.models import Authorisation, Demand, Person, Team, TeamMember

    kinds = [("machine", f"lpbf-{n}") for n in range(12)] + [("material", f"mat-{n}") for n in range(10)]
    kinds += [("zone", f"z-{n}") for n in range(10)] + [("equipment", f"e-{n}") for n in range(20)]
    with guard.lifted():
        people = [
            Person(pseudonym=f"p-crowd-{n}", login=f"crowd{n}", name=f"Personne {n:05}", password="!")
            for n in range(PEOPLE)
        ]
        Person.objects.bulk_create(people, batch_size=500)
        given = [
            Authorisation(
                person=who,
                kind=kind,
                scope=scope,
                granted_on=today - timedelta(days=300),
                expires_on=today + timedelta(days=dice.randrange(-60, 700)),
                granted_by="p-bench",
            )
            for who in people
            for kind, scope in dice.sample(kinds, EACH)
        ]
        Authorisation.objects.bulk_create(given, batch_size=500)
        team = Team.objects.create(code="bench", title="Bench")
        TeamMember.objects.bulk_create(TeamMember(person=who, team=team) for who in people[:TEAM])
        asked = {"act": "builds.launch", "source": "bench", "since": today, "set_by": "p"}
        Demand.objects.bulk_create(
            Demand(record=sort, kind=kind, scope=scope, **asked)
            for sort, kind, scope in (
                ("authorisation", "equipment", "e-3"),
                ("qualification", "", ""),
                ("certification", "", "MQ"),
            )
        )


def decide(dice: random.Random, today: date) -> list[float]:
    """One decision as a launch asks it, with its transaction opened first."""
    from django.db import transaction

    from strate.workshop.journal.actor import Actor
    from strate.workshop.people import queries

    took = []
    for _ in range(DECISIONS):
        by = Actor(f"p-crowd-{dice.randrange(PEOPLE)}", frozenset({"operator"}))
        needs = (("machine", f"lpbf-{dice.randrange(12)}"), ("material", f"mat-{dice.randrange(10)}"))
        begin = time.perf_counter()
        with transaction.atomic():
            found = queries.lacks(
                by, *needs, on=today, act="builds.launch", machine=("lpbf-1", "M290"), material="mat-1"
            )
        took.append(time.perf_counter() - begin)
        assert found, "nobody of the crowd holds the certificate"
    return took


def draw() -> tuple[list[float], int]:
    """The page as a shift leader opens it."""
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.post("/poste/", {"badge": "STRATE-02", "pin": "271828", "command": "bench"})
    # As the web server does before its processes answer (web/serve.py): what stays is not looked through again.
    gc.collect()
    gc.freeze()
    took, size = [], 0
    for _ in range(DRAWINGS):
        begin = time.perf_counter()
        answer = client.get("/personnes/matrice/?equipe=bench")
        took.append(time.perf_counter() - begin)
        assert answer.status_code == 200, answer.headers
        size = len(answer.content)
    return took, size


def main() -> None:
    """In the environment of the site: fill it, then measure."""
    import django

    django.setup()
    dice, today = random.Random(7), datetime.now(UTC).date()
    fill(dice, today)
    matrix, size = draw()
    print(json.dumps({"gate": decide(dice, today), "matrix": matrix, "bytes": size, "pid": os.getpid()}))


if __name__ == "__main__":
    main()
