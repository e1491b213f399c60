"""A real site in a folder of its own, driven through the `strate` command as an administrator would."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

WRITE = """
import sys
import django
django.setup()
from django.db import DatabaseError
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.people.models import Station
count, size = int(sys.argv[1]), int(sys.argv[2])
begun = Station.objects.count()
for n in range(begun, begun + count):
    try:
        with act("test.said", by=Actor(person="p-amina")) as done:
            Station.objects.create(code=f"S{n}", title="x" * 80)
            done.tell(f"station:S{n}", text="x" * size)
    except (DatabaseError, OSError) as error:
        print("refused", type(error).__name__, flush=True)
        break
    print("kept", done.event, flush=True)
"""

LOOK = """
import json
import django
django.setup()
from strate.workshop.journal import audit
from strate.workshop.journal.models import Fact
from strate.workshop.people.models import Station
print(json.dumps({
    "facts": audit.verify_site().facts,
    "stations": Station.objects.count(),
    "events": [str(e) for e in Fact.objects.values_list("event", flat=True)],
}))
"""


class Site:
    """One installation."""

    def __init__(self, home: Path, **env: str) -> None:
        self.home, self.env = home, env

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("STRATE_", "DJANGO_"))}
        mine = {
            "STRATE_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "strate.web.settings",
            "LANG": "en_GB.UTF-8",
        }
        path = os.pathsep.join((*self.env.get("PYTHONPATH", "").split(), str(ROOT / "src")))
        env = {**inherited, **mine, **self.env, "PYTHONPATH": path}
        return subprocess.run([sys.executable, *command], env=env, cwd=ROOT, capture_output=True, text=True)

    def strate(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "strate.cli", *words)

    def write(self, count: int, size: int = 10) -> list[str]:
        """Facts each with a row of a table; the numbers of those that were acknowledged."""
        done = self.run("-c", WRITE, str(count), str(size))
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    def look(self) -> dict[str, object]:
        import json

        done = self.run("-c", LOOK)
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found
