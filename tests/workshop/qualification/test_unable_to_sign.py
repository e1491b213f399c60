"""A member present who can no longer sign: the minutes wait for the centre's rule, then for a dated statement."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from strate.workshop.journal import audit, clock
from strate.workshop.people import roles
from strate.workshop.qualification.actions import before_sitting, recording, ruling, unable
from strate.workshop.qualification.documents import papers
from strate.workshop.qualification.models import CandidateFile, Jury
from strate.workshop.qualification.queries import jury as queries
from tests.workshop.at_tablet import PIN, Signs, at_tablet, tablet, with_secrets
from tests.workshop.qualification import jury_room as room

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]
RULE = {"rule": "unsigned_minutes", "source": "Règlement du centre, art. 9", "origin": "house"}


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


@pytest.fixture()
def locked(db: None) -> Jury:
    """Everything is decided and locked; Théo has left for good before he signed."""
    room.enter_rules()
    nour = room.candidate("nour")
    jury = room.convened(nour)
    room.declared(jury)
    room.seated(jury)
    room.decide(jury, nour)
    recording.lock_minutes(by=room.juror("paul"), jury=jury.code)
    return queries.jury(jury.code)


def _sign(jury: Jury, *names: str) -> None:
    for name in names:
        recording.sign_minutes(by=room.juror(name), jury=jury.code, sha256=jury.minutes.sha256)


def _state(jury: Jury, *, by: str = "paul", of: str = "theo") -> None:
    who = room.centre() if by == "odile" else room.juror(by)
    unable.state_unable(by=who, jury=jury.code, person=f"p-{of}", reason="Hospitalisé")


def test_no_text_closes_minutes_without_a_signature_so_they_wait_for_a_rule_of_the_centre(
    locked: Jury, refused: Refusing
):
    _sign(locked, "paul", "rose", "sami")
    with refused("jury_rule_unknown"):
        _state(locked)
    ruling.enter_jury_rule(by=room.centre(), value="no", **RULE)
    with refused("minutes_need_every_signature"):
        _state(locked)
    assert queries.jury(locked.code).state == "deliberated"


def test_the_chair_states_it_and_the_minutes_close_saying_so_without_the_reason(
    locked: Jury, refused: Refusing
):
    ruling.enter_jury_rule(by=room.centre(), value="yes", **RULE)
    _sign(locked, "paul", "rose", "sami")
    with refused("only_the_chair"):
        _state(locked, by="rose")
    _state(locked)
    closed = queries.jury(locked.code)
    assert closed.state == "closed" and closed.minutes.document
    assert CandidateFile.objects.get().state == "decided"
    told = json.dumps(papers.minutes(closed, closed.minutes).told(), ensure_ascii=False)
    assert "Theo Essai" in told and "Hospitalisé" not in told
    with refused("jury_past_that_point"):
        _sign(closed, "theo")
    assert audit.verify_site().facts > 0


def test_whoever_comes_back_signs_after_all(locked: Jury):
    ruling.enter_jury_rule(by=room.centre(), value="yes", **RULE)
    _state(locked)
    _sign(locked, "theo", "paul", "rose")
    assert recording.missing_signatures(locked) == ["p-sami"]
    _sign(locked, "sami")
    closed = queries.jury(locked.code)
    assert closed.state == "closed" and not closed.seats.exclude(unable_at=None).exists()


def test_of_the_chair_the_centre_states_it_and_somebody_always_signs(locked: Jury, refused: Refusing):
    ruling.enter_jury_rule(by=room.centre(), value="yes", **RULE)
    for name in ("rose", "sami", "theo"):
        _state(locked, of=name)
    with refused("only_the_centre_for_the_chair", "minutes_signed_by_nobody"):
        _state(locked, of="paul")
    with refused("minutes_signed_by_nobody"):
        _state(locked, by="odile", of="paul")
    _sign(locked, "paul")
    assert queries.jury(locked.code).state == "closed"


def test_nobody_is_unable_before_the_minutes_nor_after_signing_nor_without_a_seat(
    db: None, refused: Refusing
):
    room.enter_rules()
    ruling.enter_jury_rule(by=room.centre(), value="yes", **RULE)
    nour = room.candidate("nour")
    jury = room.convened(nour)
    with refused("jury_past_that_point"):
        _state(jury)
    before_sitting.excuse_juror(by=room.centre(), jury=jury.code, person="p-theo", reason="Malade")
    before_sitting.replace_juror(
        by=room.centre(), jury=jury.code, excused="p-theo", seat=room.seats("uma")[0]
    )
    room.declared(jury)
    room.seated(jury)
    room.decide(jury, nour)
    recording.lock_minutes(by=room.juror("paul"), jury=jury.code)
    found = queries.jury(jury.code)
    _sign(found, "rose")
    with refused("minutes_signed_already"):
        _state(found, of="rose")
    with refused("no_such_juror"):
        _state(found, of="theo")


def test_the_page_says_who_lifts_it_then_lets_the_chair_state_it(locked: Jury, at_tablet: Signs):
    _sign(locked, "paul", "rose", "sami")
    url = f"/qualification/jurys/{locked.code}/"
    chair, centre = at_tablet(room.person("paul", roles.JUROR)), room.person("odile", roles.CENTRE)
    told = chair.get(url).content.decode()
    assert "Aucun texte ne donne la règle" in told and "empechement" not in told
    assert "regles/unsigned_minutes/" in at_tablet(centre).get(url).content.decode()
    ruling.enter_jury_rule(by=room.centre(), value="yes", **RULE)
    chair = at_tablet(room.person("paul", roles.JUROR))
    assert 'value="p-theo"' in chair.get(url).content.decode()
    form = {"command": "one-key", "person": "p-theo", "reason": "", "pin": PIN}
    assert chair.post(f"{url}empechement/", form).status_code == 200
    answer = chair.post(f"{url}empechement/", form | {"reason": "Hospitalisé"})
    assert answer.status_code == 302 and queries.jury(locked.code).state == "closed"
    assert "Présents, empêchés de signer" in chair.get(f"{url}pv/").content.decode()
