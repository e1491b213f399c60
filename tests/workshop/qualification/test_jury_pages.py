"""The jury on a shared screen: each signs for themselves, nobody else reads its papers, downloads open."""

import re
from collections.abc import Iterator

import pytest

from strate.workshop.journal import clock, guard
from strate.workshop.journal import queries as journal
from strate.workshop.people import actions as people
from strate.workshop.people import roles
from strate.workshop.qualification.actions import answering, award, keeping, recording
from strate.workshop.qualification.models import CompanyOpinion, Seat
from strate.workshop.qualification.queries import jury as queries
from tests.workshop.at_tablet import PIN, Signs, at_tablet, tablet, with_secrets
from tests.workshop.qualification import jury_room as room

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


def test_a_signature_is_never_taken_for_that_of_somebody_else_on_the_same_screen(at_tablet: Signs):
    nour = room.candidate("nour")
    jury = room.convened(nour)
    form = {"command": "the-same-key", nour.number: "none", "pin": PIN}
    for name, status in (("paul", 302), ("rose", 409)):
        client = at_tablet(room.person(name, roles.JUROR))
        answer = client.post(f"/qualification/jurys/{jury.code}/declarer/", form)
        assert answer.status_code == status
    declared = Seat.objects.exclude(declared_at=None).values_list("person", flat=True)
    assert list(declared) == ["p-paul"]


def test_the_papers_of_a_jury_are_for_those_who_sit_and_for_the_centre(at_tablet: Signs):
    jury = room.convened(room.candidate("nour"))
    for who, status in ((room.person("rose", roles.JUROR), 200), (room.person("zoe", roles.QUALITY), 404)):
        client = at_tablet(who)
        assert client.get(f"/qualification/jurys/{jury.code}/").status_code == status
        assert client.get(f"/qualification/jurys/{jury.code}/emargement/").status_code == status


def test_a_candidate_takes_their_own_certificate_and_nobody_elses(at_tablet: Signs):
    nour = room.candidate("nour")
    room.decided(nour)
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    made = award.award_whole(by=room.centre(), candidate=nour.number)
    mine = at_tablet(room.person("nour", roles.OPERATOR))
    assert mine.get(f"/qualification/certificats/{made.number}/fichier/json/").json() == made.credential
    other = at_tablet(room.person("lena", roles.OPERATOR))
    assert other.get(f"/qualification/certificats/{made.number}/fichier/pdf/").status_code == 404
    assert other.get("/qualification/retraits/centre.json").status_code == 200


def test_the_rules_are_read_in_the_language_of_the_reader(at_tablet: Signs):
    centre = room.person("odile", roles.CENTRE)
    client = at_tablet(centre)
    assert "Autant de membres employeurs" in client.get("/qualification/jurys/regles/").content.decode()
    people.choose_language(by=centre, language="en")
    said = client.get("/qualification/jurys/regles/").content.decode()
    assert "As many employer members as union members" in said and "Parity: yes" in said
    assert "Autant de membres employeurs" not in said


def test_minutes_say_in_words_what_was_corrected(at_tablet: Signs):
    jury = room.decided(room.candidate("nour"))
    told = {"place": "members/2/name", "after": "Rose Autre", "reason": "Nom d’usage"}
    recording.rectify(by=room.centre(), jury=jury.code, **told)
    page = at_tablet(room.person("odile", roles.CENTRE)).get(f"/qualification/jurys/{jury.code}/pv/")
    assert "Membre · 2 · Nom" in page.content.decode() and "members/2" not in page.content.decode()


def test_tables_for_a_spreadsheet_name_candidates_by_their_number(at_tablet: Signs):
    nour = room.candidate("nour")
    jury = room.decided(nour)
    client = at_tablet(room.person("odile", roles.CENTRE))
    text = client.get("/qualification/tableaux/decisions.csv").getvalue().decode("utf-8-sig")
    assert nour.number in text and "Nour" not in text
    assert text.count(queries.jury(jury.code).code) == 6


def test_the_receipt_of_the_papers_by_the_technical_group_is_noted_once_by_the_centre(at_tablet: Signs):
    nour = room.candidate("nour")
    jury = room.decided(nour)
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    page = f"/qualification/jurys/{jury.code}/"
    receipt = {"on": room.DAY.date().isoformat(), "received_by": "Secrétariat fictif"}
    client = at_tablet(room.centre())
    early = client.post(page + "geste/recu/", {"command": "r-0", **receipt})
    assert early.status_code == 409 and "pas encore été envoyés" in early.content.decode()
    answering.transmit(by=room.centre(), jury=jury.code)
    before = {**receipt, "on": "2026-06-14"}
    assert client.post(page + "geste/recu/", {"command": "r-1", **before}).status_code == 409
    assert "Noter la réception" in client.get(page).content.decode()
    assert client.post(page + "geste/recu/", {"command": "r-2", **receipt}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Reçus par le groupe technique le" in shown and "Secrétariat fictif" in shown
    assert "Noter la réception" not in shown
    assert "Secrétariat" not in journal.last().envelope
    assert client.post(page + "geste/recu/", {"command": "r-3", **receipt}).status_code == 409
    asked = {"on": room.DAY.date().isoformat(), "control": "remarks", "words": ""}
    assert client.post(page + "geste/controle/", {"command": "r-4", **asked}).status_code == 409
    asked["words"] = "Feuille d’émargement à joindre"
    assert client.post(page + "geste/controle/", {"command": "r-5", **asked}).status_code == 302
    shown = client.get(page).content.decode()
    assert "remarques adressées au jury" in shown and "Feuille d’émargement à joindre" in shown
    assert "Feuille" not in journal.last().envelope
    assert client.post(page + "geste/controle/", {"command": "r-6", **asked}).status_code == 409


def test_every_link_of_a_closed_jury_opens_and_the_opinion_is_told_in_words(at_tablet: Signs):
    nour = room.candidate("nour")
    with guard.lifted():
        told = {"A1": {"opinion": "favourable", "text": ""}}
        CompanyOpinion.objects.create(
            file=nour, by="p-odile", capacity="tutor", activities=told, at=room.DAY, event="e"
        )
    jury = room.decided(nour, refused=("C3",))
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    answering.transmit(by=room.centre(), jury=jury.code)
    client = at_tablet(room.centre())
    page = client.get(f"/qualification/jurys/{jury.code}/").content.decode()
    links = set(re.findall(r'href="(/qualification/[^"]+)"', page.partition("<main")[2]))
    assert any(each.endswith("/lettre/") for each in links)
    assert {each: client.get(each).status_code for each in links} == dict.fromkeys(links, 200)
    read = client.get(f"/qualification/jurys/{jury.code}/deliberer/{nour.number}/").content.decode()
    assert "La préparation de production" in read and "Favorable" in read


def test_a_block_is_offered_only_by_its_own_file_and_says_what_stands_in_its_way(at_tablet: Signs):
    nour = room.candidate("nour", block=room.reference().blocks.get(name="B1").block)
    room.decided(nour)
    page = (
        at_tablet(room.centre()).get(f"/qualification/dossiers/{nour.number}/attribution/").content.decode()
    )
    assert "La préparation de production" in page and "dépoudrage" not in page
    assert "RNCP" in page and "Délivrer le bloc" not in page and "conservée jusqu’au 15/06/2028" in page
