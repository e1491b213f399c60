"""Weeks of a shop lived through its own gestures: what a trace tells is what each lot was written with on the day."""

from collections.abc import Callable
from decimal import Decimal as D

import pytest

from strate.kernels.genealogy import ONE
from strate.workshop.feedstock import actions
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.models import Lot
from strate.workshop.journal.actor import Actor
from strate.workshop.site import actions as site
from strate.workshop.traceability import queries
from strate.workshop.traceability.queries import builds, subject, tree
from strate.workshop.traceability.queries.carried import Borne, borne
from tests.workshop.at_tablet import Signs
from tests.workshop.feedstock.conftest import kg

Door = Callable[..., Lot]
# Means are rounded in their 38th decimal at each mixture.
NOTHING = ONE // 10**30


@pytest.fixture()
def lived(released: Door, m290: object, ti64: object, amina: Actor, hugo: Actor) -> None:
    """Two virgin lots spread, the overflow blended and topped up twice, all of it spread again into the same drum."""
    site.set_setting(by=hugo, key="powder_blend_supplier_lots", value="1")
    for code, mass in (("A", 60), ("B", 40), ("C", 40)):
        released(code, kg(mass))
    machine = {"by": amina, "machine": "M290-1"}
    actions.load(**machine, lot="A", mass_mg=kg(30))
    actions.load(**machine, lot="B", mass_mg=kg(20))
    out = {"recovered_mg": kg(20), "fused_mg": kg(1), "overflow_mg": kg(10), "overflow_weight": D("0.25")}
    actions.weigh_back(**machine, build="build:F-1", lot="R1", container="FUT-R", hours=D(20), **out)
    for code, mass in (("R1", 20), ("R1-T", 10)):
        actions.sieve(by=amina, lot=code, mesh_um=63, through_mg=kg(mass), oversize_mg=0)
    blend = {"by": amina, "mixing_min": 20}
    actions.blend(**blend, lot="MEL-1", container="FUT-M", pours={"A": kg(10), "R1-T": kg(8)})
    actions.blend(**blend, lot="MEL-2", container="FUT-N", pours={"MEL-1": kg(12), "C": kg(5)})
    actions.blend(**blend, lot="MEL-3", container="FUT-O", pours={"MEL-2": kg(9), "C": kg(4)})
    actions.load(**machine, lot="R1", mass_mg=kg(20))
    actions.load(**machine, lot="MEL-3", mass_mg=kg(7))
    back = {"recovered_mg": kg(30), "residual_mg": kg(14), "container": "FUT-R", "hours": D("12.5")}
    actions.weigh_back(**machine, build="build:F-2", lot="R2", fused_mg=kg(2), **back)


def of(ref: str) -> Borne:
    found = subject(ref)
    worth = borne(found, tree.backward(found))
    assert worth is not None
    return worth


def test_what_a_trace_works_out_is_what_each_lot_was_written_with(lived: None) -> None:
    for lot in Lot.objects.all():
        told = of(lot.ref)
        assert (told.used - lot.used_share.units) ** 2 <= NOTHING, lot.code
        assert told.age_max == lot.age_max, lot.code
        assert abs(told.age_mean.units - lot.age_mean.units) <= NOTHING, lot.code
        assert abs(told.hours_mean - lot.hours_mean.units) <= NOTHING, lot.code
        assert sum(told.ages) == ONE
    assert str(feedstock.lot("R1-T").age_mean) == "0.25" and of("lot:R1-T").age_max == 1


def test_both_ways_agree_and_no_milligram_is_lost(lived: None) -> None:
    lots = {lot.pk: lot.code for lot in Lot.objects.all()}
    back = {pk: tree.up(pk) for pk in lots}
    forth = {pk: tree.down(pk).by_node() for pk in lots}
    assert all(sum(each.by_origin().values()) == ONE for each in back.values())
    assert all(abs(forth[a].get(b, 0) - back[b].of(a)) <= 1 for a in lots for b in lots)
    assert feedstock.ledger_gaps() == {}


def test_a_build_is_one_build_though_its_overflow_was_weighed_apart(lived: None) -> None:
    told = queries.answer("lot:MEL-1")["made_of"]
    # Eight kilograms of eighteen passed over the bed of F-1.
    assert [(each["build"], each["share"][:6]) for each in told["builds"]] == [("build:F-1", "0.4444")]
    ahead = {each.build: each.share for each in builds.ahead(tree.down(feedstock.lot("A").pk))}
    assert ahead["F-1"] == 6 * ONE // 10 and ahead.keys() == {"F-1", "F-2"}
    spread = queries.answer("build:F-1")
    assert {each["lot"]: each["share"] for each in spread["made_of"]["origins"]} == {
        "lot:A": "0.6",
        "lot:B": "0.4",
    }
    assert {"lot:R1", "lot:R1-T", "lot:MEL-1"} <= {each["lot"] for each in spread["used_in"]["lots"]}


def test_powder_weighed_back_twice_from_one_build_saw_it_once(lived: None, amina: Actor) -> None:
    actions.weigh_back(by=amina, machine="M290-1", build="build:F-2", lot="R2-B", recovered_mg=kg(14))
    [twice, first] = builds.behind(tree.up(feedstock.lot("R2-B").pk))
    assert (twice.build, twice.share) == ("F-2", ONE) and first.build == "F-1" and first.share < ONE
    assert queries.answer("build:F-2")["made_of"]["sum"] == "1"


def test_the_drum_that_was_filled_again_tells_of_what_it_holds_now(lived: None) -> None:
    drum, lot = queries.answer("container:FUT-R"), queries.answer("lot:R2")
    assert drum["made_of"]["origins"] == lot["made_of"]["origins"]
    # What is left of a drum that was poured from is the same powder, less of it.
    assert (
        queries.answer("container:FUT-M")["made_of"]["origins"]
        == queries.answer("lot:MEL-1")["made_of"]["origins"]
    )
    assert drum["worth"]["age_max"] == lot["worth"]["age_max"] and drum["worth"]["hours_mean"]


def test_the_page_and_the_exports_tell_what_was_done_on_the_way(
    lived: None, amina: Actor, at_tablet: Signs
) -> None:
    told = queries.answer("lot:R2", lines=True)["gestures"]
    said = [each["said"] for each in told]
    # Latest first: out of the machine, blended and sieved before, each supplier's lot released before that.
    assert "R2" in said[0] and all(each["by"] for each in told)
    assert len([each for each in said if "63" in each]) == 2
    assert {each["at"] for each in told} and [e["at"] for e in told] == sorted(
        (e["at"] for e in told), reverse=True
    )
    tablet = at_tablet(amina)
    page = tablet.get("/tracabilite/lot:R2/").content.decode()
    assert "Ce qu’on lui a fait en chemin" in page and "MEL-2" in page
    table = b"".join(tablet.get("/tracabilite/lot:R2/trace.csv").streaming_content).decode("utf-8-sig")
    assert table.count("geste;") == len(told)
