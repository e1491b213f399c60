"""A pouring and the pages around it ask the database the same few questions, however much the shop holds."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strate.workshop.feedstock import actions, queries
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from strate.workshop.safety import actions as safety
from strate.workshop.site import actions as site
from tests.workshop.feedstock.conftest import kg
from tests.workshop.safety.conftest import in_force

Door = Callable[..., Lot]
# Twelve of them write; the others are the gate: the job, the powder, what is known of it, holds, papers, zone.
MOST = 40


@pytest.fixture()
def shop(
    ti64: Material,
    m290: Machine,
    released: Door,
    amina: Actor,
    driss: Actor,
    elsa: Actor,
    gaelle: Actor,
    hugo: Actor,
    signed: Callable[[Actor], Actor],
) -> Callable[..., None]:
    """`shop(0, 1)`: a lot with its certificate, a sheet, a document and a place of each of these numbers."""
    line = actions.specify(by=driss, material="ti64", property="O", high="0,20", source="F2924")
    actions.approve_limits(by=signed(elsa), material="ti64", limits=[line.pk])
    site.add_place(by=hugo, code="hall", title="Hall")

    def furnish(*numbers: int) -> None:
        for n in numbers:
            site.add_place(by=hugo, code=f"room-{n}", title=f"Salle {n}", parent="hall")
            in_force(elsa, gaelle, code=f"sheet-{n}", supplier="AP&C" if n == 0 else f"Autre {n}")
            paper = {"kind": "safety_rule", "title_fr": "Consigne", "title_en": "Order", "roles": ["quality"]}
            safety.publish_document(by=signed(driss), code=f"doc-{n}", version="1", **paper)
            released(f"L{n}", kg(2))
            oxygen = {"property": "O", "value": "0,12", "unit": "wt-%"}
            actions.certify(by=amina, lot=f"L{n}", readings=[oxygen], number=f"C-{n}", type="3.1")
            safety.acknowledge(by=amina, sheet=f"sheet-{n}")

    return furnish


def asked(by: Actor, lot: str) -> int:
    with CaptureQueriesContext(connection) as heard:
        actions.load(by=by, lot=lot, machine="M290-1", mass_mg=kg(1))
    return len(heard)


def test_a_pouring_asks_as_much_of_a_full_shop_as_of_an_empty_one(
    shop: Callable[..., None], amina: Actor
) -> None:
    shop(0)
    actions.load(by=amina, lot="L0", machine="M290-1", mass_mg=kg(1))
    first = asked(amina, "L0")
    shop(1, 2, 3, 4, 5)
    for n in range(1, 6):
        actions.load(by=amina, lot=f"L{n}", machine="M290-1", mass_mg=kg(1))
    assert len(queries.in_machine("M290-1").portions) == 6
    assert asked(amina, "L1") <= first <= MOST, first


@pytest.mark.parametrize(
    "page", ["/machines/M290-1/", "/choses/machine:M290-1/", "/matieres/contenants/D-0/"]
)
def test_a_page_that_tells_of_many_lots_reads_their_names_at_once(
    ti64: Material,
    m290: Machine,
    released: Door,
    amina: Actor,
    at_tablet: Callable[[Actor], Client],
    page: str,
) -> None:
    hers, told = at_tablet(amina), []
    for lots in (1, 4):
        for n in range(lots):
            released(f"{page[1:4]}-{lots}-{n}", kg(2), container=f"D-{n if lots == 1 else n + 1}")
            actions.load(by=amina, lot=f"{page[1:4]}-{lots}-{n}", machine="M290-1", mass_mg=kg(1))
        with CaptureQueriesContext(connection) as heard:
            assert hers.get(page).status_code == 200
        told.append(len(heard))
    assert told[1] <= told[0] <= MOST, told
