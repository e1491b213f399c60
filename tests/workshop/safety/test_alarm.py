"""« Spill! »: what to do follows every box that is ticked, and the alert says what is grave."""

import pytest

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.safety import actions, queries, rules
from strate.workshop.safety.models import SafetySheet
from strate.workshop.site import actions as site
from tests.workshop.at_tablet import Signs, at_tablet, tablet, with_secrets

from ..conftest import refused, signed
from .conftest import in_force, typed
from .test_pages import send
from .test_spills import lot

__all__ = ["at_tablet", "lot", "tablet", "with_secrets"]
pytestmark = pytest.mark.django_db
PAGE = "/securite/dispersion/"
WORDS = {
    "first_aid": "Rincer 15 minutes.",
    "extinguisher": "Poudre classe D.",
    "spill": "Couvrir de sable sec.",
}


@pytest.fixture()
def pa12(elsa: Actor, gaelle: Actor, driss: Actor, bruno: Actor) -> str:
    in_force(
        elsa,
        gaelle,
        "pa12-x",
        material="pa12",
        fire_class="A",
        agents=["water"],
        never=["air_jet"],
        ppe={"spill": ["M004"]},
        **WORDS,
    )
    feedstock.new_material(by=driss, code="pa12", title="PA12", family="polymer")
    feedstock.receive(
        by=bruno, lot="L2", material="pa12", mass_mg=5_000_000, supplier="Poudrex", supplier_lot="S2"
    )
    return "lot:L2"


def test_what_to_do_follows_what_is_ticked(lot: str, pa12: str, amina: Actor, at_tablet: Signs) -> None:
    hers = at_tablet(amina)

    def said(**ticked: object) -> str:
        return send(hers, f"{PAGE}consignes/", **ticked).content.decode()

    metal, polymer, both = said(about=[lot]), said(about=[pa12]), said(about=[lot, pa12])
    assert "classe D" in metal and "classe A" not in metal and "m010" in metal
    assert "classe A" in polymer and "m010" not in polymer and "Couvrir de sable sec." in polymer
    assert "classe A, D" in both and "eau" in both and "soufflette" in both
    assert "Poudre classe D." not in polymer and "Poudre classe D." in said(about=[pa12], danger=["fire"])
    assert "Rincer 15 minutes." in said(about=[pa12], danger=["injured"])
    assert "n’y retourne" not in polymer and "n’y retourne" in said(about=[pa12], size="large")
    assert "ne touchez à rien" in said() and "ne touchez à rien" not in polymer


def test_what_was_scanned_counts_as_much_as_what_is_ticked(pa12: str, amina: Actor, at_tablet: Signs) -> None:
    hers = at_tablet(amina)
    assert "classe A" in send(hers, f"{PAGE}consignes/", scanned="L2").content.decode()
    assert "ne touchez à rien" in send(hers, f"{PAGE}consignes/", scanned="NOBODY").content.decode()


def test_the_place_adds_its_own_orders_and_tells_who_is_inside(
    pa12: str, hugo: Actor, gaelle: Actor, amina: Actor
) -> None:
    site.add_place(by=hugo, code="argon", title="Local argon", zone="inert")
    actions.describe_zone(by=signed(gaelle), place="argon", kinds=["restricted"], source="DRPCE")
    actions.enter_zone(by=amina, place="argon")
    actions.describe_zone(
        by=signed(gaelle), place="argon", kinds=["inert", "atex_22", "cmr"], ppe=["M017"], source="DRPCE"
    )
    found, elsewhere = queries.alarm([pa12], place="argon"), queries.alarm([pa12])
    assert len(found.first) == 3 and elsewhere.first == ()
    assert found.inside == (amina.person,) and "M017" in found.ppe and "M017" not in elsewhere.ppe


def test_a_fire_or_somebody_hurt_is_critical_and_hse_hears_it(
    lot: str, amina: Actor, gaelle: Actor, at_tablet: Signs
) -> None:
    hers = at_tablet(amina)
    answer = send(hers, PAGE, about=[lot], size="small", danger=["fire", "injured"])
    assert answer.status_code == 302
    found = queries.spills()[0]
    assert found.orders["dangers"] == ["injured", "fire"]
    assert anomalies.one(found.anomaly).severity == "critical"
    told = [n for n in notices.unread(gaelle) if n.code == "dangerous_spill_reported"]
    assert told[0].values["spill_dangers"] == ["injured", "fire"]
    assert "Appelez les secouristes" in hers.get(answer["Location"]).content.decode()


def test_a_danger_nobody_listed_is_refused(lot: str, amina: Actor) -> None:
    with refused("danger_unknown"):
        actions.report_spill(by=amina, about=[lot], dangers=["boredom"])


def test_a_sheet_silent_on_fire_and_water_allows_nothing(
    ti64: SafetySheet, elsa: Actor, gaelle: Actor
) -> None:
    silent = typed(elsa, "mute", fire_class="", agents=[], never=[])
    assert rules.spill_orders([silent], ["ti64"]) == rules.WORST
    assert rules.spill_orders([ti64, silent], ["ti64"])["agents"] == []
