"""On a real PostgreSQL server: saved with its own pg_dump, brought back as docs/running.md says."""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.site import ROOT, Site

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")), reason="no PostgreSQL here"
    ),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty database of a server of its own."""
    words = [
        "bash",
        str(ROOT / "tools" / "with-postgresql.sh"),
        "bash",
        "-c",
        'echo "$STRATE_DATABASE_URL"; cat',
    ]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None and running.stdout is not None
        yield running.stdout.readline().strip()
        running.stdin.close()


def _sql(address: str, *words: str) -> None:
    done = subprocess.run([*words, f"--maintenance-db={address}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_plant_is_saved_and_brought_back_whole(server: str, tmp_path: Path) -> None:
    plant = Site(tmp_path / "plant", STRATE_DATABASE_URL=server)
    assert plant.strate("migrate").returncode == 0
    assert len(plant.write(7)) == 7
    saved = tmp_path / "plant.strate"
    done = plant.strate("backup", str(saved))
    assert done.returncode == 0 and "7 facts" in done.stdout, done.stdout + done.stderr

    opened, home = tmp_path / "opened", tmp_path / "again"
    with tarfile.open(saved) as tar:
        tar.extractall(opened, filter="data")
    _sql(server, "createdb", "again")
    address = server.replace("/strate?", "/again?")
    restored = subprocess.run(
        ["pg_restore", f"--dbname={address}", str(opened / "strate.pgdump")], capture_output=True, text=True
    )
    assert restored.returncode == 0, restored.stderr
    home.mkdir()
    for name in ("files", "keys"):
        if (opened / name).exists():
            shutil.copytree(opened / name, home / name)
    if (opened / "checkpoints.jsonl").exists():
        shutil.copy(opened / "checkpoints.jsonl", home)
    (home / "keys").chmod(0o700)

    again = Site(home, STRATE_DATABASE_URL=address)
    assert again.look() == plant.look()
    assert again.strate("checkup").returncode == 0
    assert len(again.write(2)) == 2 and again.look()["facts"] == 9


def test_the_restored_database_still_refuses_that_a_fact_be_changed(server: str) -> None:
    address = server.replace("/strate?", "/again?")
    changing = ["psql", address, "-c", "UPDATE strate_fact SET what = 'other' WHERE seq = 1"]
    done = subprocess.run(changing, capture_output=True, text=True)
    assert done.returncode != 0 and "facts are never changed" in done.stderr
