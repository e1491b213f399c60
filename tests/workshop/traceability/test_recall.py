"""A recall: everything made of a lot is stopped in one act, then let go thing by thing."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from strate.workshop.builds.models import Build
from strate.workshop.feedstock.models import Lot
from strate.workshop.holds import actions as holds
from strate.workshop.holds import queries as held
from strate.workshop.holds.models import Hold
from strate.workshop.inspection.models import Piece
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.models import Fact
from strate.workshop.journal.refusals import Refused
from strate.workshop.traceability import actions
from strate.workshop.traceability.models import Recall
from strate.workshop.traceability.queries import recall
from tests.workshop.traceability.conftest import Pour

Shop = dict[str, Lot]
Signed = Callable[[Actor], Actor]
Refusing = Callable[..., AbstractContextManager[None]]
WHY = "Lettre du fournisseur : oxygène hors spécification"


def test_everything_made_of_the_lot_is_stopped_in_one_act(shop: Shop, elsa: Actor, signed: Signed) -> None:
    made = actions.recall(by=signed(elsa), lot="A", reason=WHY)
    stopped = {hold.about for hold in held.from_origin(made.ref)}
    # Of the two blends nothing is left.
    lots = {"lot:A", "lot:F-1-R", "lot:F-2-R"}
    pieces = {f"piece:F-1-OF-1-0{n}" for n in (1, 2)} | {f"piece:F-2-OF-2-0{n}" for n in (1, 2, 3)}
    assert stopped == lots | pieces | {"build:F-1", "build:F-2"}
    assert made.counts == {"lots": 3, "builds": 2, "pieces": 5, "parts": 5}
    assert list(Fact.objects.order_by("-seq").values_list("what", flat=True)[:2]) == [
        "holds.placed",
        "traceability.recalled",
    ]
    assert "lot:D" not in stopped and "lot:C" not in stopped


def test_a_recall_is_signed_has_a_reason_and_is_not_for_everybody(
    shop: Shop, elsa: Actor, amina: Actor, signed: Signed, refused: Refusing
) -> None:
    with refused("recall_needs_a_reason"):
        actions.recall(by=signed(elsa), lot="A", reason="  ")
    with refused("signature_needed"):
        actions.recall(by=elsa, lot="A", reason=WHY)
    with refused("not_allowed"):
        actions.recall(by=signed(amina), lot="A", reason=WHY)
    assert not Hold.objects.exists()


def test_recalled_again_only_what_was_made_since_is_stopped(
    shop: Shop, mixed: Pour, elsa: Actor, chloe: Actor, signed: Signed, refused: Refusing
) -> None:
    actions.recall(by=signed(elsa), lot="A", reason=WHY)
    with refused("recall_stops_nothing"):
        actions.recall(by=signed(chloe), lot="A", reason=WHY)
    mixed("MEL-3", {shop["F-2-R"]: 5, shop["D"]: 5})
    again = actions.recall(by=signed(chloe), lot="A", reason=WHY)
    assert [hold.about for hold in held.from_origin(again.ref)] == ["lot:MEL-3"]


def test_quality_lets_the_things_go_one_by_one(shop: Shop, elsa: Actor, chloe: Actor, signed: Signed) -> None:
    made = actions.recall(by=signed(chloe), lot="A", reason=WHY, stop=["pieces"])
    first, *others = held.from_origin(made.ref)
    holds.lift(by=signed(elsa), hold=first.ref, reason="Pièce contrôlée, conforme")
    assert recall.counted(made) == {"placed": len(others), "lifted": 1}
    with pytest.raises(Refused):
        holds.lift(by=signed(chloe), hold=others[0].ref, reason="Je voudrais")


def test_the_list_of_parts_says_whose_they_are_and_where(shop: Shop) -> None:
    called = list(recall.parts_called(recall.concerned(shop["C"])))
    assert {(p.serial, p.customer, p.state, p.build_state) for p in called} == {
        (f"F-2-OF-2-0{n}", "Client Deux", "good", "closed") for n in (1, 2, 3)
    }
    assert len(list(recall.parts_called(recall.concerned(shop["A"])))) == 5


def test_ten_thousand_parts_are_recalled_at_once(
    shop: Shop, built: Callable[..., Build], elsa: Actor, signed: Signed
) -> None:
    with guard.lifted():
        made = [
            Piece(serial=f"X-{n:05d}", build="F-2", order="OF-2", part="P", revision="B")
            for n in range(9_995)
        ]
        Piece.objects.bulk_create(made, batch_size=1000)
    found = actions.recall(by=signed(elsa), lot="A", reason=WHY)
    assert found.counts["pieces"] == 10_000
    assert recall.counted(found)["placed"] == 10_005


@pytest.mark.django_db(transaction=True)
def test_two_people_who_recall_the_same_lot_at_once_hold_nothing_twice(
    shop: Shop, elsa: Actor, chloe: Actor, signed: Signed, thawed_flush: None
) -> None:
    refused: list[str] = []

    def call(by: Actor) -> None:
        try:
            actions.recall(by=signed(by), lot="A", reason=WHY)
        except Refused as told:
            refused.extend(reason.code for reason in told.reasons)
        finally:
            connection.close()

    both = [threading.Thread(target=call, args=(by,)) for by in (elsa, chloe)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert refused == ["recall_stops_nothing"] and Recall.objects.count() == 1
    assert Hold.objects.count() == Hold.objects.values("about").distinct().count() == 10
