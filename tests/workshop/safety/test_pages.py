"""Safety by hand, on a tablet, in French."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from strate.web.demo.papers import pdf
from strate.workshop.journal import clock, guard
from strate.workshop.journal.actor import Actor
from strate.workshop.safety import actions, queries
from strate.workshop.safety.models import ControlledDocument, SafetySheet
from strate.workshop.site import actions as site
from tests.workshop.at_tablet import PIN, Signs, at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db
SHEET = {
    "code": "ti64-poudrex",
    "version": "2.1",
    "supplier": "Poudrex",
    "product": "Ti64 « Grade 23 »",
    "material": "ti64",
    "revision_date": "2026-01-15",
    "language": "fr",
    "signal": "danger",
    "hazards": "H228, EUH032",
    "pictograms": ["GHS02"],
    "ppe_powder": "M017 M009",
    "spill": "Ne pas balayer à sec.",
    "extinguisher": "Classe D. Jamais d’eau.",
    "waste_stream": "contaminated_powder",
}


def send(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"command": str(uuid4()), **typed})


def test_a_sheet_is_entered_reviewed_by_hse_and_read_by_the_operator(
    elsa: Actor, gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    quality, hse, hers = at_tablet(elsa), at_tablet(gaelle), at_tablet(amina)
    assert send(quality, "/securite/fds/nouvelle/", **SHEET).status_code == 302
    page = "/securite/fds/ti64-poudrex/"
    assert send(hers, f"{page}lu/", version="2.1").status_code == 409
    assert send(hse, f"{page}relire/", version="2.1", pin=PIN).status_code == 302
    shown = hers.get(page).content.decode()
    for words in ("H228", "Ne pas balayer à sec.", "Jamais d’eau", "ghs02", "m017"):
        assert words in shown
    assert send(hers, f"{page}lu/", version="2.1").status_code == 302
    assert queries.unread_sheets(amina.person, ["ti64"]) == []
    assert hers.get("/securite/").status_code == 200


def test_a_sign_that_does_not_exist_is_refused_in_its_field(elsa: Actor, at_tablet: Signs) -> None:
    answer = send(at_tablet(elsa), "/securite/fds/nouvelle/", **SHEET | {"ppe_powder": "M017 M999"})
    assert answer.status_code == 422 and "M999" in answer.content.decode()


def test_a_document_is_published_and_read(driss: Actor, amina: Actor, at_tablet: Signs) -> None:
    his, hers = at_tablet(driss), at_tablet(amina)
    head = {"code": "regle-1", "version": "A", "kind": "safety_rule", "title_fr": "Règle", "title_en": "Rule"}
    assert send(his, "/securite/documents/nouveau/", **head, pin=PIN).status_code == 302
    assert "Règle" in hers.get("/securite/documents/").content.decode()
    assert hers.get("/securite/documents/regle-1/").status_code == 200
    assert send(hers, "/securite/documents/regle-1/", version="A").status_code == 302
    assert queries.unread_documents(amina) == []


def test_thousands_of_documents_are_turned_page_by_page_those_to_read_first(
    amina: Actor, at_tablet: Signs
) -> None:
    now = clock.now()
    head = {
        "version": "A",
        "kind": "manual",
        "title_en": "Manual",
        "published_by": "p-d",
        "published_at": now,
    }
    with guard.lifted():
        ControlledDocument.objects.bulk_create(
            ControlledDocument(
                code=f"m-{n:04}", title_fr=f"Notice {n}", roles=["quality"] if n % 2 else [], **head
            )
            for n in range(2_000)
        )
    hers = at_tablet(amina)
    shown = hers.get("/securite/a-lire/?page=20").content.decode()
    assert "1000 textes" in shown and shown.count("/securite/documents/m-") == 50
    first, last = (hers.get(f"/securite/documents/?page={n}").content.decode() for n in (1, 40))
    assert "m-0001/" not in first and "m-1998/" not in last and "m-1999/" in last
    assert (
        hers.get("/securite/documents/?q=Notice 1999").content.decode().count("/securite/documents/m-") == 1
    )


def test_a_locked_tablet_offers_the_alarm_and_comes_back_to_it(
    amina: Actor, with_secrets: Callable[[Actor], Actor], tablet: Callable[..., Client]
) -> None:
    with_secrets(amina)
    locked = tablet("hall").get("/poste/?next=/ordres/", follow=True).content.decode()
    assert 'href="/securite/dispersion/?from=/ordres/"' in locked
    sent = tablet("hall").get("/securite/dispersion/?from=/ordres/")
    assert sent.status_code == 302 and "next=%2Fsecurite%2Fdispersion%2F" in sent.url


def test_waste_is_weighed_with_a_comma_and_a_wrong_drum_keeps_what_was_typed(
    gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    hse, hers = at_tablet(gaelle), at_tablet(amina)
    assert (
        send(
            hse, "/securite/dechets/nouveau-fut/", code="D-1", stream="oversize", waste_code="12 01 03"
        ).status_code
        == 302
    )
    typed = {"mass": "0,352", "container": "drum:D-1", "about": "build:B1"}
    refused = send(hers, "/securite/dechets/", stream="filters", **typed)
    assert refused.status_code == 409 and 'value="0,352"' in refused.content.decode()
    assert send(hers, "/securite/dechets/", stream="oversize", **typed).status_code == 302
    assert queries.drum("D-1").mass_mg == 352_000
    assert send(hers, "/securite/dechets/", stream="oversize", **typed | {"mass": "lourd"}).status_code == 422
    assert send(hse, "/securite/dechets/D-1/").status_code == 302
    assert send(hse, "/securite/dechets/D-1/", collector="Trivalor").status_code == 302
    assert hers.get("/securite/dechets/").status_code == 200


def test_a_file_that_only_bears_the_name_of_a_pdf_is_no_sheet(elsa: Actor, at_tablet: Signs) -> None:
    program = SimpleUploadedFile("fds.pdf", b"MZ" + bytes(100), "application/pdf")
    answer = send(at_tablet(elsa), "/securite/fds/nouvelle/", **SHEET | {"file": program})
    assert "Ce fichier n’est pas un PDF" in answer.content.decode()
    assert not SafetySheet.objects.exists()


def test_a_new_version_starts_from_the_one_before_with_its_file_in_the_page(
    morning: datetime, elsa: Actor, gaelle: Actor, at_tablet: Signs
) -> None:
    quality, hse = at_tablet(elsa), at_tablet(gaelle)
    page = SimpleUploadedFile("fds.pdf", pdf("FDS"), "application/pdf")
    more = {
        "composition": "Cobalt ; 7440-48-4 ; 0,05 ; 0,2",
        "fire_class": "D",
        "never": ["water"],
        "file": page,
    }
    assert send(quality, "/securite/fds/nouvelle/", **SHEET | more).status_code == 302
    shown = quality.get("/securite/fds/ti64-poudrex/").content.decode()
    for words in ("/fichiers/", "CMR 1B", "Matière solide inflammable", "Feu de classe"):
        assert words in shown
    again = quality.get("/securite/fds/nouvelle/?from=ti64-poudrex").content.decode()
    assert "Cobalt ; 7440-48-4 ; 0,05 ; 0,2" in again and 'value="2.1"' not in again
    head = {"version": "2.1", "pin": PIN, "next_check": "2027-01-15"}
    assert send(hse, "/securite/fds/ti64-poudrex/relire/", **head).status_code == 302
    assert "15\u00a0jan" in hse.get("/securite/fds/ti64-poudrex/").content.decode()
    assert send(hse, "/securite/fds/ti64-poudrex/relire/", **head | {"again": "1"}).status_code == 302


def test_reading_a_sheet_leads_back_to_the_work_that_asked_and_nowhere_else(
    ti64: SafetySheet, amina: Actor, bruno: Actor, at_tablet: Signs
) -> None:
    for who, back, leads in ((amina, "/ordres/", "/ordres/"), (bruno, "//evil.example", "/securite/a-lire/")):
        hers = at_tablet(who)
        assert "(1)" in hers.get("/securite/a-lire/").content.decode()
        answer = send(hers, "/securite/fds/ti64-poudrex/lu/", version="1", next=back)
        assert answer.url == leads


def test_a_zone_says_at_its_door_what_is_missing_and_who_is_inside(
    hugo: Actor, gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    site.add_place(by=hugo, code="poudres", title="Salle des poudres", zone="inert")
    hse, hers = at_tablet(gaelle), at_tablet(amina)
    asked = {"kinds": ["inert", "cmr"], "oxygen_min_percent": "19,5", "source": "DRPCE", "pin": PIN}
    assert send(hse, "/securite/zones/poudres/decrire/", **asked).status_code == 302
    door = "/securite/zones/poudres/"
    assert "Oxygène, au moins" in hers.get(door).content.decode()
    low = send(hers, f"{door}franchir/", verb="enter", oxygen_percent="19,2")
    assert low.status_code == 409 and "19,2" in low.content.decode()
    assert send(hers, f"{door}franchir/", verb="enter", oxygen_percent="beaucoup").status_code == 409
    assert send(hers, f"{door}franchir/", verb="enter", oxygen_percent="20,9").status_code == 302
    assert "Amina Essai" in hse.get("/securite/zones/").content.decode()
    assert send(hse, f"{door}franchir/", verb="leave", person=amina.person).status_code == 302
    assert "Access" not in hse.get(f"{door}affiche/").content.decode()
    assert hers.get("/securite/zones/nulle-part/").status_code == 404


def test_the_register_goes_to_a_spreadsheet_with_commas_and_no_formula(
    gaelle: Actor, amina: Actor, at_tablet: Signs
) -> None:
    actions.open_drum(by=gaelle, code="D-1", stream="oversize", waste_code="12 01 03")
    for n in range(60):
        actions.sort_waste(by=amina, stream="oversize", mass_mg=352_000 + n, container="D-1", about="=1+1")
    hers = at_tablet(amina)
    assert "page=2" in hers.get("/securite/dechets/registre/?stream=oversize").content.decode()
    table = b"".join(hers.get("/securite/dechets/registre/?format=csv")).decode("utf-8-sig").splitlines()
    assert len(table) == 61 and "0,352059" in table[1] and "'=1+1" in table[1]


def test_the_air_is_worked_out_with_commas_and_a_word_is_refused_in_its_field(
    gaelle: Actor, at_tablet: Signs
) -> None:
    hse = at_tablet(gaelle)
    sampling = {"kind": "silica", "measured_on": "2026-11-20", "inhalable": "1,5", "quartz": "0,06"}
    assert send(hse, "/securite/exposition/", **sampling, cristobalite="0,01").status_code == 302
    shown = hse.get("/securite/exposition/").content.decode()
    assert "1,1" in shown and "hors limites" in shown
    assert send(hse, "/securite/exposition/", **sampling | {"quartz": "peu"}).status_code == 422


def test_a_spill_begins_from_the_page_one_was_on(
    ti64: SafetySheet, hugo: Actor, amina: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    shown = hers.get("/securite/dispersion/?about=material:ti64&from=/securite/").content.decode()
    assert "Feu de classe" in shown and 'value="material:ti64"' in shown
    assert send(hers, "/securite/dispersion/", size="small").status_code == 409
    assert send(hers, "/securite/dispersion/", place="poudres").status_code == 302
    assert send(hers, "/securite/dispersion/", scanned="INCONNU").status_code == 409
    assert hers.get("/securite/dispersions/").status_code == 200
    assert hers.get("/securite/dispersions/DA-9/").status_code == 404
