"""What stands in the way of opening the house is told in one clear sentence."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from strate.web import preflight
from tests.operations.site import Site

ROOT = Path(__file__).resolve().parents[2]
Usage = namedtuple("Usage", "total used free")


def sentence(call, *args):
    with pytest.raises(preflight.CannotStart) as no:
        call(*args)
    said = str(no.value)
    assert "\n" not in said and said.endswith(("make run", ".")), said
    return said


def test_a_taken_port_is_told_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = sentence(preflight.check_port, "127.0.0.1", port)
    assert f"Port {port} is taken" in said and f"STRATE_PORT={port + 1} make run" in said


def test_a_port_just_given_back_is_free():
    preflight.check_port("127.0.0.1", preflight.free_port())


def test_an_address_that_is_not_ours_is_told():
    assert "203.0.113.7" in sentence(preflight.check_port, "203.0.113.7", preflight.free_port())


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "var").write_text("not a folder")
    assert "cannot be used" in sentence(preflight.check_home, tmp_path / "var")


@pytest.mark.skipif(not os.access("/proc/sys", os.F_OK), reason="needs a folder nobody can write to")
def test_a_folder_nobody_can_write_to_is_told():
    assert "cannot be used" in sentence(preflight.check_home, Path("/proc/sys/strate"))


def test_a_home_that_is_missing_is_made(tmp_path):
    preflight.check_home(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_disk_almost_full_is_told_before_it_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 5 * 1024**2))
    assert any("almost full: 5 MB left" in told for told in preflight.warnings(tmp_path, embedded=False))


def test_a_roomy_disk_is_not_worth_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _path: Usage(10**13, 0, 10**13))
    assert preflight.warnings(tmp_path, embedded=False) == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("STRATE_HOME", "/proc/nowhere"),
        ("STRATE_PORT", "abc"),
        ("STRATE_PORT", "80000"),
        ("STRATE_DATABASE_URL", "x://y"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence_from_the_command(tmp_path, variable, value):
    done = Site(tmp_path / "home", **{variable: value}).strate("run")
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("strate: ")


def bare_copy(tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def test_without_python_the_missing_package_is_named(tmp_path):
    """A machine that has only the shell: no Python, no right to install."""
    house, tools = bare_copy(tmp_path), tmp_path / "bin"
    tools.mkdir()
    for command in ("bash", "dirname", "sha256sum", "cut", "grep", "touch"):
        (tools / command).symlink_to(shutil.which(command))
    (tools / "id").write_text("#!/bin/bash\necho 1000\n")
    (tools / "id").chmod(0o755)
    done = subprocess.run(
        [tools / "bash", house / "tools/setup.sh", "run"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("strate: missing: python3") and "sudo apt-get install" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_the_simulated_printer_moves_when_its_port_was_taken_since(capsys):
    from strate.web import launcher
    from strate.workshop.machines import queries as machines

    at_first = launcher._furnish(True)
    assert launcher._furnish(True) == at_first
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(at_first.rstrip("/").rpartition(":")[2])))
        other.listen()
        moved = launcher._furnish(True)
    assert moved != at_first and machines.machine("LPBF-1").endpoint == moved
    assert "is taken by another program" in capsys.readouterr().err


def test_a_site_is_opened_once_and_the_second_is_told_where_it_is(tmp_path):
    hold = "import sys; from pathlib import Path; from strate.web import preflight; "
    hold += "preflight.open_once(Path(sys.argv[1]), 8123); print('open', flush=True); sys.stdin.read()"
    open_house = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert open_house.stdout.readline() == b"open\n"
    assert "on port 8123" in sentence(preflight.open_once, tmp_path, 8124)
    open_house.communicate()
    preflight.open_once(tmp_path, 8124)


@pytest.mark.parametrize("words", [("checkup",), ("backup", "there.strate"), ("worker",)])
def test_a_folder_without_a_site_is_told_and_stays_as_it_was(tmp_path, words):
    done = Site(tmp_path / "home").strate(*words)
    assert done.returncode == 1 and "There is no site in" in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and not (tmp_path / "home").exists()


def test_a_printer_that_never_moves_is_no_printer(tmp_path):
    done = Site(tmp_path / "home").strate("run", "--demo", "--scale", "0")
    assert done.returncode == 2 and "--scale" in done.stderr


def test_a_database_that_does_not_answer_is_told_in_one_sentence(tmp_path):
    away = f"postgresql://nobody:x@127.0.0.1:{preflight.free_port()}/strate"
    done = Site(tmp_path / "home", STRATE_DATABASE_URL=away).strate("checkup")
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "The database cannot be used" in done.stderr
