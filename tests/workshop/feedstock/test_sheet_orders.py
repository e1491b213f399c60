"""The safety data sheet drives the gestures: what is worn, which drum, which sieve in which zone, which signs."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from strate.workshop.feedstock import actions, queries, shown
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import actions as hall
from strate.workshop.machines.models import Machine
from strate.workshop.safety import actions as safety
from strate.workshop.safety import queries as sheets
from strate.workshop.site import actions as site
from tests.workshop.feedstock.conftest import kg
from tests.workshop.safety.conftest import in_force as sheet_in_force

Refuses = Callable[..., AbstractContextManager[None]]
Door = Callable[..., Lot]
SUPPLIER = "AP&C"


@pytest.fixture()
def powder_room(hugo: Actor) -> str:
    """A zone 21."""
    site.add_place(by=hugo, code="poudres", title="Salle des poudres", zone="atex_21")
    return "poudres"


def test_the_page_of_a_gesture_tells_what_the_sheet_orders(
    ti64: Material,
    released: Door,
    elsa: Actor,
    gaelle: Actor,
    amina: Actor,
    at_tablet: Callable[[Actor], Client],
) -> None:
    released("A", kg(5), container="D-1")
    hers = at_tablet(amina)
    assert "Aucune FDS relue ne parle de ce lot" in hers.get("/matieres/lots/A/tamiser/").content.decode()
    sheet_in_force(elsa, gaelle, supplier=SUPPLIER, disposal="Fût métallique")
    safety.open_drum(by=gaelle, code="DE-1", stream="oversize")
    safety.open_drum(by=gaelle, code="DE-2", stream="contaminated_powder")
    safety.open_drum(by=gaelle, code="DE-3", stream="wipes")
    for gesture in ("tamiser", "transvaser", "echantillonner", "jeter", "etuver", "contaminer", "charger"):
        page = hers.get(f"/matieres/lots/A/{gesture}/").content.decode()
        assert "Sa fiche de sécurité ordonne" in page and "Tamiser sous argon." in page, gesture
        assert "poudre contaminée" in page and "Fût métallique" in page and "FDS Ti64 Grade 23" in page
        # On a narrow screen its signs come before what is typed.
        assert page.index('class="orders-short"') < page.index('name="command"') < page.index('id="orders"')
    # The drum of its stream is there already, the others come after it.
    waste = hers.get("/matieres/lots/A/jeter/").content.decode()
    assert '<option value="DE-2" selected>' in waste and waste.index("DE-2") < waste.index("DE-1")


def test_powder_is_thrown_in_a_drum_of_powder_and_with_what_is_contaminated_when_it_is(
    ti64: Material, released: Door, amina: Actor, gaelle: Actor, refused: Refuses
) -> None:
    released("A", kg(5), container="D-1")
    for code, stream in (("P", "used_powder_takeback"), ("C", "contaminated_powder"), ("W", "wipes")):
        safety.open_drum(by=gaelle, code=code, stream=stream)
    throw = {"by": amina, "lot": "A", "mass_mg": kg(1)}
    with refused("drum_of_other_waste"):
        actions.waste(drum="W", **throw)
    actions.waste(drum="P", **throw)
    actions.contaminate(by=amina, about="lot:A", cause="Goutte d’huile")
    with refused("drum_of_other_waste"):
        actions.waste(drum="P", **throw)
    actions.waste(drum="C", **throw)
    assert queries.waste_stream(queries.lot("A")) == "contaminated_powder"
    assert (sheets.drum("P").mass_mg, sheets.drum("C").mass_mg, sheets.drum("W").mass_mg) == (
        kg(1),
        kg(1),
        0,
    )
    assert queries.ledger_gaps() == {}


def test_a_sieve_too_low_for_its_zone_is_refused_and_one_not_declared_is_doubted(
    ti64: Material,
    released: Door,
    powder_room: str,
    amina: Actor,
    driss: Actor,
    gaelle: Actor,
    at_tablet: Callable[[Actor], Client],
    refused: Refuses,
) -> None:
    released("A", kg(5), container="D-1")
    hall.enter(by=driss, code="TA-1", title="Tamis 1", kind="sieve", material="ti64", place=powder_room)
    unknown = "Catégorie ATEX de"
    assert unknown in at_tablet(amina).get("/matieres/lots/A/tamiser/").content.decode()
    # One that is scanned is told too, before the gesture is written down.
    scanned = {"sieve_machine": "TA-1", "tool": "", "oven": " "}
    said = at_tablet(amina).get("/matieres/lots/A/outils/", scanned).content.decode()
    assert said.count(unknown) == 1 and "Tamis 1" in said
    sieve = {"by": amina, "lot": "A", "mesh_um": 63, "sieve_machine": "TA-1", "oversize_mg": 0}
    actions.sieve(through_mg=kg(5), **sieve)
    declare = {"by": gaelle, "code": "TA-1", "title": "Tamis 1", "machine": "machine:TA-1"}
    with refused("equipment_not_for_this_zone"):  # safety does not let it be declared there either
        safety.declare_equipment(category="3D", place=powder_room, **declare)
    safety.declare_equipment(category="2D", place=powder_room, **declare)
    actions.sieve(through_mg=kg(5), **sieve)
    assert unknown not in at_tablet(amina).get("/matieres/lots/A/tamiser/").content.decode()
    assert unknown not in at_tablet(amina).get("/matieres/lots/A/outils/", scanned).content.decode()


def test_a_vacuum_for_zone_22_is_not_used_in_zone_21(
    ti64: Material,
    released: Door,
    powder_room: str,
    hugo: Actor,
    amina: Actor,
    gaelle: Actor,
    refused: Refuses,
) -> None:
    site.add_place(by=hugo, code="sas", title="Sas", zone="atex_22")
    safety.declare_equipment(by=gaelle, code="ASP-1", title="Aspirateur", category="3D", place="sas")
    released("A", kg(5), container="D-1")
    actions.change_container(by=amina, container="D-1", place=powder_room)
    with refused("equipment_not_for_this_zone"):
        actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg(1), tool="ASP-1")
    actions.transfer(by=amina, lot="A", source="D-1", target="D-2", mass_mg=kg(1), tool="Pelle 1")


def test_a_label_bears_the_signs_of_its_own_product_and_its_own_sheet_is_read(
    ti64: Material,
    m290: Machine,
    released: Door,
    elsa: Actor,
    gaelle: Actor,
    amina: Actor,
    refused: Refuses,
) -> None:
    sheet_in_force(elsa, gaelle, "own", supplier=SUPPLIER, product="Ti64", pictograms=["GHS02"])
    sheet_in_force(elsa, gaelle, "fine", supplier=SUPPLIER, product="Ti64 fin", pictograms=["GHS08"])
    sheet_in_force(elsa, gaelle, "other", supplier="Autre", pictograms=["GHS05"])
    lot = released("A", kg(5), container="D-1")
    assert shown.lot_labels([lot.ref])[lot.ref][3] == ("GHS02", "GHS08")
    safety.name_product(by=gaelle, lot=lot.ref, product="own")
    assert shown.lot_labels([lot.ref])[lot.ref][3] == ("GHS02",)
    assert shown.container_labels(["container:D-1"])["container:D-1"][3] == ("GHS02",)
    pour = {"by": amina, "lot": "A", "machine": "M290-1", "mass_mg": kg(1)}
    with refused("sheet_unread"):
        actions.load(**pour)
    safety.acknowledge(by=amina, sheet="own")
    actions.load(**pour)
