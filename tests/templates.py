"""Sites made once for a whole run of the tests: whoever needs an empty site, or the demo shop, takes a copy.

Tables take three seconds of processor, the demo shop three more; a copy takes none.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.peers.processes import free_port

ROOT = Path(__file__).resolve().parents[1]
# Where they are kept: told to every process of the run by the first one (tests/conftest.py).
FOLDER = "STRATE_TEST_TEMPLATES"


def lay(kind: str, home: Path) -> None:
    """A copy of the `empty` site, of the demo `shop`, or of the same with `tokens`, as if it had been made there."""
    with keeping(kind) as kept:
        if not kept.exists():
            _make(kind, kept.parent)
    shutil.copytree(kept, home, dirs_exist_ok=True)
    if kind == "shop":
        _another_port(home)


@contextmanager
def keeping(kind: str) -> Iterator[Path]:
    """Where sites of this kind are kept, while nobody else makes one."""
    kept = Path(os.environ[FOLDER])
    with (kept / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield kept / kind


def _make(kind: str, kept: Path) -> None:
    making = kept / f"{kind}.making"
    making.mkdir()
    command = ["-m", "strate.cli", "migrate"]
    if kind == "shop":
        lay("empty", making)
        command = ["-c", "import django; django.setup(); from strate.web import demo; demo.create()"]
    if kind == "tokens":
        command = ["-m", "tests.peers.furnish"]
    done = subprocess.run(
        [sys.executable, *command], env=site(making), cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    making.rename(kept / kind)


def site(home: Path) -> dict[str, str]:
    """What a program is told to work on this embedded site; nothing of the tests' own settings."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("STRATE_", "DJANGO_"))}
    mine = {"STRATE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "strate.web.settings"}
    return {**inherited, **mine, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def _another_port(home: Path) -> None:
    """The demo shop chose a port for its printer: two copies side by side each need their own."""
    with sqlite3.connect(home / "strate.sqlite3") as database:
        database.execute(
            "UPDATE strate_machine SET endpoint = ? WHERE serial = 'SIM-0001'",
            [f"opc.tcp://127.0.0.1:{free_port()}/"],
        )
    database.close()
