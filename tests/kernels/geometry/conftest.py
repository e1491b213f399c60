"""Real files for the geometry tests, when they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def layer_files() -> Path:
    """The folder of real layer files of the shared corpus."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
    folder = Path(os.environ.get("STRATE_TEST_CORPUS", beside)) / "layer-files"
    if not folder.is_dir():
        pytest.skip("the shared corpus of real files is absent (set STRATE_TEST_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def meshes() -> list[Path]:
    """The STL files of the shared corpus: beside the repository, or where STRATE_TEST_CORPUS says."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
    corpus = Path(os.environ.get("STRATE_TEST_CORPUS", beside))
    found = sorted(p for p in corpus.rglob("*") if p.suffix.lower() == ".stl")
    if not found:
        pytest.skip("the shared corpus of real files is absent (set STRATE_TEST_CORPUS)")
    return found
