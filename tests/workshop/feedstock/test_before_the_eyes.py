"""What somebody reads on a page of the powder, in French: what is coming, what is dried, what stands in the way."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal as D

from django.test import Client

from strate.workshop.doors import wording
from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.safety import actions as safety
from tests.workshop.at_tablet import typed
from tests.workshop.feedstock.conftest import kg
from tests.workshop.safety.conftest import in_force

Door = Callable[..., Lot]
Refuses = Callable[..., AbstractContextManager[None]]
Signs = Callable[[Actor], Client]


def read(client: Client, address: str) -> str:
    """The words of a page, any space a space."""
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_an_announced_lot_says_how_much_is_coming_and_that_nothing_was_moved(
    ti64: Material, amina: Actor, driss: Actor, at_tablet: Signs
) -> None:
    actions.announce(by=driss, lot="L-1", material="ti64", supplier="AP&C", mass_mg=kg("25.5"))
    page = read(at_tablet(amina), "/matieres/lots/L-1/")
    assert "Annoncé 25,5 kg" in page and "Rien n’a encore été déplacé" in page


def test_a_broken_seal_is_rompu_and_who_checks_the_lot_sees_it(
    ti64: Material, amina: Actor, bruno: Actor, at_tablet: Signs
) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1), seal="broken")
    assert "Scellé Rompu" in read(at_tablet(amina), "/matieres/lots/L-1/")
    assert "Scellé Rompu" in read(at_tablet(bruno), "/matieres/lots/L-1/controler/")


def test_a_mass_beyond_reason_says_so_and_not_that_it_is_too_fine(
    ti64: Material, amina: Actor, at_tablet: Signs
) -> None:
    sent = typed(lot="L-1", material="ti64", supplier="X", mass_mg="99999999999")
    page = at_tablet(amina).post("/matieres/recevoir/", sent)
    said = page.content.decode()
    assert page.status_code == 422 and "aucun atelier ne pèse cela" in said and "milligramme" not in said


def test_what_is_in_the_oven_is_taken_out_first_and_its_water_is_called_water(
    ti64: Material, released: Door, amina: Actor, at_tablet: Signs
) -> None:
    released("L-1", kg(10), container="D-1")
    actions.put_in_oven(by=amina, container="D-1", set_celsius=D(70), mass_mg=kg(10))
    hers = at_tablet(amina)
    page = read(hers, "/matieres/lots/L-1/")
    assert "À l’étuve à 70 °C depuis" in page and "Le sortir de l’étuve" in page and "L’étuver" not in page
    assert "Consigne 70 °C" in read(hers, "/matieres/lots/L-1/etuver/")
    actions.take_out_of_oven(by=amina, container="D-1", mass_mg=kg("9.98"))
    page = read(hers, "/matieres/lots/L-1/")
    assert "Eau, à l’étuve" in page and "water" not in page and "L’étuver" in page


def test_the_bounds_of_a_value_stand_beside_its_field_before_it_is_typed(
    ti64: Material,
    amina: Actor,
    driss: Actor,
    elsa: Actor,
    at_tablet: Signs,
    signed: Callable[[Actor], Actor],
) -> None:
    actions.receive(by=amina, lot="L-1", material="ti64", mass_mg=kg(1))
    line = actions.specify(by=driss, material="ti64", property="O", high="0,13", source="Fiche EOS")
    hers = at_tablet(amina)
    assert "≤ 0,13" not in read(hers, "/matieres/lots/L-1/certificat/"), "not approved yet"
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    for page in ("certificat", "mesurer"):
        assert "Oxygène (O) (% masse) (facultatif) ≤ 0,13 % masse" in read(
            hers, f"/matieres/lots/L-1/{page}/"
        )


def test_nobody_opens_a_drum_before_reading_its_sheet_and_the_refusal_leads_to_it(
    ti64: Material,
    released: Door,
    amina: Actor,
    elsa: Actor,
    gaelle: Actor,
    at_tablet: Signs,
    refused: Refuses,
) -> None:
    released("L-1", kg(5))
    in_force(elsa, gaelle)
    with refused("sheet_unread"):
        actions.open_lot(by=amina, lot="L-1")
    page = at_tablet(amina).post("/matieres/lots/L-1/ouvrir/", typed(temperature_celsius="21"))
    said = page.content.decode()
    assert page.status_code == 409 and 'href="/securite/a-lire/"' in said and "Lire maintenant" in said
    safety.acknowledge(by=amina, sheet="ti64-poudrex")
    assert actions.open_lot(by=amina, lot="L-1").state == "open"


def test_a_gesture_out_of_turn_says_in_which_state_the_lot_is(
    ti64: Material, released: Door, bruno: Actor, at_tablet: Signs
) -> None:
    released("L-1", kg(5))
    page = at_tablet(bruno).post("/matieres/lots/L-1/controler/", typed(mass_mg="5"))
    said = re.sub(r"\s+", " ", page.content.decode())
    assert page.status_code == 409 and "dans l’état « Libéré »" in said
    assert queries.lot("L-1").state == "released"


def test_one_container_brought_in_is_not_told_in_the_plural() -> None:
    said = wording.fact_sentence("feedstock.stock_imported", {"count": 1, "containers": 1, "mass_mg": kg(25)})
    assert re.sub(r"\s+", " ", said) == "Stock importé. Lots : 1 ; contenants : 1 ; masse : 25 kg."
