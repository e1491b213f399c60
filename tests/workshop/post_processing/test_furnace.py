"""The furnace against its recipe, the parts freed from their plate."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from strate.workshop.builds import path
from strate.workshop.notices import queries as notices
from strate.workshop.post_processing import actions, queries, rules, shown
from strate.workshop.safety import actions as safety
from tests.workshop import plate
from tests.workshop.at_tablet import typed
from tests.workshop.conftest import signed
from tests.workshop.plate import Shop, tablet_of

D, BUILD = Decimal, "F-0001"
T6 = {
    "celsius": "530",
    "minutes": "30",
    "tolerance_celsius": "6",
    "overshoot_celsius": "5",
    "quench_max_s": "30",
}
TI64 = {"celsius": "700", "minutes": "120", "tolerance_celsius": "10", "atmosphere": "argon"}


@pytest.mark.parametrize(
    ("delay_s", "peak", "codes"),
    [
        (29, "535", []),
        (30, "535", []),
        (31, "535", ["quench_too_late"]),
        (30, "536", ["furnace_overshoot"]),
        (None, "535", ["quench_not_timed"]),
    ],
)
def test_the_quench_and_the_overshoot_of_a_t6(delay_s: int | None, peak: str, codes: list[str]) -> None:
    measured = rules.Measured(D(530), D(30), D(peak), "", delay_s)
    assert [r.code for r in rules.cycle_deviations(T6, measured)] == codes


def test_limits_of_the_recipe_are_included_and_all_told() -> None:
    assert rules.cycle_deviations(TI64, rules.Measured(D(710), D(120), D(710), "Argon")) == []
    wrong = rules.cycle_deviations(TI64, rules.Measured(D("710.1"), D("119.9"), D("710.1"), "air"))
    assert [r.code for r in wrong] == [
        "soak_out_of_band",
        "soak_too_short",
        "furnace_overshoot",
        "wrong_atmosphere",
    ]


@pytest.mark.parametrize(
    "text",
    ["0;20\n60;700,5\n180;700\n", "minutes,celsius\n0,20\n60,700.5\n180,700\n", "0\t20\n60\t700.5\n180\t700"],
)
def test_a_recorder_s_file_is_read_whatever_its_commas(text: str) -> None:
    curve = rules.read_curve(text)
    assert curve.points == [(0.0, 20.0), (60.0, 700.5), (180.0, 700.0)] and curve.unread <= 1


def test_what_is_not_a_curve_is_counted_not_guessed() -> None:
    curve = rules.read_curve("a;b\nNaN;20\n-1;20\n5;9999\n10;\n")
    assert curve.points == [] and curve.unread == 5


def test_the_drawing_keeps_curve_and_band_inside() -> None:
    drawn = shown.drawn([(0.0, 20.0), (60.0, 750.0), (180.0, 700.0)], TI64)
    heights = [float(p.split(",")[1]) for p in drawn.points.split()]
    assert min(heights) >= 0 and max(heights) <= drawn.height and 0 <= drawn.band_top < drawn.height


def record(shop: Shop, cycle: int, **more: Any) -> Any:
    right = {"soak_celsius": D(702), "soak_min": D(121), "highest_celsius": D(706), "atmosphere": "argon"}
    return actions.record_cycle(by=shop.amina, cycle=cycle, **(right | more))


def test_a_cycle_out_of_its_recipe_needs_a_reason_and_is_told(shop: Shop, refused: Any) -> None:
    plate.depowdered(shop)
    with refused("not_a_furnace"):
        actions.charge(by=shop.amina, build=BUILD, furnace="LPBF-1")
    cycle = actions.charge(by=shop.amina, build=BUILD, furnace="FOUR-1")
    with refused("furnace_busy"):
        actions.charge(by=shop.amina, build=BUILD, furnace="FOUR-1")
    with refused("soak_too_short", "wrong_atmosphere"):
        record(shop, cycle.pk, soak_min=D(60), atmosphere="air")
    with refused("highest_below_soak"):
        record(shop, cycle.pk, highest_celsius=D(600))
    found = record(shop, cycle.pk, soak_min=D(60), reason="Coupure de gaz")
    assert found.conform is False and any(n.code == "cycle_out_of_recipe" for n in notices.unread(shop.elsa))
    with refused("cycle_already_recorded"):
        record(shop, cycle.pk)
    with refused("no_such_cycle"):
        record(shop, 999_999)


def test_nothing_is_done_to_parts_still_in_the_powder(shop: Shop, refused: Any) -> None:
    plate.prepared(shop)
    with refused("not_depowdered_yet"):
        actions.charge(by=shop.amina, build=BUILD, furnace="FOUR-1")
    with refused("not_depowdered_yet"):
        actions.finish(by=shop.amina, build=BUILD, operation="separation")


def test_parts_are_taken_off_their_plate_once(shop: Shop, refused: Any) -> None:
    plate.depowdered(shop)
    assert [r.code for r in queries.missing(BUILD)] == ["furnace_cycle_missing", "finishing_missing"]
    with refused("no_such_item"):
        actions.finish(by=shop.amina, build=BUILD, operation="separation", plate="plate:XX")
    head = {"code": "scie", "version": "A", "kind": "manual", "title_fr": "Scie", "title_en": "Saw"}
    safety.publish_document(by=signed(shop.driss), operations=["separation"], **head)
    with refused("document_unread"):
        actions.finish(by=shop.amina, build=BUILD, operation="supports")
    safety.acknowledge_document(by=shop.amina, document="scie")
    made = actions.finish(
        by=shop.amina, build=BUILD, operation="separation", means="Scie", plate="PL-07", plate_left_um=24_300
    )
    assert made.plate == "plate:PL-07"
    with refused("finishing_already_done"):
        actions.finish(by=shop.amina, build=BUILD, operation="separation", means="Scie")
    assert [r.code for r in queries.missing(BUILD)] == ["furnace_cycle_missing"]


def test_the_furnace_by_hand_with_its_curve(shop: Shop) -> None:
    build = plate.depowdered(shop)
    hers = tablet_of(shop.amina)
    page = f"/finition/{BUILD}/"
    assert hers.get(page).status_code == 200
    assert {g.code: g.state for g in path.of(build, shop.amina)}["furnace"] == "current"
    assert hers.post(page + "enfourner/", typed(furnace="FOUR-1")).headers["Location"] == page
    cycle = queries.cycles(BUILD)[0]
    entry = f"{page}cycle/{cycle.pk}/"
    assert "690" in hers.get(entry).content.decode()
    short = typed(soak_celsius="702", soak_min="60", highest_celsius="706", atmosphere="argon")
    refusal = hers.post(entry, short)
    assert refusal.status_code == 409 and "Palier de" in refusal.content.decode()
    file = SimpleUploadedFile("four.csv", b"0;20\n90;702\n211;703\n260;60\n", "text/csv")
    right = typed(soak_celsius="702,0", soak_min="121", highest_celsius="706", atmosphere="argon") | {
        "curve": file
    }
    assert hers.post(entry, right).status_code == 302
    shown_page = hers.get(page).content.decode()
    assert "<polyline" in shown_page and "Conforme à la recette" in shown_page
    freed = typed(means="Électroérosion à fil", plate="plate:PL-07", plate_left_mm="24,3")
    assert hers.post(page + "separation/", freed).status_code == 302
    assert queries.finishings(BUILD)["separation"].plate_left_um == 24_300
    assert {g.code: g.state for g in path.of(build, shop.amina)}["furnace"] == "done"
