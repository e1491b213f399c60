"""Preparing a build: which orders share a plate, how much powder, and what cannot be worked out."""

from decimal import Decimal
from typing import Any

from strate.workshop.builds import actions, queries
from strate.workshop.feedstock.models import Material
from strate.workshop.journal import guard
from strate.workshop.journal import queries as journal
from strate.workshop.machines.models import Machine
from strate.workshop.orders import queries as orders
from tests.workshop.plate import PRINTER, Shop


def prepare(shop: Shop, **more: Any) -> Any:
    asked = {"code": "F-0001", "machine": PRINTER, "quantities": {"OF-2601": 4, "OF-2602": 2}} | more
    return actions.prepare(by=shop.amina, **asked)


def test_two_orders_share_one_plate(shop: Shop) -> None:
    build = prepare(shop)
    assert [(row.order, row.quantity) for row in build.orders.all()] == [("OF-2601", 4), ("OF-2602", 2)]
    assert build.layers_planned == 600 and build.need_mg > build.parts_mg > 0
    assert build.need_lines[0]["what"] == "bed_volume"
    assert orders.left_to_make(orders.order("OF-2601")) == 0
    told = journal.told(journal.of("build:F-0001", what="builds.prepared")[-1])
    assert {"order:OF-2601", "order:OF-2602", "machine:LPBF-1"} <= set(told["things"])


def test_more_than_ordered_is_refused_for_each_order_at_once(shop: Shop, refused: Any) -> None:
    with refused("more_than_ordered", "more_than_ordered"):
        prepare(shop, quantities={"OF-2601": 5, "OF-2602": 3})
    with refused("no_order_on_the_plate"):
        prepare(shop, quantities={"OF-2601": 0})
    with refused("no_order_on_the_plate"):
        prepare(shop, quantities={"OF-2601": -1})


def test_a_machine_makes_one_build_at_a_time(shop: Shop, refused: Any) -> None:
    prepare(shop, quantities={"OF-2601": 1})
    with refused("machine_has_a_build"):
        prepare(shop, code="F-0002", quantities={"OF-2602": 1})
    with refused("build_code_taken"):
        prepare(shop, quantities={"OF-2602": 1})


def test_a_build_given_up_gives_its_orders_back(shop: Shop, refused: Any) -> None:
    prepare(shop)
    with refused("reason_missing"):
        actions.abandon(by=shop.amina, build="F-0001", reason=" ")
    actions.abandon(by=shop.amina, build="F-0001", reason="Plateau rayé")
    assert orders.left_to_make(orders.order("OF-2601")) == 4 and queries.on_machine(PRINTER) is None
    assert prepare(shop, code="F-0002").state == "prepared"


def test_a_furnace_makes_no_parts(shop: Shop, refused: Any) -> None:
    with refused("not_a_printer"):
        prepare(shop, machine="FOUR-1")


def test_a_number_that_no_label_bears_is_refused(shop: Shop, refused: Any) -> None:
    for code in ("F/1", "..", "  ", "F 1", "🔥", 'F"1'):
        with refused("build_code_not_a_label"):
            prepare(shop, code=code)


def test_a_material_without_density_is_told_not_guessed(shop: Shop, refused: Any) -> None:
    with guard.lifted():
        Material.objects.filter(code="ti64").update(bulk_density_g_cm3=None)
    with refused("material_without_density"):
        prepare(shop)


def test_what_the_kernel_cannot_reckon_is_a_refusal_of_this_room(shop: Shop, refused: Any) -> None:
    with guard.lifted():
        Machine.objects.filter(code=PRINTER).update(width_mm=0)
    with refused("figure_not_positive"):
        prepare(shop)
    with guard.lifted():
        Machine.objects.filter(code=PRINTER).update(width_mm=5, depth_mm=5)
    with refused("part_larger_than_bed"):
        prepare(shop)


def test_a_part_taller_than_the_machine_is_refused(shop: Shop, refused: Any) -> None:
    with guard.lifted():
        Machine.objects.filter(code=PRINTER).update(height_mm=17)
    with refused("part_too_tall"):
        prepare(shop)


def test_the_powder_of_the_plate_is_the_sum_written_down(shop: Shop) -> None:
    build = prepare(shop)
    lines = {line["what"]: Decimal(line["value"]) for line in build.need_lines}
    assert lines["bed_volume"] == Decimal(250 * 250 * 18) / 1000
    # A scale of the hall reads grams: what is to be loaded is never less than the sum.
    assert 0 <= build.need_mg - int(lines["mass_to_load"] * 1_000_000) <= 1000


def test_only_those_with_the_right_prepare(shop: Shop, refused: Any) -> None:
    with refused("not_allowed"):
        actions.prepare(by=shop.gaelle, code="F-0001", machine=PRINTER, quantities={"OF-2601": 1})


def test_the_file_read_back_differs(shop: Shop, refused: Any) -> None:
    build = prepare(shop)
    actions.send_file(by=shop.amina, build=build.code)
    shop.answers("put_file", sha256="0" * 64)
    found = shop.build()
    assert found.state == "prepared" and found.machine_digest == "0" * 64
    codes = {r.code for r in queries.gate(found, by=shop.amina).reasons}
    assert "file_in_the_machine_differs" in codes
