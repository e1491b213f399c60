"""Makes the first migration again from the tables as they are, as long as no version was ever released.

`make migration`. Once a version is released (a file in changelog.d was gathered into CHANGELOG.md), a site holds
data: this tool then refuses, and `django-admin makemigrations strate` adds a new migration instead.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST = ROOT / "src/strate/migrations/0001_initial.py"
AFTER = ROOT / "src/strate/migrations/0002_frozen_facts.py"


def make() -> subprocess.CompletedProcess[bytes]:
    """Let Django compare the tables with an empty history, in a home thrown away after."""
    command = [sys.executable, "-m", "django", "makemigrations", "strate", "--name", "initial", "--no-header"]
    with tempfile.TemporaryDirectory() as home:
        mine = {"STRATE_HOME": home, "STRATE_DATABASE_URL": "", "PYTHONPATH": str(ROOT / "src")}
        env = {**os.environ, **mine, "DJANGO_SETTINGS_MODULE": "strate.web.settings"}
        return subprocess.run([*command, "--skip-checks", "-v", "0"], cwd=ROOT, env=env, check=False)


def main() -> int:
    if (ROOT / "CHANGELOG.md").exists():
        print(
            "A version was released: add a migration with `django-admin makemigrations strate`.",
            file=sys.stderr,
        )
        return 1
    before = FIRST.read_bytes() if FIRST.exists() else None
    frozen = AFTER.read_bytes()
    FIRST.unlink(missing_ok=True)
    AFTER.unlink()
    try:
        done = make()
    finally:
        AFTER.write_bytes(frozen)
        if not FIRST.exists() and before is not None:
            FIRST.write_bytes(before)
    if done.returncode == 0 and not FIRST.read_text().startswith('"""'):
        FIRST.write_text(
            '"""The tables of the house, as they stand in the first version."""\n\n' + FIRST.read_text()
        )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
