"""The launch gate: it looks at everything, tells everything, and lets one person through once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.builds import actions, queries
from strate.workshop.builds.rules import HELD, LAUNCHED, SENT, Fitted, LaunchSeen, launch_reasons
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import Order, commanding
from strate.workshop.journal.refusals import AlreadyDone
from strate.workshop.machines import actions as machines
from strate.workshop.machines import queries as hall
from strate.workshop.maintenance import actions as care
from strate.workshop.site import actions as settings
from tests.workshop import plate
from tests.workshop.plate import KG, PRINTER, Shop


def codes(shop: Shop) -> set[str]:
    return {r.code for r in queries.gate(shop.build(), by=shop.amina).reasons}


def test_the_gate_tells_every_reason_at_once(shop: Shop) -> None:
    plate.prepared(shop)
    assert {
        "machine_silent",
        "no_plate_fitted",
        "no_recoater_fitted",
        "file_not_in_the_machine",
        "parameters_not_read_back",
        "oxygen_unknown",
        "start_up_not_done",
        "used_share_above_ceiling",
    } <= codes(shop)


def test_a_ready_build_is_launched_and_signed(shop: Shop) -> None:
    plate.ready(shop)
    assert codes(shop) == set()
    build = actions.launch(by=shop.amina, build="F-0001")
    assert build.state == LAUNCHED and build.loaded_share == Decimal("0.5")
    order = hall.last_command(PRINTER, "start")
    assert order is not None and order.args["job"] == "F-0001" and order.args["sha256"] == build.file_digest
    [fact] = journal.of(build.ref, what="builds.launched")
    told = journal.told(fact)
    assert told["signature"]["meaning"] == "launched" and told["data"]["used_share"] == "0.5"
    assert "lot:TI64-2601" in told["things"] and "plate:PL-07" in told["things"]


def test_a_launch_needs_the_pin(shop: Shop, refused: Any) -> None:
    plate.ready(shop)
    with refused("signature_needed"):
        actions.launch(by=replace(shop.amina, signature=None), build="F-0001")
    assert shop.build().state == SENT


def test_used_powder_of_what_is_in_the_machine_is_refused_then_corrected(shop: Shop, refused: Any) -> None:
    plate.prepared(shop)
    plate.fitted(shop)
    plate.file_sent(shop)
    # 11 kg of used powder lie in the machine: 10 kg of virgin powder are not enough for a ceiling of 50 %.
    plate.poured(shop, 10 * KG)
    with refused("used_share_above_ceiling"):
        actions.launch(by=shop.amina, build="F-0001")
    [reason] = queries.gate(shop.build(), by=shop.amina).reasons
    assert reason.values["virgin_mg"] == 1 * KG and reason.source.startswith("G-TI64-30 rev 1")
    plate.poured(shop, 1 * KG)
    build = actions.launch(by=shop.amina, build="F-0001")
    assert build.state == LAUNCHED and build.loaded_share == Decimal("0.5")


def test_a_person_whose_authorisation_has_expired_does_not_launch(shop: Shop) -> None:
    plate.ready(shop)
    found = {r.code for r in queries.gate(shop.build(), by=shop.bruno).reasons}
    assert "authorisation_expired" in found


def test_of_two_who_launch_at_once_one_is_first(shop: Shop, refused: Any) -> None:
    plate.ready(shop)
    actions.launch(by=shop.amina, build="F-0001")
    starts = hall.commands_of([PRINTER]).filter(verb="start").count()
    with refused("build_cannot_move"):
        actions.launch(by=shop.amina, build="F-0001")
    assert hall.commands_of([PRINTER]).filter(verb="start").count() == starts == 1


def test_the_same_command_sent_twice_launches_once(shop: Shop) -> None:
    plate.ready(shop)
    order = Order("launch-1", "f" * 64)
    with commanding(order):
        actions.launch(by=shop.amina, build="F-0001")
    with pytest.raises(AlreadyDone), commanding(order):
        actions.launch(by=shop.amina, build="F-0001")
    assert hall.commands_of([PRINTER]).filter(verb="start").count() == 1


def test_a_machine_that_refuses_to_start_puts_the_build_back(shop: Shop) -> None:
    plate.ready(shop)
    actions.launch(by=shop.amina, build="F-0001")
    shop.answers("start", ok=False, code="door_open")
    build = shop.build()
    assert build.state == SENT and build.launched_at is None
    assert (
        journal.told(journal.of(build.ref, what="builds.start_refused")[-1])["data"]["answer"] == "door_open"
    )
    assert actions.launch(by=shop.amina, build="F-0001").state == LAUNCHED


def test_an_order_to_start_taken_back_puts_the_build_back(shop: Shop) -> None:
    plate.ready(shop)
    actions.launch(by=shop.amina, build="F-0001")
    order = hall.last_command(PRINTER, "start")
    assert order is not None
    machines.withdraw(by=shop.chloe, command=str(order.id), reason="Passerelle arrêtée")
    assert shop.build().state == SENT


def test_a_lost_answer_does_not_put_back_a_build_that_runs(shop: Shop) -> None:
    plate.ready(shop)
    actions.launch(by=shop.amina, build="F-0001")
    shop.says(job="F-0001", state="running")
    shop.answers("start", ok=False, code="outcome_unknown")
    assert shop.build().state == LAUNCHED


def test_a_job_started_at_the_console_is_not_taken_for_ours(shop: Shop) -> None:
    plate.launched(shop)
    shop.says(job="QUELQUE-CHOSE", state="held", layer=12)
    assert shop.build().state == LAUNCHED and not shop.build().interruptions.exists()
    shop.wait(seconds=5)
    shop.says(job="F-0001", state="held", layer=3)
    assert shop.build().state == HELD


def test_a_worn_recoater_and_a_thin_plate_are_told() -> None:
    seen = LaunchSeen(
        machine="M",
        material="ti64",
        machine_material="316l",
        machine_power="on",
        machine_heard=True,
        machine_state="running",
        parameters={"layer_um": 30, "hatch_um": 140},
        machine_parameters={"layer_um": "40"},
        file_digest="a",
        approved_digest="a",
        machine_digest="b",
        fitted={"plate": Fitted("P", "", False, 17_999), "recoater": Fitted("R", "", True)},
        min_plate_um=18_000,
        start_up_done=True,
    )
    found = [r.code for r in launch_reasons(seen)]
    assert found == [
        "machine_not_ready",
        "machine_of_another_material",
        "fitted_item_worn",
        "plate_too_thin",
        "file_in_the_machine_differs",
        "parameter_differs",
        "parameter_differs",
    ]


def _window_to_be_looked_at(shop: Shop) -> None:
    words = {"title_fr": "Hublot", "title_en": "Window"}
    care.write_task(by=shop.farid, code="window", trigger="day", machine=PRINTER, blocking=True, **words)


def test_the_site_decides_what_a_round_due_does_to_a_launch(shop: Shop, refused: Any) -> None:
    plate.ready(shop)
    _window_to_be_looked_at(shop)
    assert codes(shop) == {"maintenance_overdue"}
    settings.set_setting(by=shop.hugo, key="maintenance_gate", value="warn")
    assert codes(shop) == set()
    settings.set_setting(by=shop.hugo, key="maintenance_gate", value="override")
    with refused("maintenance_overdue"):
        actions.launch(by=shop.amina, build="F-0001")
    with refused("not_allowed"):
        actions.launch(by=shop.amina, build="F-0001", override="Je suis pressée")


def test_what_is_passed_over_stays_in_the_fact_with_its_reason(shop: Shop) -> None:
    plate.ready(shop)
    settings.set_setting(by=shop.hugo, key="maintenance_gate", value="override")
    _window_to_be_looked_at(shop)
    leader = replace(shop.amina, roles=frozenset({*shop.amina.roles, "shift_leader"}))
    build = actions.launch(
        by=leader, build="F-0001", override="Hublot vu ce matin, tâche écrite à l’instant."
    )
    [fact] = journal.of(build.ref, what="builds.launched")
    told = journal.told(fact)
    assert told["data"]["passed_over"] == ["maintenance_overdue"] and "Hublot" in told["reason"]


def _cut_in_the_middle(shop: Shop) -> None:
    plate.ready(shop)
    actions.launch(by=shop.amina, build="F-0001")
    shop.says(state="ready", quality="stale")
    shop.answers("start", ok=False, code="outcome_unknown")


def test_a_launch_cut_in_the_middle_stays_launched_and_sends_nothing_again(shop: Shop, refused: Any) -> None:
    _cut_in_the_middle(shop)
    build = shop.build()
    assert build.state == LAUNCHED and queries.start_in_doubt(build) is not None
    assert journal.of(build.ref, what="builds.start_lost")
    with refused("build_cannot_move", "machine_silent"):
        actions.launch(by=shop.amina, build="F-0001")
    assert hall.commands_of([PRINTER]).filter(verb="start").count() == 1


def test_whoever_looked_says_that_the_machine_runs(shop: Shop, refused: Any) -> None:
    _cut_in_the_middle(shop)
    with refused("signature_needed"):
        actions.say_start(by=replace(shop.amina, signature=None), build="F-0001", started=True)
    with refused("not_allowed"):
        actions.say_start(by=shop.elsa, build="F-0001", started=True)
    assert actions.say_start(by=shop.amina, build="F-0001", started=True).state == LAUNCHED
    assert queries.start_in_doubt(shop.build()) is None
    [fact] = journal.of("build:F-0001", what="builds.start_seen")
    assert journal.told(fact)["signature"]["meaning"] == "start_seen"
    # The machine never confirmed it: the word may still be mended.
    assert actions.say_start(by=shop.amina, build="F-0001", started=False).state == SENT


def test_whoever_looked_says_that_it_does_not_run_and_the_build_is_launched_again(shop: Shop) -> None:
    _cut_in_the_middle(shop)
    build = actions.say_start(by=shop.amina, build="F-0001", started=False)
    assert build.state == SENT and build.launched_at is None
    shop.says(**plate.READY)
    assert actions.launch(by=shop.amina, build="F-0001").state == LAUNCHED
    assert hall.commands_of([PRINTER]).filter(verb="start").count() == 2


def test_a_machine_heard_again_settles_a_lost_start_by_itself(shop: Shop, refused: Any) -> None:
    _cut_in_the_middle(shop)
    shop.wait(seconds=20)
    shop.says(job="F-0001", job_state="Running", layer=3, state="running")
    assert queries.start_in_doubt(shop.build()) is None
    order = hall.last_command(PRINTER, "start")
    assert order is not None and (order.state, order.result["code"]) == ("done", "seen_done")
    with refused("start_not_in_doubt"):
        actions.say_start(by=shop.amina, build="F-0001", started=False)
