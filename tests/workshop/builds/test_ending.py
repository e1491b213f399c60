"""Interruptions, cooling, the powder weighed back, the closing."""

from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.builds import actions, queries, shown
from strate.workshop.builds import powder as needs
from strate.workshop.builds.rules import ABORTED, CLOSED, DEPOWDERED, ENDED, HELD, LAUNCHED, OPENED
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.feedstock.rules import Share
from strate.workshop.journal import queries as journal
from strate.workshop.machines import queries as hall
from strate.workshop.notices import queries as notices
from strate.workshop.people import roles
from strate.workshop.safety import actions as safety
from strate.workshop.site import actions as settings
from tests.workshop import plate
from tests.workshop.conftest import actor
from tests.workshop.plate import PRINTER, Shop

WHY = "Lit de poudre contrôlé, chambre restée fermée."


@pytest.fixture()
def stopped(shop: Shop) -> Shop:
    """The machine stopped at layer 40, on an alarm."""
    plate.launched(shop)
    shop.says(layer=40)
    shop.wait(seconds=1)
    alarm = {"code": "short_feed", "severity": 700, "active": True}
    shop.says(alarm=alarm, state="held")
    return shop


def test_a_balance_just_out_of_tolerance_is_never_written_as_if_it_were_within() -> None:
    kept = {
        "input_mg": 100_000_000,
        "parts_mg": 98_999_600,
        "unexplained_mg": 1_000_400,
        "yield_share": "0.99",
    }
    told = shown.balance({**kept, "unexplained_share": "0.010004", "tolerance_share": "0.01"})
    assert (told["out"], told["unexplained_said"]) == (True, "1,0004\u202f%")
    less = shown.balance({**kept, "unexplained_share": "-0.010004", "tolerance_share": "0.01"})
    assert (less["out"], less["unexplained_said"]) == (True, "−1,0004\u202f%")
    within = shown.balance({**kept, "unexplained_share": "0.00864", "tolerance_share": "0.01"})
    assert (within["out"], within["unexplained_said"]) == (False, "0,864\u202f%")


def test_a_stop_tells_its_layer_its_cause_and_who_decides(stopped: Shop) -> None:
    build = stopped.build()
    [stop] = build.interruptions.all()
    assert (build.state, stop.layer, stop.cause, stop.oxygen_max_ppm) == (HELD, 40, "short_feed", 400)
    assert any(n.code == "build_interrupted" for n in notices.unread(stopped.chloe))


def test_the_layer_of_a_stop_is_not_that_of_the_layers_after_it(shop: Shop) -> None:
    plate.launched(shop)
    start = shop.now
    shop.wait(minutes=2)
    times = [start.isoformat()[:17] + f"{s:02d}+00:00" for s in (10, 20, 30, 40)]
    names = [("layer", 40), ("state", "held"), ("state", "running"), ("layer", 41)]
    shop.batch([{"name": n, "value": v, "at": at} for (n, v), at in zip(names, times, strict=True)])
    [stop] = shop.build().interruptions.all()
    assert stop.layer == 40 and stop.cause == "unknown" and shop.build().state == LAUNCHED


def test_only_somebody_with_the_right_decides(stopped: Shop, refused: Any) -> None:
    with refused("not_allowed"):
        actions.decide_interruption(by=stopped.amina, build="F-0001", decision="resume", reason=WHY)
    with refused("reason_missing"):
        actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason="")
    stop = actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason=WHY)
    assert stop.decided_by == stopped.chloe.person and hall.last_command(PRINTER, "resume") is not None
    with refused("nothing_to_decide"):
        actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="abort", reason=WHY)
    stopped.answers("resume")
    stopped.wait(seconds=3)
    stopped.says(state="running")
    assert stopped.build().state == LAUNCHED


def test_beyond_the_longest_pause_the_shift_leader_does_not_decide(stopped: Shop, refused: Any) -> None:
    stopped.wait(minutes=61)
    with refused("pause_too_long"):
        actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason=WHY)
    stop = actions.decide_interruption(by=stopped.elsa, build="F-0001", decision="resume", reason=WHY)
    assert stop.decision == "resume"


def test_an_opened_chamber_is_quality_s_to_decide_but_anyone_may_give_up(stopped: Shop, refused: Any) -> None:
    with refused("chamber_was_opened"):
        actions.decide_interruption(
            by=stopped.chloe, build="F-0001", decision="resume", reason=WHY, opened=True
        )
    actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="abort", reason=WHY, opened=True)
    stopped.answers("abort")
    stopped.says(state="aborted", job_state="Aborted")
    assert stopped.build().state == ABORTED


def test_a_decision_the_machine_does_not_obey_is_taken_again(stopped: Shop) -> None:
    actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason=WHY)
    stopped.answers("resume", ok=False, code="alarm_active")
    [stop] = stopped.build().interruptions.all()
    assert stop.decision == "" and stopped.build().state == HELD
    actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason=WHY)
    assert stopped.build().interruptions.get().decision == "resume"


def test_a_build_resumed_at_the_console_is_still_to_be_decided(stopped: Shop) -> None:
    stopped.says(state="running")
    assert stopped.build().state == LAUNCHED
    assert any(n.code == "resumed_without_decision" for n in notices.unread(stopped.elsa))
    assert "interruption_undecided" in {r.code for r in queries.missing_to_close(stopped.build())}
    commands = hall.commands_of([PRINTER]).filter(verb="resume").count()
    actions.decide_interruption(by=stopped.chloe, build="F-0001", decision="resume", reason=WHY)
    assert hall.commands_of([PRINTER]).filter(verb="resume").count() == commands == 0


def test_a_hot_chamber_stays_shut(shop: Shop, refused: Any) -> None:
    build = plate.launched(shop)
    shop.wait(minutes=100)
    shop.says(layer=build.layers_planned, state="cooling", plate_celsius=80.0)
    assert shop.build().state == ENDED
    with refused("still_too_hot"):
        actions.open_chamber(by=shop.amina, build="F-0001")
    shop.says(plate_celsius=60.0)
    with refused("still_too_hot"):
        actions.open_chamber(by=shop.amina, build="F-0001")
    shop.says(plate_celsius=59.9, room_oxygen_percent=19.4)
    with refused("room_oxygen_low"):
        actions.open_chamber(by=shop.amina, build="F-0001")
    shop.says(room_oxygen_percent=20.9)
    assert actions.open_chamber(by=shop.amina, build="F-0001").state == OPENED


def test_a_chamber_whose_heat_is_not_known_stays_shut(shop: Shop, refused: Any) -> None:
    plate.ended(shop)
    shop.wait(minutes=5)
    with refused("temperature_unknown"):
        actions.open_chamber(by=shop.amina, build="F-0001")


def test_powder_that_is_not_explained_opens_an_anomaly_and_blocks_the_closing_until_a_reason(
    shop: Shop, refused: Any
) -> None:
    build = plate.ended(shop)
    actions.open_chamber(by=shop.amina, build=build.code)
    inside, hers = powder.in_machine(PRINTER).mass_mg, plate.tablet_of(shop.amina)
    assert "Hors tolérance" not in hers.get("/fabrications/F-0001/peser/").content.decode()
    actions.weigh_back(by=shop.amina, build=build.code, recovered_mg=inside - 3_000_000)
    assert hers.get("/fabrications/F-0001/peser/").status_code == 302
    build = shop.build()
    assert build.state == DEPOWDERED and build.balance["unexplained_mg"] == 3_000_000 - build.parts_mg
    assert build.balance["took_mg"] == inside and build.balance["reason"] == ""
    [found] = anomalies.on(build.ref)
    assert (found.ref, found.kind) == (build.balance["alarm"], "mass_differs")
    assert any(n.code == "balance_not_explained" for n in notices.unread(shop.elsa))
    assert "balance_to_explain" in {r.code for r in queries.missing_to_close(build)}
    with refused("reason_missing"):
        actions.explain_balance(by=shop.amina, build=build.code, reason=" ")
    actions.explain_balance(by=shop.amina, build=build.code, reason="Fût renversé, ramassé")
    assert "balance_to_explain" not in {r.code for r in queries.missing_to_close(shop.build())}
    with refused("balance_needs_no_reason"):
        actions.explain_balance(by=shop.amina, build=build.code, reason="encore")


def test_more_powder_back_than_went_in_is_refused_but_grams_of_the_scale_are_not(
    shop: Shop, refused: Any
) -> None:
    build = plate.ended(shop)
    actions.open_chamber(by=shop.amina, build=build.code)
    inside = powder.in_machine(PRINTER).mass_mg
    with refused("more_out_than_in"):
        actions.weigh_back(by=shop.amina, build=build.code, recovered_mg=inside + 1)
    with refused("more_out_than_in"):
        actions.weigh_back(by=shop.amina, build=build.code, recovered_mg=inside, supports_mg=1_000_000)
    parts = build.parts_mg - 5_000
    actions.weigh_back(
        by=shop.amina, build=build.code, parts_mg=parts, recovered_mg=inside - build.parts_mg + 10_000
    )
    assert shop.build().balance["unexplained_mg"] == -5_000 and "alarm" not in shop.build().balance
    assert powder.ledger_gaps() == {} and powder.in_machine(PRINTER).mass_mg == 0


def test_the_powder_of_a_build_leaves_its_machine_with_that_build_alone(shop: Shop, refused: Any) -> None:
    """Taken out or thrown away beside it, nothing would be left to weigh back, and it could never be closed."""
    build = plate.ended(shop)
    actions.open_chamber(by=shop.amina, build=build.code)
    inside = powder.in_machine(PRINTER)
    whole, [lot, *_rest] = inside.mass_mg, [portion.lot for portion in inside.portions]
    safety.open_drum(by=actor("gaelle", roles.HSE), code="D-1", stream="used_powder_takeback")
    with refused("powder_of_a_build"):
        feedstock.unload(by=shop.amina, machine=PRINTER, lot="N", mass_mg=whole)
    with refused("powder_of_a_build"):
        feedstock.weigh_back(by=shop.amina, machine=PRINTER, build=build.ref, lot="U", recovered_mg=whole)
    with refused("powder_of_a_build"):
        feedstock.waste(by=shop.amina, lot=lot, drum="D-1", mass_mg=1, place=f"machine:{PRINTER}")
    actions.weigh_back(by=shop.amina, build=build.code, recovered_mg=whole - build.parts_mg)
    residual = powder.in_machine(PRINTER).mass_mg
    assert shop.build().state == DEPOWDERED and residual == 0


def test_a_build_ages_its_powder_by_its_hours_and_the_overflow_as_the_site_says(shop: Shop) -> None:
    settings.set_setting(by=shop.hugo, key="powder_overflow_weight", value="0.5")
    build = plate.ended(shop)
    actions.open_chamber(by=shop.amina, build=build.code)
    inside = powder.in_machine(PRINTER).mass_mg
    spent = powder.in_machine(PRINTER).hours_mean
    back = {"recovered_mg": inside - build.parts_mg - 2_000_000, "overflow_mg": 2_000_000}
    actions.weigh_back(by=shop.amina, build=build.code, **back)
    build = shop.build()
    assert build.ended_at is not None and build.launched_at is not None
    hours = Share.of(int((build.ended_at - build.launched_at).total_seconds()), 3600)
    assert powder.lot("F-0001-R").hours_mean == spent + hours
    assert abs(powder.lot("F-0001-R-T").hours_mean.units - (spent.units + hours.units // 2)) <= 1
    assert build.balance["recovered_mg"] == inside - build.parts_mg and powder.ledger_gaps() == {}


def test_the_next_plate_is_reckoned_with_what_past_builds_took(shop: Shop) -> None:
    first = plate.depowdered(shop)
    reckoned, took = first.reckoned_mg, first.balance["took_mg"]
    known = needs.past(PRINTER, "ti64")
    assert known.n == 1 and not known.counts and first.past == {"n": 0, "least": 3}
    assert known.ratios == ((Decimal(took) / reckoned).quantize(Decimal("0.0001")),)
    settings.set_setting(by=shop.hugo, key="powder_past_builds", value="1")
    second = actions.prepare(by=shop.amina, code="F-0002", machine=PRINTER, quantities={"OF-2602": 1})
    assert second.past["n"] == 1 and second.past["builds"] == ["F-0001"]
    corrected = -(-max(int(second.reckoned_mg * known.mean), 0) // 1000) * 1000
    assert abs(second.need_mg - corrected) <= 2000 and second.need_lines[-1]["what"] == "as_past_builds_took"


def test_a_negative_mass_is_refused(shop: Shop, refused: Any) -> None:
    build = plate.ended(shop)
    actions.open_chamber(by=shop.amina, build=build.code)
    with refused("mass_below_zero"):
        actions.weigh_back(by=shop.amina, build=build.code, recovered_mg=-1_000_000, reason="essai")
    assert shop.build().state == OPENED


def test_a_build_is_closed_when_nothing_is_missing(shop: Shop) -> None:
    plate.depowdered(shop)
    missing = {r.code for r in queries.missing_to_close(shop.build())}
    assert missing == {
        "reading_sheet_missing",
        "waste_not_recorded",
        "furnace_cycle_missing",
        "finishing_missing",
        "pieces_not_numbered",
    }
    assert shop.build().state != CLOSED


def test_the_machine_is_free_once_its_powder_is_weighed(shop: Shop) -> None:
    plate.depowdered(shop)
    assert queries.on_machine(PRINTER) is None
    again = actions.prepare(by=shop.amina, code="F-0002", machine=PRINTER, quantities={"OF-2602": 1})
    assert queries.on_machine(PRINTER) == again


def test_every_act_of_a_build_is_told_with_the_build(shop: Shop) -> None:
    plate.depowdered(shop)
    told = [f.what for f in journal.of("build:F-0001") if f.what.startswith("builds.")]
    assert told == [
        "builds.prepared",
        "builds.file_sent",
        "builds.file_read_back",
        "builds.parameters_read",
        "builds.launched",
        "builds.ended",
        "builds.opened",
        "builds.depowdered",
    ]
