"""What a campaign keeps is opened by those it concerns; whoever knows its digest opens nothing."""

import pytest
from django.test import Client

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import registry, store
from strate.workshop.attachments.models import Attachment
from strate.workshop.journal import clock, guard
from strate.workshop.people import roles
from strate.workshop.qualification.actions import evaluation, evidence, forgetting
from strate.workshop.qualification.models import Award, Notification
from tests.workshop.at_tablet import at_tablet, tablet, with_secrets
from tests.workshop.conftest import _person
from tests.workshop.qualification import jury_room as room
from tests.workshop.qualification.conftest import sign_and_begin
from tests.workshop.qualification.test_evaluation import with_projects

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db
adam = _person("adam", roles.AUDITOR)


def brought(by, content=b"compte rendu de nadia", name="rapport-amina.txt"):
    return attachments.receive(by=by, stored=store.keep(content, name, untouched=True)).digest


def who_opens(digest, *people):
    row = Attachment.objects.get(pk=digest)
    return [p.person.removeprefix("p-") for p in people if registry.opens(row, p)]


@pytest.fixture()
def piece(begun, amina):
    digest = brought(amina)
    asked = {"candidate": begun.number, "title": "Compte rendu", "targets": ["C3.M1"]}
    return evidence.add_evidence(by=amina, attachment=digest, **asked)


def test_a_piece_of_evidence_is_opened_by_the_candidate_and_the_commission(
    piece, amina, romain, bruno, elsa, hugo, ugo, victor, safia
):
    everybody = (amina, romain, bruno, elsa, hugo, ugo, victor, safia)
    assert who_opens(piece.attachment, *everybody) == ["amina", "romain"]


def test_once_withdrawn_it_is_opened_by_the_candidate_alone(piece, begun, amina, romain):
    evidence.withdraw_evidence(by=amina, candidate=begun.number, piece=piece.key)
    assert who_opens(piece.attachment, amina, romain) == ["amina"]


def test_once_forgotten_nobody_opens_it(piece, begun, amina, romain, safia):
    with guard.lifted():
        forgetting.forget_words([begun])
    assert who_opens(piece.attachment, amina, romain, safia) == []


def test_a_report_is_opened_by_the_centre_too_and_by_no_other_office(
    file, safia, victor, amina, romain, elsa, hugo, adam
):
    begun = sign_and_begin(with_projects(file, safia, days=2), safia, victor, amina)
    digest = brought(amina)
    evaluation.receive_report(by=amina, candidate=begun.number, title="Rapport de projet", attachment=digest)
    assert who_opens(digest, amina, romain, safia, elsa, hugo, adam) == ["amina", "romain", "safia"]


def test_a_digest_known_by_somebody_else_opens_nothing_through_the_window(piece, amina, bruno, at_tablet):
    address = f"/fichiers/{piece.attachment}"
    shown = at_tablet(amina).get(address)
    assert shown.status_code == 200 and shown["Cache-Control"] == "no-store"
    other = at_tablet(bruno)
    assert other.get(address).status_code == 404
    assert other.get(address, headers={"If-None-Match": f'"{piece.attachment}"'}).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_digest_known_by_somebody_else_is_not_taken_over(piece, begun, bruno, refused):
    with refused("no_such_file"):
        attachments.attach_received(by=bruno, digest=piece.attachment, about="lot:TI-1")
    assert who_opens(piece.attachment, bruno) == []


def test_naming_a_photo_of_the_hall_as_evidence_shuts_it_for_nobody(begun, amina, bruno, elsa):
    digest = brought(bruno, b"photo of the hall")
    asked = {"candidate": begun.number, "title": "Photo", "targets": ["C3.M1"]}
    evidence.add_evidence(by=amina, attachment=digest, **asked)
    assert who_opens(digest, elsa, bruno) == ["elsa", "bruno"]


def test_what_the_candidate_also_left_in_the_hall_is_seen_there_as_before(piece, amina, elsa):
    attachments.attach_received(by=amina, digest=piece.attachment, about="anomaly:A-1")
    assert who_opens(piece.attachment, elsa) == ["elsa"]


def test_the_name_of_a_kept_file_is_told_to_nobody(piece, begun, amina, bruno, at_tablet):
    from strate.workshop.attachments.plugs import _find

    found = _find(piece.attachment)
    assert found is not None and "amina" not in found.title


def test_letters_certificates_and_minutes_are_for_those_they_speak_of(bruno, adam):
    from strate.workshop.qualification.actions import answering, award, keeping

    with clock.at(room.DAY):
        nour = room.candidate("nour")
        keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
        jury = room.decided(nour)
        answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
        award.award_whole(by=room.centre(), candidate=nour.number)
        folder = keeping.archive(by=room.centre(), candidate=nour.number)
    everybody = (room.person("nour"), room.centre(), room.juror("rose"), bruno, adam)
    letter, made = Notification.objects.get().document, Award.objects.get().document
    assert who_opens(letter, *everybody) == who_opens(made, *everybody) == ["nour", "odile", "adam"]
    assert who_opens(folder.digest, *everybody) == ["odile", "adam"]
    minutes = type(jury).objects.get(pk=jury.pk).minutes.document
    assert who_opens(minutes, *everybody) == ["odile", "rose", "adam"]


def test_what_happened_to_a_file_is_told_to_those_it_concerns_and_to_no_colleague(
    begun, amina, bruno, at_tablet
):
    hers, his = at_tablet(amina), at_tablet(bruno)
    assert hers.get(f"/api/things/{begun.ref}/facts").status_code == 200
    assert his.get(f"/api/things/{begun.ref}/facts").status_code == 404
    assert "le recueil commence" in hers.get(f"/choses/{begun.ref}/").content.decode()
    words = his.get(f"/choses/{begun.ref}/").content.decode()
    assert "le recueil commence" not in words and "qu’aux personnes concernées" in words
