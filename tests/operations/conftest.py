"""A site with a few facts and a file, for the tests of those who run it."""

import hashlib

import pytest

from tests.operations.site import Site


@pytest.fixture()
def site(tmp_path):
    """Five facts, one file kept by its digest, its keys."""
    made = Site(tmp_path / "home")
    done = made.strate("migrate")
    assert done.returncode == 0, done.stderr
    assert len(made.write(5)) == 5
    photo = b"a photo"
    digest = hashlib.sha256(photo).hexdigest()
    path = made.home / "files" / digest[:2] / digest
    path.parent.mkdir(parents=True)
    path.write_bytes(photo)
    return made
