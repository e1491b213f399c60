"""Files, evidence, grids and synthesis by hand, in French; each sees what concerns them and nothing else."""

from uuid import uuid4

import pytest

from strate.workshop.journal import clock
from strate.workshop.qualification.actions import evaluation, members, questions
from strate.workshop.qualification.models import CandidateFile, Grid
from strate.workshop.qualification.queries import files
from tests.workshop.people.conftest import PIN, badge_in, tablet, with_secrets
from tests.workshop.qualification.conftest import CODE, every_line, sign_and_begin
from tests.workshop.qualification.test_evaluation import sent, with_projects
from tests.workshop.qualification.test_evidence import maintained, real
from tests.workshop.qualification.test_grids import concluded, everything_signed

__all__ = ["real", "tablet", "with_secrets"]


@pytest.fixture()
def at_desk(tablet, with_secrets):
    """`at_desk(amina)`: a browser in which this person has signed in."""

    def sign(by):
        with_secrets(by)
        client = tablet(f"desk-{by.person}")
        badge_in(client, f"B-{by.person.removeprefix('p-')}")
        return client

    return sign


def send(client, url, **typed):
    return client.post(url, {"command": str(uuid4()), **typed})


def base(file):
    return f"/qualification/dossiers/{file.number}/"


def text(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_centre_prepares_a_whole_file_by_hand(cqpm, safia, victor, romain, thea, amina, at_desk):
    centre = at_desk(safia)
    assert "Inscrire un candidat" in text(centre, "/qualification/")
    registered = {"person": amina.person, "wanted": CODE, "status": "employee", "centre": "UIMM fictive"}
    company = {"company": "Atelier", "company_person": victor.person, "company_capacity": "tutor"}
    answer = send(centre, "/qualification/dossiers/nouveau/", **registered, **company)
    file = CandidateFile.objects.get()
    assert answer.url == base(file)
    framed = {
        "place": "Hall",
        "place_kind": "company",
        "evaluation_from": "2026-11-23",
        "evaluation_to": "2026-12-18",
    }
    assert send(centre, base(file) + "cadre/", **framed, **company).status_code == 302
    typed = {f"mode-{c.id}": "MOD1" for c in files.competences(file)}
    for item in files.conditional(file):
        typed |= {f"applies-{item.id}": "yes", f"reason-{item.id}": "Atelier métal"}
    assert send(centre, base(file) + "modalites/", **typed).status_code == 302
    for one in (romain, thea):
        member = {"person": one.person, "qualified_by": "Dix ans d'atelier"}
        assert send(centre, base(file) + "commission/", **member).status_code == 302
    assert "Signer le dossier" in text(centre, base(file))
    assert send(centre, base(file) + "signer/", pin=PIN).status_code == 302
    assert send(at_desk(victor), base(file) + "signer/", pin=PIN).status_code == 302
    hers = at_desk(amina)
    assert "Comment les preuves sont recueillies" in text(hers, base(file))
    assert send(hers, base(file) + "informe/", pin=PIN).url == base(file) + "preuves/"
    assert files.file(file.number).state == "collecting"


def test_an_undecided_line_keeps_what_was_typed_and_says_what_is_missing(file, safia, at_desk):
    centre = at_desk(safia)
    answer = send(centre, base(file) + "modalites/", **{"mode-C1": "MOD2", "applies-C2.O2": "no"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Dites pourquoi C2.O2" in page
    assert 'value="MOD2" checked' in page.replace("\n", " ")


def test_for_anybody_else_a_file_does_not_exist(begun, chloe, hugo, elsa, ugo, at_desk):
    for stranger in (chloe, hugo, elsa, ugo):
        browser = at_desk(stranger)
        for page in (
            "",
            "preuves/",
            "grilles/",
            "grilles/C1/",
            "questions/",
            "rapport/",
            "avis/",
            "synthese/",
        ):
            assert browser.get(base(begun) + page).status_code == 404


def test_the_company_sees_its_opinion_and_neither_evidence_nor_grids(begun, victor, at_desk):
    tutor = at_desk(victor)
    assert "La préparation de production" in text(tutor, base(begun) + "avis/")
    for page in ("preuves/", "grilles/", "grilles/C1/", "synthese/"):
        assert tutor.get(base(begun) + page).status_code == 404
    given = {"opinion-A1": "favourable", "opinion-A2": "with_reservations"}
    refused = send(tutor, base(begun) + "avis/", pin=PIN, **given)
    assert refused.status_code == 409
    assert "Activité A2" in refused.content.decode()
    given["text-A2"] = "Dépoudrage à revoir"
    assert send(tutor, base(begun) + "avis/", pin=PIN, **given).status_code == 302
    assert "Dépoudrage à revoir" in text(tutor, base(begun) + "avis/")


def test_the_candidate_sees_comments_and_withdraws_in_their_own_space(begun, real, amina, romain, at_desk):
    event, hers = maintained(amina, real), at_desk(amina)
    page = base(begun) + "preuves/?c=C3"
    assert "écriture vérifiée" in text(hers, page)
    assert send(hers, page, verb="comment", piece=event, comment="Seule ce jour-là").status_code == 302
    assert "Seule ce jour-là" in text(at_desk(romain), page)
    assert send(hers, page, verb="withdraw", piece=event).status_code == 302
    assert "Vous avez retiré cette preuve" in text(hers, page)
    assert "Seule ce jour-là" not in text(at_desk(romain), page)
    assert "Ajouter une preuve" in text(hers, base(begun) + "preuves/ajouter/?t=C1.E1")
    added = {"title": "Photo du tri", "targets": ["C1.E1", "C3.E1"], "comment": "Vu avec le tuteur"}
    assert send(hers, base(begun) + "preuves/ajouter/", **added).status_code == 302
    assert "Photo du tri" in text(hers, base(begun) + "preuves/?c=C1")
    assert "Mon entraînement" in text(hers, "/qualification/entrainement/")


def typed_grid(file, competence, **more):
    rows = every_line(file, competence)
    fields = {f"finding-{t}": r["finding"] for t, r in rows.items()}
    return fields | {f"text-{t}": r["text"] for t, r in rows.items()} | more


def test_a_grid_is_filled_kept_and_signed_by_hand(begun, real, amina, romain, at_desk):
    maintained(amina, real)
    assessor, page = at_desk(romain), base(begun) + "grilles/C3/"
    shown = text(assessor, page)
    assert "0 lignes sur 9 ont un constat" in shown
    assert "checked" not in shown
    assert "Méthodes utilisées" in shown and "1 preuve" in shown
    assert send(assessor, page, basis="0", **{"finding-C3.M1": "proved"}).status_code == 302
    assert "1 lignes sur 9" in text(assessor, page)
    refused = send(assessor, page, basis="1", then="sign", pin=PIN, **{"finding-C3.M1": "proved"})
    assert refused.status_code == 409
    assert "Lignes sans constat" in refused.content.decode()
    version = Grid.objects.get().version
    done = send(assessor, page, basis=version, then="sign", pin=PIN, **typed_grid(begun, "C3"))
    assert done.url == base(begun) + "grilles/"
    assert "Vous avez signé cette grille" in text(assessor, page)


def test_a_grid_changed_on_another_tablet_stays_on_the_screen_as_typed(begun, romain, at_desk):
    assessor, page = at_desk(romain), base(begun) + "grilles/C1/"
    send(assessor, page, basis="0", **{"text-C1.M1": "premier"})
    other = send(assessor, page, basis="0", **{"text-C1.M1": "second"})
    assert other.status_code == 409
    shown = other.content.decode()
    assert "modifiée sur une autre tablette" in shown and "second" in shown
    assert 'name="basis" value="0"' in shown.replace("\n", " ")
    assert send(assessor, page, basis="0", **{"text-C1.M1": "second"}).status_code == 409
    assert send(assessor, page, basis="0", over="yes", **{"text-C1.M1": "second"}).status_code == 302


def test_a_grid_signed_on_another_tablet_shows_what_was_signed_and_what_was_typed_here(
    begun, romain, at_desk
):
    assessor, page = at_desk(romain), base(begun) + "grilles/C3/"
    send(assessor, page, basis="0", then="sign", pin=PIN, **typed_grid(begun, "C3"))
    lost = typed_grid(begun, "C3") | {"finding-C3.M1": "not_observed", "text-C3.M1": "vu ailleurs"}
    answer = send(assessor, page, basis="0", then="sign", pin=PIN, **lost)
    assert answer.status_code == 409
    shown = " ".join(answer.content.decode().split())
    assert "Ce que cette tablette avait saisi" in shown and "vu ailleurs" in shown
    assert 'name="finding-C3.M1" value="observed" checked disabled' in shown
    assert Grid.objects.get().rows.get(target="C3.M1").text == "Vu le 23 pour C3.M1"


def test_a_piece_cited_long_ago_stays_cited_and_every_piece_can_be_read_beside_its_line(
    begun, real, amina, romain, at_desk
):
    assessor, page = at_desk(romain), base(begun) + "grilles/C3/"
    old = maintained(amina, real)
    send(assessor, page, basis="0", **{"finding-C3.M1": "proved", "evidence-C3.M1": old})
    for _ in range(9):
        maintained(amina, real)
    shown = " ".join(text(assessor, page).split())
    assert f'value="{old}" checked' in shown and "10 preuves" in shown
    assert text(assessor, page + "?tout=C3.O1").count("evidence-C3.O1-10") == 2


def test_the_wrong_pin_keeps_the_grid_and_signs_nothing(begun, romain, at_desk):
    assessor, page = at_desk(romain), base(begun) + "grilles/C3/"
    answer = send(assessor, page, basis="0", then="sign", pin="000001", **typed_grid(begun, "C3"))
    assert answer.status_code == 409
    grid = Grid.objects.get()
    assert (grid.state, grid.rows.count()) == ("draft", 9)


def test_a_grid_sent_after_the_synthesis_is_said_to_be_late(of_a_block, romain, thea, victor, at_desk):
    file = concluded(of_a_block, victor, romain, thea)
    assessor, page = at_desk(thea), base(file) + "grilles/C2/"
    assert "Vous avez signé" in text(assessor, page)
    assert send(assessor, page, basis="2", **{"text-C2.M1": "retour du réseau"}).status_code == 302
    assert "Brouillons tardifs" in text(assessor, base(file) + "grilles/")
    assert "Brouillon tardif de" in text(assessor, base(file) + "synthese/")


def test_whoever_left_the_commission_reads_nothing_more_of_the_candidate(
    begun, real, amina, safia, thea, at_desk
):
    maintained(amina, real)
    send(at_desk(thea), base(begun) + "grilles/C3/", basis="0", **{"text-C3.M1": "mes mots"})
    members.release_member(by=safia, candidate=begun.number, person=thea.person, reason="Départ")
    browser = at_desk(thea)
    for page in ("", "preuves/", "questions/", "avis/", "synthese/", "preuves/critere/C3.M1/"):
        assert browser.get(base(begun) + page).status_code == 404
    assert begun.number not in text(browser, "/qualification/")
    own = text(browser, base(begun) + "grilles/C3/")
    assert "mes mots" in own and "écriture vérifiée" not in own


def test_questions_are_asked_from_the_bank_and_their_answers_written(begun, safia, thea, romain, at_desk):
    questions.load_examples(by=safia, reference=CODE)
    questions.approve_question(by=thea, question="ex-b2-n4-1")
    assessor, page = at_desk(romain), base(begun) + "questions/"
    assert "0 connaissances questionnées sur 11" in text(assessor, page)
    given = {"question": "ex-b2-n4-1", "answer": "28 kg et 12 kg", "verdict": "known"}
    assert send(assessor, page, **given).status_code == 302
    assert "28 kg et 12 kg" in text(assessor, page)
    assert send(assessor, page, answer="Oui", verdict="known").status_code == 422
    assert "Approuver" in text(at_desk(safia), f"/qualification/questions/{CODE}/")


def test_a_late_report_waits_for_the_centre(file, safia, victor, amina, romain, at_desk):
    begun = sign_and_begin(with_projects(file, safia, hours=2), safia, victor, amina)
    page = base(begun) + "rapport/"
    assert "Envoyer, contre accusé" in text(at_desk(amina), page)
    with clock.at(begun.report_due + (begun.report_due - begun.report_due).__class__(minutes=1)):
        row = evaluation.receive_report(
            by=amina, candidate=begun.number, title="Tardif", attachment=sent(amina)
        )
    centre = at_desk(safia)
    assert "reçu en retard" in text(centre, page)
    decided = {"receipt": row.receipt, "accepted": "yes", "reason": "Panne"}
    assert send(centre, page, **decided).status_code == 302
    assert "pris en compte" in text(at_desk(romain), page)
    held = {"competences": ["C5"], "members": [romain.person], "held_on": "2026-11-23"}
    assert send(at_desk(romain), base(begun) + "presentation/", **held).status_code == 409


def test_the_synthesis_shows_the_grids_once_all_are_signed(of_a_block, romain, thea, victor, at_desk):
    everything_signed(of_a_block, romain)
    page = base(of_a_block) + "synthese/"
    assert "Vu le 23" not in text(at_desk(thea), page)
    everything_signed(of_a_block, thea)
    assert "Vu le 23" in text(at_desk(thea), page)
    refused = send(at_desk(thea), page, competence="C1", outcome="proposed_acquired")
    assert "L’entreprise n’a pas donné son avis" in refused.content.decode()


def test_among_thousands_a_person_is_named_and_a_file_is_searched(
    cqpm, safia, amina, victor, at_desk, monkeypatch
):
    from strate.workshop.qualification.forms import candidate as forms

    monkeypatch.setattr(forms, "MOST_LISTED", 0)
    centre, page = at_desk(safia), "/qualification/dossiers/nouveau/"
    assert "Badge, compte ou nom complet" in text(centre, page)
    given = {"wanted": CODE, "status": "employee", "centre": "UIMM fictive", "company_person": "Victor Essai"}
    assert send(centre, page, person="Personne Inconnue", **given).status_code == 422
    assert send(centre, page, person="Amina Essai", **given).status_code == 302
    file = CandidateFile.objects.get()
    assert (file.person, file.company_person) == (amina.person, victor.person)
    assert "Victor Essai" in text(centre, base(file) + "cadre/")
    assert file.number in text(centre, "/qualification/?q=amina")
    assert file.number not in text(centre, "/qualification/?q=bruno")


def test_all_the_pieces_of_a_criterion_are_read_page_by_page_and_tied_by_hand(
    begun, real, amina, romain, bruno, at_desk
):
    events = [maintained(amina, real) for _ in range(70)]
    hers, his = at_desk(amina), at_desk(romain)
    assert "Toutes les preuves pour C3.M1" in text(hers, base(begun) + "preuves/?c=C3")
    page = base(begun) + "preuves/critere/C3.M1/"
    assert "70 preuves" in text(his, page) and "3/3" in text(his, page + "?page=3")
    assert "Rattacher" not in text(his, page)
    ties = base(begun) + f"preuves/{events[0]}/rattacher/"
    assert his.get(ties).status_code == at_desk(bruno).get(page).status_code == 404
    tied = base(begun) + f"preuves/{events[-1]}/rattacher/"
    assert "C5.M1" in text(hers, tied)
    assert send(hers, tied, targets=["C5.M1"]).status_code == 302
    assert "1 preuve " in text(his, base(begun) + "preuves/critere/C5.M1/")
    assert his.get(base(begun) + "preuves/critere/C9.X1/").status_code == 404
