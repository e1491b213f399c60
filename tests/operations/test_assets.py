"""The viewers are bundled at set-up, once, and weigh what a tablet can fetch over poor Wi-Fi."""

import gzip
import re
import shutil
from pathlib import Path

import pytest

from tools import assets

MOST_PACKED_BYTES = {"part": 200_000, "layers": 12_000}


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not assets.BUNDLER.exists():
        pytest.fail("node_modules is missing: make test installs it")
    target = tmp_path_factory.mktemp("islands")
    assets.bundle(target)
    return target


def test_each_island_is_one_file_and_its_packed_twin(bundled: Path) -> None:
    for name, most in MOST_PACKED_BYTES.items():
        whole, packed = (bundled / f"{name}.js").read_bytes(), (bundled / f"{name}.js.gz").read_bytes()
        assert gzip.decompress(packed) == whole and len(packed) < most
        assert not re.search(rb"\bfrom\s*[\"'](?!data:)", whole), "it would ask for another file"
        assert b"start" in whole.rpartition(b"export")[2]


def test_the_layer_viewer_does_without_three(bundled: Path) -> None:
    assert b"WebGLRenderer" in (bundled / "part.js").read_bytes()
    assert b"WebGL" not in (bundled / "layers.js").read_bytes()


def test_nothing_is_bundled_twice_and_a_changed_island_is(bundled: Path, tmp_path: Path) -> None:
    assert assets.is_bundled(bundled)
    copy = shutil.copytree(assets.SOURCES, tmp_path / "islands")
    assert assets.stamp_of(copy) == assets.stamp_of()
    (copy / "layers.js").write_text("export const start = () => {};")
    assert assets.stamp_of(copy) != assets.stamp_of()
    (bundled / ".stamp").write_text("another day")
    assert not assets.is_bundled(bundled)


def test_an_island_speaks_no_language_and_calls_nobody_else() -> None:
    """Sentences come from the page, in the language of the reader; bytes come from this site."""
    for path in assets.SOURCES.rglob("*.js"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"https?://|//cdn", text), path.name
        said = re.findall(r"textContent = [\"'`]([A-Za-zÀ-ÿ]{3,} [^\"'`$]*)", text)
        assert said == [], path.name
