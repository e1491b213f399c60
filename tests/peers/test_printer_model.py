"""The simulated printer behaves like the machine it stands in for, without any network."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from strate.simulators.lpbf import memory
from strate.simulators.lpbf.chamber import Profile
from strate.simulators.lpbf.model import Printer
from strate.simulators.lpbf.vocabulary import ALARMS, Refused, State

HASH = "ab" * 32


@pytest.fixture
def printer() -> Printer:
    return Printer(seed=3, profile=Profile(), file_hash=lambda name: HASH if name == "b.3mf" else None)


def launch(printer: Printer, layers: int = 60, order: str = "OF-1") -> None:
    printer.store(
        order=order, file="b.3mf", sha256=HASH, layers_planned=layers, parameters={"preheat_celsius": 80}
    )
    printer.start(order)


def until(printer: Printer, state: State, *, most_s: float = 40_000) -> float:
    passed = 0.0
    while printer.state is not state:
        printer.step(5)
        passed += 5
        assert passed < most_s, f"still {printer.state} after {passed} s"
    return passed


def refused(code: str) -> pytest.RaisesExc:
    return pytest.raises(Refused, match=f"^{code}$")


def test_a_build_goes_through_inerting_layers_and_cooling(printer: Printer) -> None:
    launch(printer)
    assert printer.state is State.PREPARING and printer.chamber.oxygen_ppm > 200_000
    until(printer, State.RUNNING)
    assert printer.chamber.oxygen_ppm < 1000
    building = until(printer, State.COOLING)
    assert 60 * 40 * 0.95 <= building <= 60 * 40 * 1.05 + 10
    assert printer.layer == 60 and printer.door_locked
    until(printer, State.FINISHED)
    assert printer.chamber.plate_celsius < 60 and not printer.door_locked
    layers = [change.value for change in printer.drain() if change.what == "layer"]
    assert layers == list(range(1, 61))


def test_the_same_seed_builds_the_same_build() -> None:
    def run(seed: int) -> float:
        one = Printer(seed=seed, file_hash=lambda name: HASH)
        launch(one)
        until(one, State.RUNNING)
        one.step(600)
        return one.layer_left_s

    assert run(5) == run(5) != run(6)


def test_big_steps_and_small_steps_lead_to_the_same_layer() -> None:
    def run(step_s: float) -> int:
        one = Printer(seed=5, file_hash=lambda name: HASH)
        launch(one, layers=500)
        for _ in range(int(6000 / step_s)):
            one.step(step_s)
        return one.layer

    assert abs(run(100.0) - run(0.5)) <= 1


def test_soot_makes_the_filter_pressure_rise(printer: Printer) -> None:
    launch(printer, layers=1500)
    until(printer, State.RUNNING)
    printer.step(1000)
    before = printer.chamber.filter_pressure_mbar
    printer.step(30_000)
    assert printer.chamber.filter_pressure_mbar > before + 1


def test_the_door_opens_only_below_sixty_degrees(printer: Printer) -> None:
    launch(printer, layers=3)
    until(printer, State.COOLING)
    with refused("door_locked"):
        printer.open_door()
    until(printer, State.FINISHED)
    printer.open_door()
    printer.step(1)
    assert printer.chamber.oxygen_ppm > 200_000


@pytest.mark.parametrize("kind", sorted(code for code, alarm in ALARMS.items() if alarm.holds))
def test_every_grave_alarm_interrupts_the_build_and_blocks_resuming(printer: Printer, kind: str) -> None:
    launch(printer)
    until(printer, State.RUNNING)
    printer.inject_interruption_at_layer(printer.layer + 2, kind)
    until(printer, State.OFF if kind == "power_cut" else State.HELD)
    if kind == "power_cut":
        printer.power_on()
    with pytest.raises(Refused) as no:
        printer.resume("OF-1")
    assert no.value.code in ("alarm_active", "door_open", "wrong_state")
    layer = printer.layer
    printer.repair()
    printer.step(3000)
    printer.resume("OF-1")
    until(printer, State.COOLING)
    assert layer < printer.layer == 60


def test_a_light_alarm_lets_the_build_go_on(printer: Printer) -> None:
    launch(printer)
    until(printer, State.RUNNING)
    printer.inject("filter_life_low")
    printer.step(50)
    assert printer.state is State.RUNNING and "filter_life_low" in printer.alarms


def test_the_machine_says_why_it_does_not_start(printer: Printer) -> None:
    with refused("no_job"):
        printer.start("OF-1")
    with refused("no_file"):
        printer.store(order="A", file="x.3mf", sha256=HASH, layers_planned=1, parameters={})
    with refused("hash_not_equal"):
        printer.store(order="A", file="b.3mf", sha256="0" * 64, layers_planned=1, parameters={})
    with refused("layers_out_of_range"):
        printer.store(order="A", file="b.3mf", sha256=HASH, layers_planned=0, parameters={})
    with refused("parameter_unknown"):
        printer.store(order="A", file="b.3mf", sha256=HASH, layers_planned=1, parameters={"colour": 1})
    with refused("parameter_out_of_range"):
        printer.store(order="A", file="b.3mf", sha256=HASH, layers_planned=1, parameters={"hatch_um": 1e9})
    printer.open_door()
    printer.store(order="A", file="b.3mf", sha256=HASH, layers_planned=1, parameters={})
    with refused("door_open"):
        printer.start("A")


def test_an_order_is_built_once_only(printer: Printer) -> None:
    launch(printer, layers=2)
    until(printer, State.FINISHED)
    with refused("job_exists"):
        launch(printer, layers=2)
    launch(printer, layers=2, order="OF-2")
    assert printer.state is State.PREPARING and printer.layer == 0


def test_a_machine_restarted_in_the_middle_of_a_build_is_held(printer: Printer, tmp_path: Path) -> None:
    launch(printer)
    until(printer, State.RUNNING)
    printer.step(400)
    memory.save(printer, tmp_path / "kept.json")
    again = Printer(seed=3, file_hash=printer.file_hash)
    memory.restore(again, tmp_path / "kept.json")
    assert (again.state, again.layer, again.job_state) == (State.HELD, printer.layer, "Interrupted")
    assert "power_cut" in again.alarms
    again.repair()
    again.resume("OF-1")
    until(again, State.COOLING)
    assert again.layer == 60


def test_every_move_the_machine_makes_is_in_its_table(printer: Printer) -> None:
    from strate.simulators.lpbf.vocabulary import MOVES

    assert set(MOVES) == set(State)
    assert dataclasses.is_dataclass(printer)
    assert all(moves <= set(State) and state not in moves for state, moves in MOVES.items())
