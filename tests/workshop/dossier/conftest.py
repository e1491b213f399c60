"""One production played for all the tests of a run; each test starts from there and leaves no trace."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from strate.workshop.dossier import actions
from strate.workshop.dossier.models import Dossier
from tests.workshop.dossier import shop as play
from tests.workshop.kept import Kept

PRODUCED = Kept(lambda: deepcopy(play.produced(play.furnished())))


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[play.Shop]:
    """A transaction around the whole file: what the tests themselves write is undone before it."""
    with django_db_blocker.unblock(), translation.override("fr"):
        whole = transaction.atomic()
        whole.__enter__()
        try:
            yield deepcopy(PRODUCED.again())
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@pytest.fixture()
def shop(played: play.Shop, db: None) -> play.Shop:
    """Everything made, closed and handed over; nothing sealed."""
    return played


@pytest.fixture()
def sealed(shop: play.Shop) -> Dossier:
    return actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=True)


@pytest.fixture()
def filed(sealed: Dossier) -> Dossier:
    return actions.file_away(dossier=sealed.code)


@pytest.fixture()
def copies(filed: Dossier, tmp_path: Path) -> list[Path]:
    """The PDF and the bundle, as they are handed over."""
    return actions.copy_to(filed, tmp_path)
