"""The powder by hand, on a tablet, in French."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.at_tablet import PIN, typed
from tests.workshop.feedstock.conftest import kg

Signs = Callable[[Actor], Client]


def test_a_lot_passes_the_door_by_hand(
    ti64: Material, m290: Machine, amina: Actor, bruno: Actor, elsa: Actor, at_tablet: Signs
) -> None:
    hers, his, quality = at_tablet(amina), at_tablet(bruno), at_tablet(elsa)
    pdf = _certificate()
    sent = typed(lot="L-1", material="ti64", supplier="AP&C", mass_mg="12,5", certificate_file=pdf)
    assert hers.post("/matieres/recevoir/", sent).headers["Location"] == "/matieres/lots/L-1/"
    assert queries.on_hand_mg("L-1") == kg("12.5") and len(queries.lot("L-1").certificate) == 64
    checked = typed(identity="on", seal="on", certificate_conform="on", visual="on", mass_mg="12.5")
    assert his.post("/matieres/lots/L-1/controler/", checked).status_code == 302
    assert quality.post("/matieres/lots/L-1/liberer/", typed(pin=PIN)).status_code == 302
    assert hers.get("/matieres/lots/L-1/").status_code == 200
    loaded = hers.post(
        "/matieres/lots/L-1/charger/", typed(lot="lot:L-1", machine="machine:M290-1", mass_mg="10")
    )
    assert loaded.headers["Location"] == "/matieres/machines/M290-1/"
    page = hers.get("/matieres/machines/M290-1/").content.decode()
    assert "<svg" in page and "L-1" in page and queries.in_machine("M290-1").mass_mg == kg(10)


def test_a_refused_release_keeps_the_reason_on_the_page(
    ti64: Material, amina: Actor, elsa: Actor, at_tablet: Signs
) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1))
    page = at_tablet(elsa).post("/matieres/lots/L-1/liberer/", typed(pin=PIN))
    assert page.status_code == 409 and "refusal" in page.content.decode()
    assert queries.lot("L-1").state == "received"


def test_minus_one_kilogram_is_refused_and_stays_on_the_form(
    ti64: Material, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    page = hers.post("/matieres/recevoir/", typed(lot="L-1", material="ti64", supplier="X", mass_mg="-1"))
    assert page.status_code == 409 and 'value="-1"' in page.content.decode()
    unread = hers.post(
        "/matieres/recevoir/", typed(lot="L-1", material="ti64", supplier="X", mass_mg="1 kilo")
    )
    assert unread.status_code == 422 and not Lot.objects.exists()


def test_every_page_opens(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, driss: Actor, at_tablet: Signs
) -> None:
    released("L-1", kg(5))
    actions.load(by=amina, lot="L-1", machine="M290-1", mass_mg=kg(4))
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-1", lot="L-1-U", recovered_mg=kg(3))
    for who, addresses in (
        (
            amina,
            (
                "",
                "?q=L-1&etat=open",
                "annoncer/",
                "recevoir/",
                "charger/",
                "machines/M290-1/",
                "machines/M290-1/charger/",
                "machines/M290-1/vider/",
                "lots/L-1/",
                "lots/L-1-U/",
                "lots/L-1-U/tamiser/",
                "lots/L-1/ouvrir/",
                "lots/L-1/rejeter/",
                "lots/L-1/repeser/",
                "lots/L-1/controler/",
            ),
        ),
        (driss, ("references/", "references/nouvelle/", "references/importer/", "references/ti64/")),
    ):
        client = at_tablet(who)
        for address in addresses:
            assert client.get(f"/matieres/{address}").status_code == 200, address
        assert client.get("/matieres/lots/NOPE/").status_code == 404
    assert at_tablet(amina).get("/choses/machine:M290-1/").status_code == 200


def test_ten_thousand_lots_are_paged(ti64: Material, amina: Actor, at_tablet: Signs) -> None:
    from strate.workshop.journal import guard

    with guard.lifted():
        Lot.objects.bulk_create(Lot(code=f"L-{n:05}", material=ti64, state="received") for n in range(10_000))
    page = at_tablet(amina).get("/matieres/").content.decode()
    assert page.count("<tr>") == 51 and "L-09999" in page


def test_a_list_of_materials_is_checked_then_brought_in(db: None, driss: Actor, at_tablet: Signs) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    his = at_tablet(driss)
    text = "Code;Nom;Famille;Masse volumique (g/cm³)\n316l;316L;métal;7,97\npa12;PA12;polymère;1,01\n"
    page = his.post("/matieres/references/importer/", {"file": SimpleUploadedFile("m.csv", text.encode())})
    sha = page.context["sha256"]
    assert not queries.materials().exists()
    assert his.post("/matieres/references/importer/", {"sha256": sha, "command": "k"}).status_code == 302
    assert [str(m.density_g_cm3) for m in queries.materials()] == ["7.9700", "1.0100"]


def _certificate() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("certificate.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def test_the_label_of_a_drum_typed_by_hand_is_that_of_the_drum_scanned(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, at_tablet: Signs
) -> None:
    drum = queries.in_containers(released("L-1", kg(5)))[0].place.partition(":")[2]
    hers = at_tablet(amina)
    poured = hers.post("/matieres/charger/", typed(lot=drum, machine="M290-1", mass_mg="2"))
    assert poured.headers["Location"] == "/matieres/machines/M290-1/"
    assert queries.in_machine("M290-1").mass_mg == kg(2)


def test_a_mass_that_is_none_is_told_where_a_blend_is_asked_for(
    ti64: Material, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    for wrong, said in (("abc", "Ce n’est pas un nombre"), ("-4", "supérieure ou égale à 0")):
        page = hers.get("/matieres/melanger/", {"material": "ti64", "need_mg": wrong}).content.decode()
        assert said in page and f'value="{wrong}"' in page and 'name="lot"' not in page


def test_a_blend_is_proposed_judged_as_it_is_typed_and_written_down(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, hugo: Actor, at_tablet: Signs
) -> None:
    from strate.workshop.site import actions as site

    site.set_setting(by=hugo, key="powder_blend_supplier_lots", value="1")
    released("A", kg(5))
    released("B", kg(5))
    hers = at_tablet(amina)
    asked = hers.get("/matieres/melanger/?material=ti64&need_mg=6,5").content.decode()
    assert 'value="5"' in asked and 'value="1,5"' in asked and "Rien ne s’oppose" in asked
    masses = {"lot_0": "A", "mass_0": "5", "lot_3": "B", "mass_3": "7", "need_mg": "6500000"}
    told = hers.post("/matieres/melanger/avis/", masses).content.decode()
    assert "refusé" in told and "demandés" in told
    short = hers.post("/matieres/melanger/avis/", {**masses, "mass_3": "0,5"}).content.decode()
    assert "il manque encore" in short
    typed_in = typed(lot="M-1", container="FUT-9", mixing_min="20", **{**masses, "mass_3": "1,5"})
    assert hers.post("/matieres/melanger/", typed_in).headers["Location"] == "/matieres/lots/M-1/"
    assert queries.on_hand_mg("M-1") == kg("6.5") and queries.ledger_gaps() == {}
    refused = hers.post(
        "/matieres/melanger/", typed(lot="M-2", container="FUT-8", **{**masses, "mass_3": "9"})
    )
    assert refused.status_code == 409 and 'value="9"' in refused.content.decode()


def test_every_gesture_of_the_powder_room_opens_and_is_written_down(
    ti64: Material, m290: Machine, released: Callable[..., Lot], amina: Actor, elsa: Actor, at_tablet: Signs
) -> None:
    released("L-1", kg(9), container="D-1")
    hers = at_tablet(amina)
    for page in ("transvaser", "echantillonner", "etuver", "jeter", "contaminer", "melanger", "tamiser"):
        assert hers.get(f"/matieres/lots/L-1/{page}/").status_code == 200, page
    assert at_tablet(elsa).get("/matieres/lots/L-1/retourner/").status_code == 200
    for address in (
        "registre/",
        "changement/?about=machine:M290-1",
        "contaminer/?about=container:D-1",
        "melanger/",
    ):
        assert hers.get(f"/matieres/{address}").status_code == 200, address
    moved = typed(source="container:D-1", target="container:D-2", mass_mg="4", humidity_percent="41,5")
    assert hers.post("/matieres/lots/L-1/transvaser/", moved).status_code == 302
    taken = typed(container="container:D-1", mass_mg="20", purpose="O2")
    assert hers.post("/matieres/lots/L-1/echantillonner/", taken).status_code == 302
    oven = typed(container="container:D-2", set_celsius="80", mass_mg="4")
    assert hers.post("/matieres/lots/L-1/etuver/", oven).status_code == 302
    assert "étuve" in hers.get("/matieres/lots/L-1/").content.decode()
    dried = hers.post("/matieres/lots/L-1/etuver/", typed(mass_mg="3,99"))
    assert dried.headers["Location"] == "/matieres/lots/L-1-S1/"
    spoilt = typed(about="container:D-1", cause="Huile de pompe")
    assert hers.post("/matieres/contaminer/", spoilt).status_code == 302
    page = hers.get("/matieres/lots/L-1/").content.decode()
    assert "Contaminé" in page and "Huile de pompe" in page and queries.ledger_gaps() == {}
