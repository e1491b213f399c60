"""The dossier on screen: what is missing, what to read again, the seal with the PIN, the files."""

import pytest
from django.test import Client
from django.urls import reverse

from strate.web.demo.people import DEMO_PIN
from strate.workshop.anomalies import actions as anomalies
from strate.workshop.builds import path
from strate.workshop.builds import queries as builds
from strate.workshop.dossier import actions, pages, queries
from tests.workshop.dossier import shop as play

pytestmark = pytest.mark.django_db
PAGE = f"/dossiers/{play.MINE}/"


@pytest.fixture()
def desk(shop):
    """`desk("STRATE-06")`: somebody signed in with their badge, on any computer of the demo shop."""

    def sign(badge: str) -> Client:
        client = Client()
        sent = {"badge": badge, "pin": DEMO_PIN, "command": f"in-{badge}"}
        answer = client.post(reverse("people:station"), sent, follow=True)
        assert answer.status_code == 200 and answer.context["person"], answer.content[:500]
        return client

    return sign


def text(answer) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_the_list_says_where_each_dossier_stands(desk, sealed):
    page = text(desk("STRATE-06").get("/dossiers/"))
    assert play.MINE in page and "Scellé, fichiers en cours" in page and "Non scellé" in page


def test_quality_seals_with_the_pin_and_downloads_both_files(desk):
    elsa = desk("STRATE-06")
    page = elsa.get(PAGE)
    assert page.status_code == 200 and "Je scelle ce dossier" in text(page)
    assert "Limite passée" in text(page)
    done = elsa.post(PAGE, {"command": "seal-1", "reviewed": "on", "pin": DEMO_PIN})
    assert done.status_code == 302, text(done)[:3000]
    filed = actions.file_away(dossier=queries.of_order(play.MINE).code)
    shown = text(elsa.get(PAGE + "?verifier=1"))
    assert "Rien" not in shown or filed.key_id in shown
    assert "rien n’a été modifié, retiré, ajouté ni déplacé" in shown
    for kind, start in (("pdf", b"%PDF-"), ("archive", b"PK")):
        answer = elsa.get(f"{PAGE}{kind}/telecharger/")
        assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(start)
        assert filed.code in answer["Content-Disposition"]


def test_the_facts_of_a_long_order_are_turned_like_pages(desk, monkeypatch):
    monkeypatch.setattr(pages, "FACTS_PAGE", 10)
    elsa = desk("STRATE-06")
    first, second = elsa.get(PAGE), elsa.get(PAGE + "?page=2")
    count = first.context["page"].paginator.count
    assert count > 20 and f"{count} faits en toutes lettres" in text(first).replace("\n", " ")
    told = [entry["seq"] for each in (first, second) for entry in each.context["entries"]]
    assert len(told) == 20 and told == sorted(told, reverse=True)
    assert 'rel="next"' in first.content.decode() and 'rel="prev"' in second.content.decode()


def test_sent_twice_it_is_sealed_once(desk):
    elsa = desk("STRATE-06")
    sent = {"command": "seal-2", "reviewed": "on", "pin": DEMO_PIN}
    assert [elsa.post(PAGE, sent).status_code for _twice in range(2)] == [302, 302]
    assert queries.dossiers().count() == 1


def test_without_having_read_the_trail_the_seal_is_refused_in_words(desk):
    answer = desk("STRATE-06").post(PAGE, {"command": "seal-3", "pin": DEMO_PIN})
    assert answer.status_code == 409 and "Relire les corrections" in text(answer)


def test_a_wrong_pin_seals_nothing(desk):
    answer = desk("STRATE-06").post(PAGE, {"command": "seal-4", "reviewed": "on", "pin": "000000"})
    assert answer.status_code == 409 and queries.of_order(play.MINE) is None


def test_an_operator_sees_what_is_missing_and_no_seal(desk, shop):
    piece = queries.gather(play.MINE).pieces[0]
    anomalies.report(by=shop.who("amina"), about=[piece.ref], kind="wear_or_leak", text="Trace.")
    page = text(desk("STRATE-01").get(PAGE))
    assert "n’est pas close" in page and "Je scelle ce dossier" not in page
    answer = desk("STRATE-01").post(PAGE, {"command": "seal-5", "reviewed": "on", "pin": DEMO_PIN})
    assert answer.status_code == 409 and queries.of_order(play.MINE) is None


def test_nobody_signed_in_reads_no_dossier(shop):
    assert Client().get(PAGE).status_code == 302
    assert Client().get(f"{PAGE}pdf/telecharger/").status_code == 302


def test_what_does_not_exist_is_not_found(desk, sealed):
    elsa = desk("STRATE-06")
    for address in (
        "OF-9/",
        "OF-9/pdf/telecharger/",
        f"{play.MINE}/pdf/telecharger/",
        f"{play.MINE}/x/telecharger/",
    ):
        assert elsa.get(f"/dossiers/{address}").status_code == 404, address


def test_the_path_of_the_build_ends_with_its_dossiers(shop, sealed):
    def gesture():
        found = path.of(builds.build(play.BUILD), shop.who("elsa"))
        return next(g for g in found if g.code == "dossier")

    assert gesture().state == path.NOW and gesture().note == play.THEIRS
    actions.seal(by=shop.who("elsa"), order=play.THEIRS, reviewed=True)
    assert gesture().state == path.DONE


def test_the_api_says_what_is_missing_seals_and_gives_the_files(desk, shop):
    elsa = desk("STRATE-06")
    told = elsa.get(f"/api/dossier/dossiers/{play.MINE}").json()
    assert told["state"] == "open" and told["missing"] == [] and len(told["sections"]) == 18
    assert elsa.get(f"/api/dossier/dossiers/{play.MINE}/pdf").status_code == 409
    filed = actions.file_away(dossier=actions.seal(by=shop.who("elsa"), order=play.MINE, reviewed=True).code)
    assert elsa.get(f"/api/dossier/dossiers/{play.MINE}").json()["pdf_sha256"] == filed.pdf_digest
    assert elsa.get(f"/api/dossier/dossiers/{play.MINE}/archive").status_code == 200
    assert elsa.get("/api/dossier/dossiers/OF-9").status_code == 404


def test_its_thing_is_found_by_its_label(shop, sealed):
    from strate.workshop.things import registry

    assert registry.find(sealed.ref).title == "D-OF-2601"
    assert [g.url for g in registry.gestures(f"order:{play.MINE}", shop.who("elsa"))][-1] == PAGE
