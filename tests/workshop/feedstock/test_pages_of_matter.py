"""What powder is, by hand and in French: certificate, measures, specification, containers, labels, lists."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material, PowderContainer, PowderLimit
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from tests.workshop.at_tablet import PIN, typed
from tests.workshop.feedstock.conftest import kg

Signs = Callable[[Actor], Client]


@pytest.fixture()
def lot(ti64: Material, amina: Actor) -> Lot:
    return actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(10), container="F-1")


def test_a_specification_is_written_then_approved_by_another_hand(
    ti64: Material, driss: Actor, elsa: Actor, at_tablet: Signs
) -> None:
    methods, quality = at_tablet(driss), at_tablet(elsa)
    line = typed(property="O", high="1300 ppm", required="on", source="Fiche EOS")
    assert methods.post("/matieres/references/ti64/specification/ligne/", line).status_code == 302
    usual = methods.post("/matieres/references/ti64/specification/usuelle/", typed(key="ti64"))
    assert usual.status_code == 302 and queries.limits_for("ti64") == []
    page = quality.get("/matieres/references/ti64/specification/").content.decode()
    assert "Oxygène (O)" in page and "À approuver" in page and "ASTM F2924" in page
    own = methods.post("/matieres/references/ti64/specification/approuver/", typed(pin=PIN))
    assert own.status_code == 409 and "quelqu’un d’autre doit l’approuver" in own.content.decode()
    signed = quality.post("/matieres/references/ti64/specification/approuver/", typed(pin=PIN, n="2"))
    assert signed.status_code == 302 and {x.code for x in queries.limits_for("ti64")} >= {"O", "Al", "V"}
    first = PowderLimit.objects.filter(state="approved").first()
    assert first is not None
    gone = quality.post(f"/matieres/specifications/{first.pk}/retirer/", typed(reason="Périmée"))
    assert gone.status_code == 302 and PowderLimit.objects.get(pk=first.pk).state == "retired"


def test_a_certificate_typed_in_french_is_compared_at_the_check(
    lot: Lot, driss: Actor, elsa: Actor, amina: Actor, bruno: Actor, at_tablet: Signs, signed: Any
) -> None:
    line = actions.specify(by=driss, material="ti64", property="O", high="0,13", source="Fiche EOS")
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    hers, his = at_tablet(amina), at_tablet(bruno)
    sent = typed(p_O="0,15", p_D50="35,8", p_hall_flow="ne coule pas", number="C-1", type="3.1")
    assert hers.post("/matieres/lots/L-1/certificat/", sent).status_code == 302
    checking = his.get("/matieres/lots/L-1/controler/").content.decode()
    assert "Hors limite" in checking and "0,13" in checking and "Fiche EOS" in checking
    all_right = typed(identity="on", seal="on", certificate_conform="on", visual="on", mass_mg="10")
    his.post("/matieres/lots/L-1/controler/", all_right)
    assert queries.lot("L-1").state == "quarantine"
    page = hers.get("/matieres/lots/L-1/").content.decode()
    assert "ne coule pas" in page and "C-1" in page and "Certificat" in page
    measured = typed(p_O="1250 ppm", sample="E-1", instrument="ONH-1")
    assert hers.post("/matieres/lots/L-1/mesurer/", measured).status_code == 302
    known = queries.known_properties("L-1")["O"]
    assert (str(known.value), known.basis, known.sample) == ("0.1250", "measured", "E-1")


def test_a_value_that_is_not_understood_is_told_under_its_field(
    lot: Lot, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    wrong = hers.post("/matieres/lots/L-1/mesurer/", typed(p_O="beaucoup", p_D50="35 ppm"))
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "n’est pas un nombre" in page and "ppm" in page and "beaucoup" in page
    nothing = hers.post("/matieres/lots/L-1/mesurer/", typed(note="rien"))
    assert nothing.status_code == 422 and "au moins une valeur" in nothing.content.decode()


def test_a_container_is_labelled_filled_and_printed(
    ti64: Material, lot: Lot, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    made = hers.post(
        "/matieres/contenants/nouveau/", typed(container="SILO-1", kind="silo", capacity_mg="500")
    )
    assert made.headers["Location"] == "/matieres/contenants/SILO-1/"
    twice = hers.post("/matieres/contenants/nouveau/", typed(container="silo-1", kind="silo"))
    assert twice.status_code == 409 and "déjà sur un contenant" in twice.content.decode()
    listed = hers.get("/matieres/contenants/?contenu=plein").content.decode()
    assert "F-1" in listed and "SILO-1" not in listed
    assert "L-1" in hers.get("/matieres/contenants/F-1/").content.decode()
    pdf = hers.get("/matieres/contenants/etiquettes/?taille=62x29")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert len(pikepdf.open(io.BytesIO(pdf.content)).pages) == 2
    sheet = hers.get("/etiquettes/imprimer/?ref=lot:L-1&ref=container:F-1&taille=a4-3x8")
    assert len(pikepdf.open(io.BytesIO(sheet.content)).pages) == 1
    assert hers.get("/etiquettes/imprimer/?ref=lot:NO&taille=62x29").status_code == 404
    assert hers.get("/etiquettes/imprimer/?ref=lot:L-1&taille=12x12").status_code == 404
    kept = hers.post(
        "/matieres/contenants/SILO-1/modifier/", typed(kind="silo", place="hall", tare_mg="12,5")
    )
    assert kept.status_code == 302 and queries.container("SILO-1").tare_mg == kg("12.5")
    assert hers.post("/matieres/contenants/SILO-1/retirer/", typed()).status_code == 302


def test_a_stock_is_checked_then_brought_in_by_hand(ti64: Material, chloe: Actor, at_tablet: Signs) -> None:
    hers = at_tablet(chloe)
    wrong = "Lot;Matière;Masse nette (kg);Contenant\nL-1;ti64;0;F-1\nL-2;ti64;1;F-1\n"
    told = hers.post("/matieres/stock/importer/", typed(file=_file(wrong)))
    assert told.status_code == 422 and "F-1" in told.content.decode() and not Lot.objects.exists()
    right = "Lot;Matière;Masse nette (kg);Contenant\nL-1;ti64;12,5;F-1\n"
    page = hers.post("/matieres/stock/importer/", typed(file=_file(right))).content.decode()
    assert "12,5" in page
    digest = page.split('name="sha256" value="')[1][:64]
    assert hers.post("/matieres/stock/importer/", typed(sha256=digest)).status_code == 302
    assert queries.on_hand_mg("L-1") == kg("12.5")
    assert "Propriété" in hers.get("/matieres/certificats/importer/?modele=1").content.decode()


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("stock.csv", text.encode(), "text/csv")


def test_ten_thousand_containers_are_paged_and_searched(
    ti64: Material, amina: Actor, at_tablet: Signs
) -> None:
    with guard.lifted():
        PowderContainer.objects.bulk_create(PowderContainer(code=f"F-{n:05}") for n in range(10_000))
    hers = at_tablet(amina)
    page = hers.get("/matieres/contenants/?page=200").content.decode()
    assert "F-09999" in page and "200 / 200" in page
    found = hers.get("/matieres/contenants/?q=F-0123").content.decode()
    assert "F-01230" in found and "F-01240" not in found


def test_the_api_tells_properties_specification_and_containers(
    lot: Lot, amina: Actor, at_tablet: Signs
) -> None:
    actions.certify(by=amina, lot="L-1", readings=[{"property": "O", "value": "0,13 %"}])
    hers = at_tablet(amina)
    (oxygen,) = hers.get("/api/feedstock/lots/L-1/properties").json()
    assert (
        oxygen["known"]["value"] == "0.13" and oxygen["known"]["unit"] == "wt-%" and oxygen["state"] == "free"
    )
    words = {each["property"]: each for each in hers.get("/api/feedstock/properties").json()}
    assert words["O"]["additive"] and not words["mfr"]["additive"]
    (drum,) = hers.get("/api/feedstock/containers").json()
    assert drum["holds"] == [{"lot": "L-1", "material": "ti64", "mass_mg": kg(10)}]
    assert hers.get("/api/feedstock/materials/ti64/specification").json() == []
