"""The process engineer's desk: routing and procedure approved by a second person; files, orders, corrections."""

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page

from strate.kernels.geometry import samples
from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey


@pytest.fixture()
def desk(tablet: Tablet, shots: Path) -> Tablet:
    tablet.shots = shots / "methodes"
    return tablet


def test_a_routing_is_written_by_one_and_approved_by_another(desk: Tablet) -> None:
    desk.sign_in("driss")
    desk.go("/gammes/G-TI64-30/nouvelle-version/")
    desk.type("why", "Plafond de poudre usagée abaissé après l’essai 12")
    desk.action()
    desk.page.wait_for_url("**/ecrire/")
    number = desk.page.url.rstrip("/").split("/")[-2]
    desk.shot("gamme-ecrire")
    desk.page.locator("[name^='limit-used_share'][name$='value']").first.fill("0,4")
    desk.action()
    desk.page.wait_for_url(f"**/gammes/G-TI64-30/{number}/")
    desk.sees("40 %", "Brouillon")
    desk.action()
    desk.action()
    desk.sees("À approuver")
    desk.go(f"/gammes/G-TI64-30/{number}/approuver/")
    desk.pin()
    desk.action()
    desk.sees("Refusé")
    desk.shot("gamme-auteur-refuse")
    desk.sign_in("elsa")
    desk.go(f"/gammes/G-TI64-30/1/comparer/{number}/")
    desk.sees("Plafond de poudre usagée", "50 %", "40 %")
    desk.shot("gamme-comparer")
    desk.go(f"/gammes/G-TI64-30/{number}/approuver/")
    desk.pin()
    desk.action()
    desk.page.wait_for_url(f"**/gammes/G-TI64-30/{number}/")
    desk.sees("Approuvé", "Elsa Calibre-Exemple", "Driss Gamme-Fictif")
    desk.shot("gamme-approuvee")


def test_a_procedure_is_changed_by_one_and_approved_by_another(desk: Tablet) -> None:
    desk.sign_in("driss")
    desk.go("/modes-operatoires/machine-cleaning/")
    desk.shot("mode-operatoire")
    desk.action()
    desk.page.wait_for_load_state("load")
    desk.go("/modes-operatoires/machine-cleaning/2/etapes/ajouter/")
    desk.type("code", "gloves-thrown")
    desk.choose("kind", "check")
    desk.type("text_fr", "Gants jetés dans le fût des déchets imprégnés")
    desk.type("text_en", "Gloves thrown into the drum of soaked waste")
    desk.shot("etape")
    desk.action()
    desk.page.wait_for_url("**/machine-cleaning/2/#*")
    desk.sees("Gants jetés dans le fût")
    desk.action()
    desk.sees("une autre personne l’approuve")
    assert not desk.page.locator("[name='pin']").count()
    desk.shot("mode-operatoire-auteur-attend")
    desk.sign_in("elsa")
    desk.go("/modes-operatoires/machine-cleaning/2/")
    desk.shot("mode-operatoire-a-approuver")
    desk.pin()
    desk.action()
    desk.sees("Elsa Calibre-Exemple")
    desk.shot("mode-operatoire-approuve")


def _upload(desk: Tablet, name: str, content: bytes) -> Page:
    desk.go("/pieces/CAL-9/fichier/")
    desk.type("revision", "A")
    desk.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "model/stl", "buffer": content}
    )
    desk.action()
    return desk.page


def _facet(*points: tuple[float, float, float]) -> bytes:
    return struct.pack("<12f", 0, 0, 1, *(x for p in points for x in p)) + b"\0\0"


def _binary(facets: list[bytes], count: int | None = None) -> bytes:
    return b"\0" * 80 + struct.pack("<I", len(facets) if count is None else count) + b"".join(facets)


def test_a_bad_file_is_refused_in_words_and_a_good_one_is_drawn(desk: Tablet) -> None:
    desk.sign_in("ines")
    desk.go("/pieces/nouvelle/")
    for name, typed in {
        "code": "CAL-9",
        "title": "Cale d’essai « Ø 9 »",
        "customer": "Client Fictif",
    }.items():
        desk.type(name, typed)
    desk.action()
    desk.page.wait_for_url("**/pieces/CAL-9/**")
    nan = float("nan")
    jpeg = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8
    bad = {
        "vide.stl": b"",
        "photo.stl": jpeg,
        "nan.stl": _binary([_facet((0, 0, 0), (1, 0, nan), (0, 1, 0))] * 4),
        "mensonge.stl": _binary([_facet((0, 0, 0), (1, 0, 0), (0, 1, 0))], count=40_000_000),
    }
    for name, content in bad.items():
        page = _upload(desk, name, content)
        said = page.inner_text("main")
        assert any(word in said for word in ("Refusé", "refusé", "vide")), said
        assert "Traceback" not in said and "Error" not in said
        desk.shot("fichier-" + name.removesuffix(".stl"))
    _upload(desk, "cale.stl", samples.bracket(height_mm=18.0, thickness_mm=5.0, hole_mm=4.0))
    desk.page.wait_for_url("**/pieces/CAL-9/**")
    desk.go("/pieces/CAL-9/")
    desk.page.locator(".part-drawing svg").first.wait_for()
    desk.sees("cale.stl")
    desk.shot("piece")


def test_an_order_is_opened_then_made_urgent(desk: Tablet) -> None:
    desk.sign_in("chloe")
    desk.go("/ordres/nouveau/")
    for name, typed in {
        "code": "OF-2610",
        "customer": "Hôpital Imaginaire",
        "revision": "B",
        "quantity": "3",
        "due_on": "2026-12-24",
    }.items():
        desk.type(name, typed)
    desk.choose("part", "EQ-1204")
    desk.choose("routing", "G-TI64-30")
    desk.shot("ordre-nouveau")
    desk.action()
    desk.go("/ordres/of/OF-2610/priorite/")
    desk.choose("priority", "1")
    desk.type("reason", "Opération avancée au 10 décembre")
    desk.type("due_on", "2026-12-10")
    desk.shot("ordre-priorite")
    desk.action()
    desk.go("/ordres/of/OF-2610/")
    desk.sees("OF-2610", "Urgente")
    desk.shot("ordre")
    desk.go("/choses/order:OF-2610/")
    desk.sees("Opération avancée au 10 décembre", "Chloé Relève-Exemple")
    desk.shot("ordre-histoire")
    desk.go("/ordres/")
    desk.sees("OF-2610")


def test_a_wrong_entry_is_corrected_and_the_old_value_stays(desk: Tablet) -> None:
    desk.sign_in("amina")
    desk.go("/gestes/commencer/powder-reception/?about=lot:TI64-2602")
    desk.action()
    desk.page.wait_for_url(re.compile(r"/gestes/\d+/$"))
    run = desk.page.url.split("/gestes/")[1]
    for _ in range(2):
        desk.action()
    desk.page.locator("[data-quantity] input[name='value']").wait_for()
    step = desk.page.locator("[name='step']").input_value()
    desk.type("value", "12,5")
    desk.action()
    desk.page.wait_for_url(re.compile(r"/gestes/\d+/$"))
    desk.sign_in("chloe")
    desk.go(f"/gestes/{run}etapes/{step}/corriger/")
    desk.type("value", "125")
    desk.type("reason", "Virgule tapée en trop")
    desk.shot("corriger")
    if desk.page.locator("[name='pin']").count():
        desk.pin()
    desk.action()
    desk.page.wait_for_url("**/etapes/")
    assert "12,5" in desk.page.locator("main s").first.inner_text()
    desk.sees("125", "Amina Couche-Fictive")
    desk.shot("corrigee")
    desk.go(f"/choses/run:G{run}")
    desk.sees("Virgule tapée en trop", "Amina Couche-Fictive", "Chloé Relève-Exemple")
    desk.shot("corrigee-histoire")
