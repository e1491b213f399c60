"""Fenced places: what they ask at the moment one goes in, who is inside, what equipment may stand there."""

from datetime import timedelta
from decimal import Decimal

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.people import actions as people
from strate.workshop.safety import actions, queries, rules
from strate.workshop.safety.models import SafetySheet
from strate.workshop.site import actions as site

from ..conftest import refused, signed

pytestmark = pytest.mark.django_db


@pytest.fixture()
def powder_room(hugo: Actor, gaelle: Actor) -> str:
    site.add_place(by=hugo, code="poudres", title="Salle des poudres", zone="atex_22")
    site.add_place(by=hugo, code="armoire", title="Armoire", parent="poudres")
    actions.describe_zone(
        by=signed(gaelle),
        place="poudres",
        kinds=["atex_22", "cmr", "inert"],
        authorisations=[("zone", "poudres")],
        ppe=["M017", "M009"],
        second_person=True,
        source="DRPCE 2026",
    )
    return "poudres"


def authorised(person: Actor, by: Actor, *, days: int = 100) -> None:
    today = clock.now().date()
    people.authorise(
        by=signed(by),
        person=person.person,
        kind="zone",
        scope="poudres",
        granted_on=today - timedelta(days=200),
        expires_on=today + timedelta(days=days),
        reason="Formation ATEX",
    )


def test_every_condition_not_met_is_told_at_once(powder_room: str, amina: Actor) -> None:
    with refused("authorisation_missing", "zone_oxygen_not_read", "zone_alone", "zone_ppe_not_confirmed"):
        actions.enter_zone(by=amina, place=powder_room)
    assert queries.inside() == []


def test_the_paper_is_judged_at_the_moment_of_the_gesture(
    powder_room: str, amina: Actor, chloe: Actor
) -> None:
    authorised(amina, chloe, days=-1)
    assert [r.code for r in queries.entry_reasons(amina, powder_room)] == ["authorisation_expired"]


@pytest.mark.parametrize(("oxygen", "codes"), [("19.49", ["zone_oxygen_too_low"]), ("19.5", [])])
def test_oxygen_exactly_at_its_limit_is_enough(oxygen: str, codes: list[str]) -> None:
    asked = rules.Conditions("p", ("inert",), oxygen_min_percent=Decimal("19.5"))
    found = rules.entry_reasons(asked, rules.Given(Decimal(oxygen)), person="amina")
    assert [r.code for r in found] == codes


def test_somebody_goes_in_is_counted_and_comes_out(
    powder_room: str, amina: Actor, bruno: Actor, chloe: Actor
) -> None:
    authorised(amina, chloe)
    actions.confirm_ppe(by=amina, operation="powder", about="place:poudres")
    brings = {"oxygen_percent": Decimal("20.8"), "second_person": bruno.person}
    actions.enter_zone(by=amina, place=powder_room, **brings)
    assert [v.person for v in queries.inside("poudres")] == [amina.person]
    with refused("already_inside"):
        actions.enter_zone(by=amina, place=powder_room, **brings)
    with refused("not_allowed"):
        actions.leave_zone(by=bruno, place=powder_room, person=amina.person)
    actions.leave_zone(by=amina, place=powder_room)
    assert queries.inside() == []
    with refused("not_inside"):
        actions.leave_zone(by=amina, place=powder_room)


def test_a_forgotten_exit_is_asked_about_once_and_said_by_who_saw_them_outside(
    powder_room: str, amina: Actor, bruno: Actor, chloe: Actor, gaelle: Actor
) -> None:
    authorised(amina, chloe)
    actions.confirm_ppe(by=amina, operation="powder", about="place:poudres")
    actions.enter_zone(by=amina, place=powder_room, oxygen_percent=Decimal(20), second_person=bruno.person)
    with clock.at(clock.now() + timedelta(hours=5)):
        assert actions.ask_who_is_inside(by=gaelle) == 1 and actions.ask_who_is_inside(by=gaelle) == 0
        assert "still_inside" in [n.code for n in notices.unread(amina)]
        left = actions.leave_zone(by=chloe, place=powder_room, person=amina.person)
    assert left.left_said_by == chloe.person


def test_a_place_nobody_described_asks_what_is_usual(hugo: Actor, amina: Actor) -> None:
    site.add_place(by=hugo, code="fosse", title="Fosse argon", zone="inert")
    asked = queries.conditions("fosse")
    assert asked.usual and asked.oxygen_min_percent == Decimal("19.5") and asked.second_person
    assert [r.code for r in queries.entry_reasons(amina, "fosse")] == ["authorisation_missing"]
    assert queries.entry_reasons(amina, "nowhere") == []


def test_what_lies_in_a_zone_is_in_the_zone(powder_room: str, amina: Actor, gaelle: Actor) -> None:
    assert queries.conditions("armoire").place == "poudres"
    with refused("equipment_not_for_this_zone"):
        actions.declare_equipment(by=gaelle, code="ASP-9", title="Aspirateur", place="armoire")
    actions.declare_equipment(
        by=gaelle, code="ASP-1", title="Aspirateur ATEX", category="3D", place="armoire"
    )
    assert queries.equipment_reasons("equipment:ASP-1") == []
    assert [r.code for r in queries.equipment_reasons("machine:LAMPE", "armoire")] == [
        "equipment_not_for_this_zone"
    ]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("atex_20", "1D", "2D"), ("atex_21", "2D", "3D"), ("atex_22", "3D", "3G"), ("atex_1", "2G", "2D")],
)
def test_the_worse_the_zone_the_better_the_category(kind: str, good: str, bad: str) -> None:
    asked = {"equipment": "equipment:E", "place": "p", "kinds": [kind]}
    assert rules.equipment_reason(category=good, **asked) is None
    assert rules.equipment_reason(category=bad, **asked) is not None
    assert rules.equipment_reason(category="", **asked) is not None


def test_the_poster_names_whom_the_employer_authorised(
    powder_room: str, amina: Actor, bruno: Actor, chloe: Actor
) -> None:
    authorised(amina, chloe)
    authorised(bruno, chloe, days=-1)
    named = queries.authorised_in(queries.conditions(powder_room), clock.now().date())
    assert named == [amina.person]


def test_equipment_to_wear_adds_the_zone_to_the_sheet(powder_room: str, ti64: SafetySheet) -> None:
    assert queries.ppe_required("spill", ["ti64"], place="poudres") == ("M017", "M009", "M010")
    assert queries.ppe_required("running", [], place="poudres") == ("M004", "M008", "M017", "M009")
