"""A build by hand and over the API: the same gate, the same refusals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strate.workshop.builds import path, queries
from strate.workshop.journal import guard
from strate.workshop.maintenance import actions as care
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets
from strate.workshop.site import actions as settings
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.plate import PRINTER, Shop, tablet_of

U = "/fabrications/F-0001/"
PAGES = (
    "",
    "abandonner/",
    "lire/",
    "epi/",
    "poudre/",
    "ronde/",
    "demarrage/",
    "fichier/",
    "fichier/etat/",
    "lancer/",
)
LATER = ("suivi/", "suivi/etat/", "releve/", "interruption/", "ouvrir/", "peser/", "clore/", "couches/")


def test_a_build_is_prepared_by_hand(shop: Shop) -> None:
    hers = tablet_of(shop.amina)
    assert "OF-2601" in hers.get("/fabrications/nouvelle/").content.decode()
    sent = {
        "command": "k-1",
        "code": "F-0001",
        "machine": PRINTER,
        "quantity_OF-2601": "4",
        "quantity_OF-2602": "2",
    }
    assert hers.post("/fabrications/nouvelle/", sent).headers["Location"] == U
    assert hers.post("/fabrications/nouvelle/", sent).status_code in (302, 422)
    assert "F-0001" in hers.get("/fabrications/?q=0001").content.decode()


@pytest.mark.parametrize("page", [*PAGES, *LATER])
def test_every_page_of_a_build_opens_in_french(shop: Shop, page: str) -> None:
    plate.prepared(shop)
    answer = tablet_of(shop.amina).get(U + page)
    assert answer.status_code == 200 and "%(" not in answer.content.decode()


def test_the_launch_page_tells_all_reasons_and_launches_with_the_pin(shop: Shop) -> None:
    plate.prepared(shop)
    hers = tablet_of(shop.amina)
    assert "Aucun plateau n’est monté" in hers.get(U + "lancer/").content.decode()
    plate.fitted(shop)
    plate.file_sent(shop)
    plate.poured(shop)
    assert hers.post(U + "lancer/", typed(pin="000000")).status_code == 409
    assert hers.post(U + "lancer/", typed(pin="271828")).headers["Location"] == U + "suivi/"
    assert queries.build("F-0001").state == "launched"


def test_the_api_tells_the_same_reasons(shop: Shop) -> None:
    plate.prepared(shop)
    hers = tablet_of(shop.amina)
    gate = hers.get("/api/builds/builds/F-0001/gate").json()
    wanted = {r.code for r in queries.gate(shop.build(), by=shop.amina).reasons}
    assert not gate["open"] and {r["code"] for r in gate["reasons"]} == wanted
    refused = hers.post("/api/builds/launch", {"build": "F-0001"}, content_type="application/json")
    assert refused.status_code == 409 and {r["code"] for r in refused.json()["reasons"]} == wanted
    gestures = hers.get("/api/builds/builds/F-0001/path").json()
    assert [g["code"] for g in gestures] == [g.code for g in path.of(shop.build(), shop.amina)]
    assert hers.get("/api/builds/builds/F-0001").json()["layers_planned"] == 600
    assert hers.get("/api/builds/builds/X").status_code == 404
    assert hers.get("/api/monitoring/layers/F-0001/summary").json()["layers"] == 0
    assert hers.get("/api/post_processing/builds/F-0001").json()["wanted"] == ["separation"]
    assert hers.get("/api/inspection/builds/F-0001/controls").json()[0]["name"] == "Longueur"


def test_the_first_page_tells_the_next_gesture_without_asking_what_comes_after(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    plate.prepared(shop)
    build, by = shop.build(), shop.amina
    next_one = path.next_gesture(path.of(build, by))
    assert next_one is not None and next_one.state != path.DONE
    asked: list[int] = []
    watched = [(rank, lambda *given, a=ask, r=rank: asked.append(r) or a(*given)) for rank, ask in path._asks]
    monkeypatch.setattr(path, "_asks", watched)
    assert path.next_gesture(path.one_by_one(build, by)) == next_one
    assert len(asked) < len(watched)


def test_a_build_that_was_launched_costs_the_first_page_few_questions(shop: Shop) -> None:
    plate.launched(shop)
    build, by = shop.build(), shop.amina
    with CaptureQueriesContext(connection) as heard:
        gesture = path.next_gesture(path.one_by_one(build, by))
    assert gesture is not None and gesture.code == "follow"
    # What had to be true before the launch (papers read, equipment, powder, round) is not asked again.
    assert len(heard) <= 4, [q["sql"] for q in heard]


def test_the_first_page_asks_no_more_for_fifty_builds_than_for_those_it_shows(shop: Shop) -> None:
    plate.launched(shop)
    hers, one = tablet_of(shop.amina), shop.build()

    def first_page(more: range) -> tuple[str, int]:
        with guard.lifted():
            for number in more:
                one.pk, one.code = None, f"F-9{number:03}"
                one.save(force_insert=True)
        with CaptureQueriesContext(connection) as heard:
            page = hers.get("/").content.decode()
        return page, len(heard)

    first_page(range(0))
    few, asked_few = first_page(range(8))
    many, asked_many = first_page(range(8, 49))
    assert "3 autres fabrications" in few and "44 autres fabrications" in many
    assert asked_many <= asked_few


def test_a_build_that_does_not_exist_is_not_found(shop: Shop) -> None:
    hers = tablet_of(shop.amina)
    assert [hers.get(f"/fabrications/X/{page}").status_code for page in (*PAGES, *LATER)] == [404] * 18


def test_a_person_sees_what_is_known_and_unknown_of_a_lost_launch_and_signs_what_they_saw(shop: Shop) -> None:
    plate.ready(shop)
    hers = tablet_of(shop.amina)
    hers.post(U + "lancer/", typed(pin="271828"))
    shop.says(state="ready", quality="stale")
    shop.answers("start", ok=False, code="outcome_unknown")
    assert "Lancement incertain" in hers.get(U + "suivi/").content.decode()
    assert "Dire si la machine a démarré" in hers.get(U).content.decode()
    shown = hers.get(U + "depart/").content.decode()
    for words in ("Ce que l’on sait", "Ce que l’on ne sait pas", "Ce qu’il faut faire", "outcome_unknown"):
        assert (words in shown) is (words != "outcome_unknown")
    assert hers.post(U + "depart/", typed(pin="271828")).status_code == 422
    assert hers.post(U + "depart/", typed(seen="stands", pin="000000")).status_code == 409
    assert queries.build("F-0001").state == "launched"
    back = hers.post(U + "depart/", typed(seen="stands", pin="271828"))
    assert back.headers["Location"] == U + "lancer/" and queries.build("F-0001").state == "sent"
    assert "rien à dire de ce départ" in hers.get(U + "depart/").content.decode()


def test_a_derogation_is_asked_in_its_own_words_of_those_who_may_give_it(shop: Shop) -> None:
    plate.ready(shop)
    settings.set_setting(by=shop.hugo, key="maintenance_gate", value="override")
    words = {"title_fr": "Hublot", "title_en": "Window"}
    care.write_task(by=shop.farid, code="window", trigger="day", machine=PRINTER, blocking=True, **words)
    hers = tablet_of(shop.amina)
    shown = hers.get(U + "lancer/").content.decode()
    assert "dernière fois\u202f: jamais" in shown and "peut lancer par dérogation" in shown
    assert hers.post(U + "lancer/", typed(pin="271828", reason="Je suis pressée")).status_code == 409
    assert queries.build("F-0001").state == "sent"
    leader = shop.chloe
    for sheet in sheets.in_force(["ti64"]):
        safety.acknowledge(by=leader, sheet=sheet.code, version=sheet.version)
    for document in sheets.to_read(leader, [f"machine:{PRINTER}"]):
        safety.acknowledge_document(by=leader, document=document.code, version=document.version)
    safety.confirm_ppe(by=leader, operation="powder", about=f"machine:{PRINTER}", materials=["ti64"])
    his = tablet_of(leader)
    shown = his.get(U + "lancer/").content.decode()
    assert "malgré ce qui manque encore" in shown and "Lancer par dérogation" in shown
    assert his.post(U + "lancer/", typed(pin="271828", reason="")).status_code == 409
    assert his.post(U + "lancer/", typed(pin="271828", reason="Hublot vu ce matin")).status_code == 302
    assert queries.build("F-0001").state == "launched"


def test_the_page_of_an_order_shows_the_powder_its_build_needs_with_its_arithmetic(shop: Shop) -> None:
    hers = tablet_of(shop.amina)
    assert "Poudre à préparer" not in hers.get("/ordres/of/OF-2601/").content.decode()
    build = plate.prepared(shop)
    page = hers.get("/ordres/of/OF-2601/").content.decode()
    assert "Poudre à préparer" in page and build.code in page and "Combien, et pourquoi" in page
    assert page.count('class="number">=') == len(build.need_lines) > 3
