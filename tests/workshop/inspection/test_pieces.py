"""A piece is numbered, seen, measured, corrected, sorted; its order counts it."""

from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.inspection import actions, queries
from strate.workshop.inspection.models import Piece
from strate.workshop.journal import queries as journal
from strate.workshop.notices import queries as notices
from strate.workshop.orders import queries as orders
from strate.workshop.things import actions as things
from tests.workshop import plate
from tests.workshop.plate import Shop

BUILD = "F-0001"


@pytest.fixture()
def piece(shop: Shop) -> Piece:
    plate.depowdered(shop)
    return actions.number_pieces(by=shop.amina, build=BUILD)[0]


def test_pieces_are_numbered_once_and_only_after_depowdering(shop: Shop, refused: Any) -> None:
    plate.prepared(shop)
    with refused("not_depowdered_yet"):
        actions.number_pieces(by=shop.amina, build=BUILD)


def test_two_pieces_of_an_order_bear_its_number(shop: Shop, piece: Piece, refused: Any) -> None:
    assert [p.serial for p in queries.pieces(BUILD)] == ["F-0001-OF-2601-001", "F-0001-OF-2601-002"]
    with refused("pieces_already_numbered"):
        actions.number_pieces(by=shop.amina, build=BUILD)


def test_a_piece_that_is_not_conform_is_named_and_never_good(shop: Shop, piece: Piece, refused: Any) -> None:
    with refused("defect_not_named"):
        actions.look(by=shop.amina, piece=piece.serial, conform=False)
    with refused("no_such_defect"):
        actions.look(by=shop.amina, piece=piece.serial, conform=False, defects=["ugly"])
    with refused("conform_with_defects"):
        actions.look(by=shop.amina, piece=piece.serial, conform=True, defects=["crack"])
    with refused("no_such_file"):
        actions.look(by=shop.amina, piece=piece.serial, conform=True, photos=["0" * 64])
    actions.look(by=shop.amina, piece=piece.serial, conform=False, defects=["crack"])
    with refused("piece_out_of_limits"):
        actions.sort(by=shop.amina, piece=piece.serial, verdict="good")
    with refused("reason_missing"):
        actions.sort(by=shop.amina, piece=piece.serial, verdict="scrap")
    actions.sort(by=shop.amina, piece=piece.serial, verdict="scrap", reason="Fissure")
    order = orders.order("OF-2601")
    assert (order.good, order.scrap) == (0, 1)


def test_a_piece_nobody_has_seen_is_not_good(shop: Shop, piece: Piece, refused: Any) -> None:
    with refused("piece_not_looked_at"):
        actions.sort(by=shop.amina, piece=piece.serial, verdict="good")


def test_a_gauge_past_its_date_measures_nothing(shop: Shop, piece: Piece, refused: Any) -> None:
    with refused("gauge_out_of_calibration"):
        actions.measure(
            by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal(60), gauge="PAC-2"
        )
    with refused("no_such_control"):
        actions.measure(by=shop.amina, piece=piece.serial, control="Poids", value=Decimal(60), gauge="PAC-4")
    assert not queries.valid_measurements(queries.piece(piece.serial))


def test_a_gauge_of_another_kind_is_refused(shop: Shop, piece: Piece, refused: Any) -> None:
    today = plate.MORNING.date()
    actions.enter_gauge(
        by=shop.elsa,
        code="PES-1",
        title="Balance",
        kind="balance",
        unit="g",
        calibrated_on=today,
        due_on=today.replace(year=2027),
    )
    with refused("gauge_of_another_kind", "gauge_of_another_unit"):
        actions.measure(
            by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal(60), gauge="PES-1"
        )


def test_out_of_limits_is_told_to_quality(shop: Shop, piece: Piece) -> None:
    made = actions.measure(
        by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal("60.31"), gauge="PAC-4"
    )
    assert not made.conform and any(n.code == "out_of_limits" for n in notices.unread(shop.elsa))


def test_i_typed_6_for_60_and_both_stay(shop: Shop, piece: Piece, refused: Any) -> None:
    wrong = actions.measure(
        by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal(6), gauge="PAC-4"
    )
    with refused("correction_needs_a_reason"):
        things.correct(by=shop.amina, event=str(wrong.event), field="value", value="60,05", reason="")
    things.correct(
        by=shop.amina, event=str(wrong.event), field="value", value="60,05", reason="Faute de frappe"
    )
    found = queries.piece(piece.serial)
    [right] = queries.valid_measurements(found)
    assert right.value == Decimal("60.05") and right.conform and right.replaces == wrong
    assert [m.corrected for m in found.measurements.order_by("pk")] == [True, False]
    assert journal.corrections_of([str(wrong.event)])[str(wrong.event)]
    things.correct(by=shop.amina, event=str(wrong.event), field="value", value="60,06", reason="Relu")
    assert [m.value for m in queries.valid_measurements(queries.piece(piece.serial))] == [Decimal("60.06")]


def test_a_sorted_piece_is_measured_and_sorted_no_more(shop: Shop, piece: Piece, refused: Any) -> None:
    actions.look(by=shop.amina, piece=piece.serial, conform=True)
    actions.sort(by=shop.amina, piece=piece.serial, verdict="good")
    for again in (
        lambda: actions.sort(by=shop.amina, piece=piece.serial, verdict="good"),
        lambda: actions.look(by=shop.amina, piece=piece.serial, conform=True),
        lambda: actions.measure(
            by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal(60), gauge="PAC-4"
        ),
    ):
        with refused("piece_already_sorted"):
            again()
    assert orders.order("OF-2601").good == 1


def test_what_inspection_still_owes_a_build(shop: Shop, piece: Piece) -> None:
    owed = {r.code for r in queries.missing(BUILD)}
    assert owed == {"pieces_not_looked_at", "control_not_measured", "pieces_not_sorted"}
    for each in queries.pieces(BUILD):
        actions.look(by=shop.amina, piece=each.serial, conform=True)
    actions.measure(
        by=shop.amina, piece=piece.serial, control="Longueur", value=Decimal(60), gauge="gauge:PAC-4"
    )
    for each in queries.pieces(BUILD):
        actions.sort(by=shop.amina, piece=each.serial, verdict="good")
    assert queries.missing(BUILD) == []
