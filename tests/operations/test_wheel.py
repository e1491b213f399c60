"""The package that is built holds all that runs: pages, French, typefaces, drawings, the engine in C."""

import re
import subprocess
import sys
import zipfile

import pytest

from tests.operations.site import ROOT

pytestmark = pytest.mark.peer


def _tracked() -> list[str]:
    told = subprocess.run(
        ["git", "ls-files", "src/strate"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in told.stdout.splitlines() if (ROOT / name).exists()]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the wheel holds, built from a copy of the tree so that the tree stays as it is."""
    copy, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in [*_tracked(), "pyproject.toml", "setup.py", "README.md", "LICENSE"]:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    for made in [*ROOT.glob("src/strate/**/*.mo"), *ROOT.glob("src/strate/web/static/vendor/**/*")]:
        if made.is_file():
            place = copy / made.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(made.read_bytes())
    words = ["-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(out), str(copy)]
    built = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [wheel] = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


def test_every_file_of_the_program_is_in_the_wheel(held: set[str]) -> None:
    wanted = {name.removeprefix("src/") for name in _tracked()}
    # Sources of the catalogues, of the engine and of the scripts, and their pages, are for those who build.
    sources = (".po", ".c", ".h", ".md")
    wanted = {n for n in wanted if not n.endswith(sources) and not n.startswith("strate/web/islands/")}
    assert sorted(wanted - held) == []


def test_the_words_in_french_and_the_engine_are_in_the_wheel(held: set[str]) -> None:
    catalogues = [name for name in held if name.endswith("locale/fr/LC_MESSAGES/django.mo")]
    sources = [name for name in _tracked() if name.endswith("locale/fr/LC_MESSAGES/django.po")]
    assert len(catalogues) == len(sources) > 20
    assert [name for name in held if re.search(r"kernels/geometry/native/.*\.so$", name)]
    assert any(name.startswith("strate/web/static/vendor/") for name in held)
