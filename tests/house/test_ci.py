"""Continuous integration runs the README's command, and fails when anything fails."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.reading import ROOT


@pytest.mark.parametrize(("recipe", "passes"), [("true", True), ("false", False), ("false\n\ttrue", False)])
def test_ci_fails_when_a_test_fails(tmp_path, recipe, passes):
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "Makefile").write_text(f"test:\n\t{recipe}\n")
    done = subprocess.run([tmp_path / ".ci/run"], capture_output=True)
    assert (done.returncode == 0) is passes


def test_every_test_stands_in_a_row_of_make_test():
    """Each row names its folders: a browser or a foreign server used elsewhere would never be started."""
    makefile = (ROOT / "Makefile").read_text()
    rows = {
        name: re.search(rf"^{name} = (.*)$", makefile, re.M)[1].split()
        for name in ("ROOMS", "MACHINES", "BROWSERS")
    }
    everywhere = {
        f"tests/{each.parent.relative_to(ROOT / 'tests').parts[0]}"
        for each in ROOT.glob("tests/*/**/test_*.py")
    }
    assert everywhere == {"tests/house", *rows["ROOMS"], *rows["BROWSERS"]}
    for path in ROOT.glob("tests/*/**/test_*.py"):
        for mark, row in (("peer", "MACHINES"), ("journey", "BROWSERS")):
            if re.search(rf"^(pytestmark = |@)pytest\.mark\.{mark}\b", path.read_text(), re.M):
                assert f"tests/{path.relative_to(ROOT / 'tests').parts[0]}" in rows[row], path


def test_no_recipe_shrugs_off_a_failure():
    for line in (ROOT / "Makefile").read_text().splitlines():
        assert not re.search(r"^\t@?-|\|\| *(true|:)\b|; *true\b", line), line


def test_the_checks_stop_at_the_first_that_fails(tmp_path):
    """The output of the contracts goes through `tail`: their failure must still be heard."""
    house = tmp_path / "house"
    (house / ".venv/bin").mkdir(parents=True)
    (house / "tools").mkdir()
    shutil.copy(ROOT / "tools/check.sh", house / "tools/check.sh")
    for name in ("python", "ruff", "mypy", "lint-imports"):
        program = house / ".venv/bin" / name
        program.write_text(f"#!/bin/sh\nexit {1 if name == 'lint-imports' else 0}\n")
        program.chmod(0o755)
    assert subprocess.run([house / "tools/check.sh"], capture_output=True).returncode == 1
    (house / ".venv/bin/lint-imports").write_text("#!/bin/sh\nexit 0\n")
    assert subprocess.run([house / "tools/check.sh"], capture_output=True).returncode == 0


def test_the_server_of_the_tests_hands_back_what_its_command_returned():
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed")
    done = subprocess.run([ROOT / "tools/with-postgresql.sh", "sh", "-c", "exit 7"], capture_output=True)
    assert done.returncode == 7, done.stderr
