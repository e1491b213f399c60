"""References entered in the browser: imported with what they change, written line by line, approved by another."""

from strate.workshop.qualification.models import Block, Reference
from strate.workshop.qualification.references import shape
from tests.workshop.people.conftest import PIN, tablet, with_secrets
from tests.workshop.qualification.conftest import CODE
from tests.workshop.qualification.test_pages_of_the_file import at_desk, send, text

__all__ = ["at_desk", "tablet", "with_secrets"]
HOME = "/qualification/referentiels/"


def test_the_shipped_reference_is_brought_in_read_and_approved_by_another(morning, safia, yann, at_desk):
    one, other = at_desk(safia), at_desk(yann)
    assert "Pas encore de référentiel" in text(one, HOME)
    assert send(one, HOME).status_code == 302
    page = f"{HOME}{CODE}/1/"
    shown = text(one, page)
    assert "non donné par la source" in shown and "BDC + Code Bloc" in shown
    assert "quelqu’un d’autre l’approuve" in shown
    assert send(one, page + "approuver/", pin=PIN).status_code == 409
    assert send(other, page + "approuver/", pin=PIN).status_code == 302
    assert "en vigueur" in text(one, HOME)


def test_a_text_taken_away_comes_back_with_what_it_changes(cqpm, safia, at_desk):
    browser = at_desk(safia)
    taken = browser.get(f"{HOME}{CODE}/1/texte/").content.decode()
    assert shape.read(taken) == cqpm.content
    changed = taken.replace("version: '1'", "version: '2'").replace(
        "Mettre en place une production", "Lancer une production"
    )
    seen = send(browser, HOME + "importer/", text=changed, then="look").content.decode()
    assert "<ins>Lancer</ins>" in seen and "<del>Mettre en place</del>" in seen
    assert not Reference.objects.filter(version="2").exists()
    assert send(browser, HOME + "importer/", text=changed, then="keep").status_code == 302
    assert "<ins>Lancer</ins>" in text(browser, f"{HOME}{CODE}/2/comparer/")


def test_a_text_that_is_no_reference_stays_in_its_box(morning, safia, at_desk):
    answer = send(at_desk(safia), HOME + "importer/", text="bonjour: [", then="look")
    assert answer.status_code == 409
    assert "bonjour: [" in answer.content.decode()


def test_another_reference_is_written_line_by_line(cqpm, safia, yann, at_desk):
    browser = at_desk(safia)
    started = {"source": "", "title": "Opérateur de recuit fictif", "code": "cqpm-recuit", "version": "1"}
    assert send(browser, HOME + "nouveau/", **started).status_code == 302
    page = HOME + "cqpm-recuit/1/ecrire/"
    block = {
        "titre": "Opérateur de recuit fictif",
        "new-block": "La préparation de production",
        "new-block-code": "BDC0198",
    }
    assert send(browser, page, edition="1", **block).status_code == 302
    competence = {
        "titre": "Opérateur de recuit fictif",
        "block-B1": "La préparation de production",
        "code-B1": "BDC0198",
    }
    competence |= {
        "known-B1": "Les bases du four\nLes risques",
        "new-competence": "Charger un four",
        "new-competence-block": "B1",
    }
    assert send(browser, page, edition="2", **competence).status_code == 302
    lines = {"title": "Charger un four", "K-0-text": "Sur un four.", "M-0-text": "La gamme est suivie."}
    lines |= {"O-0-text": "Un four est chargé :", "O-0-parts": "à froid\nà chaud", "O-0-nature": "exemples"}
    lines |= {"O-0-conditional": "le_cas_echeant", "S-0-text": "Les pièces sont chargées."}
    assert send(browser, page + "C1/", edition="3", **lines).status_code == 302
    kept = Reference.objects.get(code="cqpm-recuit").content
    item = kept["competences"][0]["criteres"]["moyens"][0]
    assert item["sous_elements"][1] == {"id": "C1.O1.b", "texte": "à chaud"}
    assert item["conditionnel"] == "le_cas_echeant"
    shared = Block.objects.get(code="BDC0198")
    assert {u.reference.code for u in shared.uses.all()} == {CODE, "cqpm-recuit"}
    assert "Un four est chargé" in text(browser, page + "C1/")
    assert send(at_desk(yann), HOME + "cqpm-recuit/1/approuver/", pin=PIN).status_code == 302


def test_two_people_who_write_the_same_draft_do_not_lose_a_line(cqpm, safia, yann, at_desk):
    one, other = at_desk(safia), at_desk(yann)
    send(one, HOME + "nouveau/", source=f"{CODE}/1", code=CODE, version="2")
    page = f"{HOME}{CODE}/2/ecrire/"
    assert send(other, page, edition="1", titre="Un titre").status_code == 302
    late = send(one, page, edition="1", titre="Un autre titre")
    assert late.status_code == 409
    assert "Un autre titre" in late.content.decode()


def test_the_code_of_a_block_is_entered_with_its_source(cqpm, safia, at_desk):
    second = Block.objects.get(code=None)
    browser = at_desk(safia)
    given = {"key": "block.code", "about": second.identity, "value": "BDC9999", "source": "Courrier fictif"}
    assert send(browser, HOME + "decision/", **given).status_code == 302
    shown = text(browser, HOME)
    assert "BDC9999" in shown and "Courrier fictif" in shown


def test_who_may_not_write_a_reference_is_told_so(cqpm, amina, at_desk):
    browser = at_desk(amina)
    assert "Écrire un référentiel" not in text(browser, HOME)
    answer = send(browser, HOME + "nouveau/", source=f"{CODE}/1", code="cqpm-autre", version="1")
    assert answer.status_code == 409
    assert not Reference.objects.filter(code="cqpm-autre").exists()
