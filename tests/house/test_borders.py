"""Borders hold only where something checks them."""

import subprocess
import sys
import tomllib

from strate.rooms import ROOMS
from tests.house.reading import PACKAGE, ROOT, WORKSHOP, code, imports, must_be_empty, name, room_of

FRAMEWORKS = ("django", "ninja", "asyncua", "random", "gettext", "time", "requests", "httpx")
WRITERS_AND_READERS = (".clock", ".models", ".queries", ".actions")
CLOCKS = ("datetime.now(", "timezone.now(", "date.today(", ".utcnow(")


def test_the_import_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--cache-dir", ".import_linter_cache"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_every_room_has_its_place_in_the_list_in_the_contract_and_on_disk():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c.get("containers") == ["strate.workshop"])["layers"]
    in_contract = {room.strip() for layer in layers for room in layer.split("|")}
    on_disk = {p.name for p in WORKSHOP.iterdir() if (p / "__init__.py").exists()}
    assert in_contract == set(ROOMS) == on_disk


def test_rooms_are_must_be_empty_from_the_floor_up_as_in_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c.get("containers") == ["strate.workshop"])["layers"]
    height = {room.strip(): n for n, layer in enumerate(reversed(layers)) for room in layer.split("|")}
    heights = [height[room] for room in ROOMS]
    assert heights == sorted(heights), list(zip(ROOMS, heights, strict=True))


def test_the_tables_of_a_room_are_its_own():
    trespassing = []
    for path in code():
        room = room_of(path)
        for line, module in imports(path):
            parts = module.split(".")
            if parts[:2] == ["strate", "workshop"] and parts[3:4] == ["models"] and parts[2] != room:
                trespassing.append(f"{name(path)}:{line} reads the tables of {parts[2]}: ask its queries")
    must_be_empty(trespassing)


def test_the_laws_of_a_room_know_no_framework_and_no_clock():
    guilty = []
    for path in code():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] == "workshop" and parts[2:3] in (("rules.py",), ("rules",)):
            for line, module in imports(path):
                if module.split(".")[0] in FRAMEWORKS or module.endswith(WRITERS_AND_READERS):
                    guilty.append(f"{name(path)}:{line} imports {module}")
    must_be_empty(guilty)


def test_the_laws_of_a_room_never_look_at_the_clock():
    guilty = []
    for path in code():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] == "workshop" and parts[2:3] in (("rules.py",), ("rules",)):
            text = path.read_text()
            guilty += [f"{name(path)} calls {c}" for c in CLOCKS if c in text]
    must_be_empty(guilty)


def test_only_the_journal_reads_the_clock_of_the_machine_to_date_a_deed():
    guilty = []
    for path in code():
        if room_of(path) and name(path) != "src/strate/workshop/journal/clock.py":
            text = path.read_text()
            guilty += [f"{name(path)} calls {c}" for c in CLOCKS if c in text]
    must_be_empty(guilty)
