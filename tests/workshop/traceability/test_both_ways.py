"""From a part to every supplier lot, from a lot to every part, with exact shares."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import transaction

from strate.workshop.builds.models import Build
from strate.workshop.feedstock import genealogy
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.actions.ledger import move
from strate.workshop.feedstock.models import Lot, PowderMovement
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.journal.refusals import Refused
from strate.workshop.journal.rows import insert
from strate.workshop.traceability import queries
from strate.workshop.traceability.memory import Memory, memory
from strate.workshop.traceability.queries import tree
from tests.workshop.traceability.conftest import KG, Pour

Shop = dict[str, Lot]
Refusing = Callable[..., AbstractContextManager[None]]


@pytest.fixture(params=["memory", "one question"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every trace is the same whether the tree is in memory or the database is asked."""
    if request.param == "one question":
        monkeypatch.setattr(type(memory), "graph", lambda self: None)
    return str(request.param)


def shares(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    return {row[name]: row["share"] for row in rows}


def test_o16_a_part_knows_every_lot_it_is_made_of(shop: Shop, way: str) -> None:
    told = queries.answer("piece:F-2-OF-2-01")["made_of"]
    assert shares(told["origins"], "lot") == {"lot:A": "0.36", "lot:B": "0.24", "lot:C": "0.4"}
    assert told["sum"] == "1"
    assert shares(told["builds"], "build") == {"build:F-1": "0.6"}


def test_a_lot_knows_every_lot_build_and_part_made_of_it(shop: Shop, way: str) -> None:
    told = queries.answer("lot:A")["used_in"]
    wanted = {"lot:MEL-1": "0.6", "lot:F-1-R": "0.6", "lot:MEL-2": "0.36", "lot:F-2-R": "0.36"}
    assert shares(told["lots"], "lot") == wanted
    assert shares(told["builds"], "build") == {"build:F-1": "0.6", "build:F-2": "0.36"}
    parts = {(p["build"], p["customer"], p["good"]) for p in told["parts"]}
    assert parts == {("build:F-1", "Client Un", 2), ("build:F-2", "Client Deux", 3)}


def test_a_lot_that_went_nowhere_is_made_of_itself_and_made_nothing(shop: Shop, way: str) -> None:
    told = queries.answer("lot:D")
    assert shares(told["made_of"]["origins"], "lot") == {"lot:D": "1"}
    assert told["used_in"]["lots"] == [] and told["used_in"]["builds"] == []


def test_a_build_knows_its_powder_its_parts_and_where_what_was_recovered_went(shop: Shop, way: str) -> None:
    told = queries.answer("build:F-1")
    assert shares(told["made_of"]["origins"], "lot") == {"lot:A": "0.6", "lot:B": "0.4"}
    assert told["made_of"]["builds"] == []
    assert shares(told["used_in"]["builds"], "build") == {"build:F-2": "0.6"}
    assert [p["build"] for p in told["used_in"]["parts"]] == ["build:F-1", "build:F-2"]


def test_a_machine_is_traced_by_what_it_holds_now(shop: Shop, built: Callable[..., Build], way: str) -> None:
    built("F-3", "OF-3", "Client Trois", 1, state="launched", machine="M-3")
    with act("feedstock.loaded", by=SYSTEM) as done:
        for code, kilograms in (("F-2-R", 10), ("D", 30)):
            place = shop[code].portions.filter(mass_mg__gt=0)[0].place
            move(done, shop[code], source=place, target="machine:M-3", mass_mg=kilograms * KG, kind="loaded")
        done.tell("machine:M-3", lot="lot:D", mass_mg=40 * KG)
    wanted = {"lot:A": "0.09", "lot:B": "0.06", "lot:C": "0.1", "lot:D": "0.75"}
    for ref in ("machine:M-3", "build:F-3", "piece:F-3-OF-3-01"):
        told = queries.answer(ref)
        assert shares(told["made_of"]["origins"], "lot") == wanted
        assert told["place"] == "machine:M-3"
    assert shares(queries.answer("lot:A")["used_in"]["builds"], "build")["build:F-3"] == "0.09"


def test_the_composition_told_by_the_powder_room_is_the_same(shop: Shop) -> None:
    found = {code: str(share) for code, share in feedstock.composition("MEL-2").items()}
    assert found == {"A": "0.36", "B": "0.24", "C": "0.4"}


def test_the_memory_catches_up_with_each_new_line_before_it_answers(shop: Shop, mixed: Pour) -> None:
    assert set(tree.down(shop["D"].pk).by_node()) == {shop["D"].pk}
    kept = memory.graph()
    later = mixed("MEL-3", {shop["D"]: 5, shop["C"]: 5})
    assert tree.down(shop["D"].pk).by_node().keys() == {shop["D"].pk, later.pk}
    assert memory.graph() is not kept and memory.graph() is memory.graph()


def test_each_process_follows_the_ledger_and_keeps_nothing_that_was_taken_back(
    shop: Shop, mixed: Pour
) -> None:
    one, other = Memory(), Memory()
    before = lines_kept(one)
    assert lines_kept(other) == before
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mixed("MEL-3", {shop["D"]: 5, shop["C"]: 5})
        # Whoever asks inside the act sees what it has poured so far.
        assert lines_kept(one) == before + 2
        raise ZeroDivisionError
    mixed("MEL-4", {shop["D"]: 5})
    assert lines_kept(one) == lines_kept(other) == before + 1


def lines_kept(memory: Memory) -> int:
    graph = memory.graph()
    assert graph is not None
    return len(graph)


def test_a_lot_made_of_itself_is_refused_with_the_names_it_goes_through(shop: Shop, way: str) -> None:
    # The hands that move powder refuse it; here the line comes from elsewhere, as with a damaged import.
    with act("feedstock.blended", by=SYSTEM) as done:
        of = {"source": "past:", "target": "past:", "mass_mg": KG, "kind": "declared", "at": done.happened_at}
        insert(PowderMovement(lot=shop["F-2-R"], becomes=shop["MEL-1"], event=done.event, **of))
        done.tell(shop["MEL-1"], lot="lot:MEL-1", mass_mg=KG)
    with pytest.raises(Refused) as refused:
        queries.answer("lot:MEL-2")
    reason = refused.value.reasons[0]
    assert reason.code == "matter_goes_round"
    lots = reason.values["lots"]
    assert lots[0] == lots[-1] and set(lots) == {"lot:MEL-1", "lot:F-1-R", "lot:MEL-2", "lot:F-2-R"}


def test_what_has_nothing_to_do_with_powder_is_refused(shop: Shop, refused: Refusing) -> None:
    with refused("not_traceable"):
        queries.answer("order:OF-1")
    with refused("no_such_lot"):
        queries.answer("lot:ABSENT")


def test_the_lots_of_a_recall_letter_are_found_by_what_the_supplier_wrote(shop: Shop) -> None:
    assert genealogy.bought_as("pi-a") == ["lot:A"]
    assert genealogy.bought_as("PI-") == []


def test_one_question_gives_each_line_once_however_many_ways_lead_there(
    shop: Shop, mixed: Pour, bought: Pour
) -> None:
    here = bought("L-0", 10_000)
    for n in range(1, 10):
        side = mixed(f"S-{n}", {here: 2})
        here = mixed(f"L-{n}", {here: 4000 // 2**n, side: 1})
    edges = genealogy.lines_up([here.pk])
    assert len(edges) == 3 * 9
    assert str(tree.up(here.pk).by_origin()).count(":") == 1
