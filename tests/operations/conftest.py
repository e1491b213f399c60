"""A site with a few facts and a file, for the tests of those who run it."""

import hashlib
import shutil

import pytest

from tests import templates
from tests.operations.site import Site


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """Made once, with its backup beside it; each test takes copies."""
    folder = tmp_path_factory.mktemp("template")
    made = Site(folder / "home")
    templates.lay("empty", made.home)
    assert len(made.write(5)) == 5
    photo = b"a photo"
    digest = hashlib.sha256(photo).hexdigest()
    path = made.home / "files" / digest[:2] / digest
    path.parent.mkdir(parents=True)
    path.write_bytes(photo)
    return made


@pytest.fixture(scope="session")
def seen(template):
    """What is found on that site by whoever looks."""
    return template.look()


@pytest.fixture(scope="session")
def template_backup(template):
    path = template.home.parent / "site.strate"
    done = template.strate("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture()
def site(template, tmp_path):
    """Five facts, one file kept by its digest, its keys."""
    shutil.copytree(template.home, tmp_path / "home")
    return Site(tmp_path / "home")
