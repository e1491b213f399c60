"""The token of the local gateway: made once, replaced when its file is lost, the lost one shut."""

from pathlib import Path

import pytest

from strate.web import processes
from strate.workshop.journal import clock
from strate.workshop.people import queries

pytestmark = pytest.mark.django_db


def test_a_lost_gateway_token_is_shut_when_another_is_made(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    path = processes.gateway_token(tmp_path)
    first = path.read_text()
    assert processes.gateway_token(tmp_path).read_text() == first
    path.unlink()
    second = processes.gateway_token(tmp_path).read_text()
    assert queries.live_token(first, at=clock.now()) is None
    assert queries.live_token(second, at=clock.now()) is not None
