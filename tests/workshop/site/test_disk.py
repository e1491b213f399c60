"""A disk almost full is seen by those who can make room, while there is still some."""

from collections import namedtuple

import pytest

from strate.web import preflight
from strate.workshop.journal.actor import Actor
from strate.workshop.site import actions
from tests.workshop.at_tablet import Signs, at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]
Usage = namedtuple("Usage", "total used free")
WARNING = "Le disque des données est presque plein"


def test_an_administrator_sees_an_almost_full_disk_on_every_page_and_others_do_not(
    hugo: Actor, amina: Actor, at_tablet: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    his, hers = at_tablet(hugo), at_tablet(amina)
    assert WARNING not in his.get("/avis/").content.decode()
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _path: Usage(10**12, 92 * 10**10, 8 * 10**10))
    for page in ("/", "/avis/", "/sante/"):
        shown = his.get(page, headers={"accept": "text/html"}).content.decode()
        assert WARNING in shown and "74,5" in shown
    assert WARNING not in hers.get("/avis/").content.decode()


def test_the_site_decides_from_when_a_disk_is_almost_full(
    hugo: Actor, at_tablet: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _path: Usage(10**12, 92 * 10**10, 8 * 10**10))
    his = at_tablet(hugo)
    assert WARNING in his.get("/avis/").content.decode()
    actions.set_setting(by=hugo, key="disk_warning_percent", value=95)
    assert WARNING not in his.get("/avis/").content.decode()
