"""What a jury knows of people: handed over whole, kept from the day it sat, erased without touching a fact."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from strate.workshop.journal import audit, clock
from strate.workshop.people import actions as people
from strate.workshop.people import queries as people_queries
from strate.workshop.people import roles
from strate.workshop.qualification.actions import answering, award, before_sitting, recording
from strate.workshop.qualification.models import CandidateFile, Seat
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.queries import opening, personal
from strate.workshop.site import actions as site
from tests.workshop.conftest import signed
from tests.workshop.qualification import jury_room as room

pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]
ME = ("nour", roles.OPERATOR)


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


@pytest.fixture()
def disputed(db: None) -> CandidateFile:
    """Nour has her letter, and has disputed it."""
    nour = room.candidate("nour")
    jury = room.decided(nour, refused=("C3",))
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    answering.complain(by=room.person(*ME), jury=jury.code, candidate=nour.number, grounds="Grille non lue")
    return nour


def test_a_candidate_takes_away_what_the_jury_decided_and_what_they_disputed(disputed: CandidateFile):
    award.attest(by=room.centre(), candidate=disputed.number)
    by = room.person(*ME)
    kept = json.loads(people.export_person(by=by, person=by.person))["kept"]["qualification"]
    (mine,) = kept["candidate"]
    (jury,) = mine["juries"]
    assert [d["outcome"] for d in jury["decisions"]].count("validated") == 5
    assert (
        jury["letter"]["candidate"] == disputed.number
        and jury["complaints"][0]["grounds"] == "Grille non lue"
    )
    assert mine["certificates"][0]["credential"]["name"].startswith("Attestation interne")


def test_a_juror_takes_away_their_seats_and_the_voices_they_gave(disputed: CandidateFile):
    by = room.person("rose", roles.JUROR)
    kept = json.loads(people.export_person(by=by, person=by.person))["kept"]["qualification"]
    (seat,) = kept["juries"]
    assert seat["organisation"] == "Chambre B" and seat["voices"][disputed.number]["C3"] == "not_validated"


def test_words_are_kept_from_the_day_of_the_jury_and_while_a_complaint_is_open(disputed: CandidateFile):
    day = room.DAY.date()
    assert personal.outlived(day) == [], "the commission concluded earlier: the jury counts"
    assert personal.outlived(day + timedelta(days=1)) == [], "the complaint is not answered"
    told = {"complaint": disputed.cases.get().complaints.get().pk, "outcome": "rejected", "answer": "Lue."}
    answering.answer_complaint(by=signed(room.person("yann", roles.QUALITY)), **told)
    assert personal.outlived(day + timedelta(days=1)) == [disputed]


def test_erasing_a_candidate_and_a_juror_leaves_a_chain_that_still_holds(disputed: CandidateFile):
    told = {"complaint": disputed.cases.get().complaints.get().pk, "outcome": "rejected", "answer": "Lue."}
    answering.answer_complaint(by=signed(room.person("yann", roles.QUALITY)), **told)
    hugo = room.person("hugo", roles.ADMIN)
    for person in ("p-nour", "p-rose"):
        people.deactivate(by=hugo, person=person)
        people.erase(by=signed(hugo), person=person, reason="Demande écrite")
    assert disputed.cases.get().complaints.get().grounds == ""
    assert Seat.objects.get(person="p-rose").ties == {} and audit.verify_site().facts > 0


def test_why_a_juror_was_excused_never_stands_in_the_minutes(db: None):
    room.enter_rules()
    nour = room.candidate("nour")
    jury = room.convened(nour)
    before_sitting.excuse_juror(by=room.centre(), jury=jury.code, person="p-theo", reason="Malade")
    new = room.seats("uma")[0]
    before_sitting.replace_juror(by=room.centre(), jury=jury.code, excused="p-theo", seat=new)
    room.declared(jury)
    room.seated(jury)
    room.decide(jury, nour)
    room.closed(jury)
    told = json.dumps(queries.minutes(jury).content, ensure_ascii=False)
    assert "Théo" not in told and "p-theo" in told and "Malade" not in told


def test_a_juror_of_another_jury_does_not_lock_these_minutes(db: None, refused: Refusing):
    room.enter_rules()
    nour = room.candidate("nour")
    jury = room.convened(nour)
    room.declared(jury)
    room.seated(jury)
    room.decide(jury, nour)
    with refused("no_such_juror"):
        recording.lock_minutes(by=room.juror("uma"), jury=jury.code)


def test_who_leads_the_candidate_does_not_answer_their_complaint(disputed: CandidateFile, refused: Refusing):
    chief = room.person("irma", roles.SHIFT_LEADER, roles.QUALITY)
    people.new_team(by=chief, code="nuit", title="Nuit")
    for person in ("p-nour", "p-irma"):
        people.join_team(by=chief, person=person, team="nuit")
    told = {"complaint": disputed.cases.get().complaints.get().pk, "outcome": "rejected", "answer": "Lue."}
    with refused("reviewer_not_independent"):
        answering.answer_complaint(by=signed(chief), **told)


def test_nobody_is_erased_while_a_file_or_a_jury_needs_their_name(db: None, refused: Refusing):
    room.enter_rules()
    nour = room.candidate("nour")
    jury = room.convened(nour)
    hugo = room.person("hugo", roles.ADMIN)
    for person, reason in (("p-nour", "name_needed_by_a_file"), ("p-rose", "name_needed_by_a_jury")):
        people.deactivate(by=hugo, person=person)
        with refused(reason):
            people.erase(by=signed(hugo), person=person, reason="Demande écrite")
    before_sitting.call_off_jury(by=room.centre(), jury=jury.code, reason="Report")
    people.erase(by=signed(hugo), person="p-rose", reason="Demande écrite")


def test_names_in_the_papers_of_a_jury_go_when_the_time_of_the_site_has_come(
    disputed: CandidateFile, refused: Refusing
):
    hugo = signed(room.person("hugo", roles.ADMIN))
    told = {"complaint": disputed.cases.get().complaints.get().pk, "outcome": "rejected", "answer": "Lue."}
    answering.answer_complaint(by=signed(room.person("yann", roles.QUALITY)), **told)
    with clock.at(room.DAY + timedelta(days=4000)):
        with refused("kept_without_end"):
            people.purge(by=hugo, retention="jury_names")
        site.set_setting(by=hugo, key="keep_jury_names_days", value="3650")
        assert people.purge(by=hugo, retention="jury_names") == 1
    jury = disputed.cases.get().jury
    letter = disputed.cases.get().notification
    minutes = json.dumps(jury.minutes.content, ensure_ascii=False)
    assert "Essai" not in minutes.replace("Centre d’essai", "") and "p-nour" in minutes
    assert letter.content["name"] == disputed.number and len(jury.minutes.sha256) == 64
    assert opening.shut(letter.document) and opening.shut(jury.minutes.document)
    assert audit.verify_site().facts > 0


def test_the_name_on_a_certificate_has_its_own_time_and_the_credential_stays(
    disputed: CandidateFile, django_assert_max_num_queries: Callable[..., AbstractContextManager[None]]
):
    made = award.attest(by=room.centre(), candidate=disputed.number)
    told = {"complaint": disputed.cases.get().complaints.get().pk, "outcome": "rejected", "answer": "Lue."}
    answering.answer_complaint(by=signed(room.person("yann", roles.QUALITY)), **told)
    hugo = signed(room.person("hugo", roles.ADMIN))
    site.set_setting(by=hugo, key="keep_certificate_names_days", value="3650")
    with clock.at(room.DAY + timedelta(days=4000)):
        assert people.purge(by=hugo, retention="certificate_names") == 1
    letter = disputed.cases.get().notification.document
    with django_assert_max_num_queries(5):
        assert opening.shut_among([made.document, letter, "0" * 64]) == {made.document}
    made.refresh_from_db()
    name = people_queries.name_of(disputed.person)
    assert made.credential and name not in json.dumps(made.credential, ensure_ascii=False)
