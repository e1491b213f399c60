"""Steps answered by the world: scan, machine value, wait, photo, sub-procedure."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import queries as attachment_queries
from strate.workshop.attachments import store
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions, queries, registry
from strate.workshop.procedures.models import ProcedureVersion

from ..conftest import refused
from .conftest import card

pytestmark = pytest.mark.django_db
Approve = Callable[..., ProcedureVersion]


def begin(by: Actor, code: str, *about: str, **context: str) -> int:
    return actions.start(by=by, procedure=code, about=list(about) or ["machine:M1"], context=context).pk


def test_a_scan_is_exact_p1_is_not_p10(approve: Approve, plates: None, amina: Actor) -> None:
    approve("fit", card("plate", "scan", expects={"kind": "tray", "same_as": "wanted"}))
    run = begin(amina, "fit", wanted="tray:P-1")
    with refused("scan_not_the_expected_thing"):
        actions.do_step(by=amina, run=run, step="plate", entry={"ref": "P-10"})
    actions.do_step(by=amina, run=run, step="plate", entry={"ref": "tray:P-1"})


def test_a_scan_says_whether_the_thing_is_unknown_of_another_kind_or_in_a_wrong_state(
    approve: Approve, plates: None, amina: Actor
) -> None:
    approve("fit", card("plate", "scan", expects={"kind": "tray", "state": ["free"]}))
    run = begin(amina, "fit")
    for scanned, code in (
        ("P-404", "no_such_thing"),
        ("machine:M1", "scan_wrong_kind"),
        ("P-9", "scan_wrong_state"),
        ("", "scan_missing"),
    ):
        with refused(code):
            actions.do_step(by=amina, run=run, step="plate", entry={"ref": scanned})


def test_an_effect_belongs_to_the_same_act_as_its_step(
    approve: Approve, plates: None, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def fit(by: Actor, run: Any, step: dict[str, Any], outcome: Any) -> None:
        seen.append((run.thing("machine"), outcome.values["ref"]))

    monkeypatch.setitem(registry._effects, "tests.fit", fit)
    approve("fit", card("plate", "scan", expects={"kind": "tray"}, effect="tests.fit"))
    run = begin(amina, "fit")
    actions.do_step(by=amina, run=run, step="plate", entry={"ref": "P-1"})
    assert seen == [("machine:M1", "tray:P-1")]
    with refused("step_had_an_effect"):
        actions.correct_step(by=amina, run=run, step="plate", entry={"ref": "P-10"}, reason="erreur")


def test_a_machine_value_is_read_not_typed(approve: Approve, says: Callable[..., None], amina: Actor) -> None:
    approve("inert", card("oxygen", "machine_value", signal="oxygen_ppm", unit="ppm", max="1000"))
    run = begin(amina, "inert")
    says("oxygen_ppm", "1200")
    with refused("measure_out_of_bounds"):
        actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "10"})
    says("oxygen_ppm", "800")
    kept = actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "10"})
    assert kept.outcome["value"] == "800"


@pytest.mark.parametrize("reading", [{"ago_s": 300}, {"good": False}, None])
def test_an_old_or_doubtful_value_is_as_good_as_none(
    approve: Approve, says: Callable[..., None], amina: Actor, reading: dict[str, Any] | None
) -> None:
    spec = {"signal": "oxygen_ppm", "unit": "ppm", "max": "1000"}
    approve("strict", card("oxygen", "machine_value", **spec))
    approve("lenient", card("oxygen", "machine_value", typed_if_silent=True, **spec))
    if reading is not None:
        says("oxygen_ppm", "800", **reading)
    with refused("machine_is_silent"):
        actions.do_step(by=amina, run=begin(amina, "strict"), step="oxygen", entry={"value": "800"})
    kept = actions.do_step(by=amina, run=begin(amina, "lenient"), step="oxygen", entry={"value": "800"})
    assert kept.outcome["typed"] is True


def test_a_wait_is_refused_until_its_hour(approve: Approve, amina: Actor) -> None:
    approve("cool", card("stop", "check"), card("wait", "wait", minutes=120, since="stop"))
    start = clock.now()
    with clock.at(start):
        run = begin(amina, "cool")
        actions.do_step(by=amina, run=run, step="stop", entry={"ok": True})
        with refused("wait_not_over"):
            actions.do_step(by=amina, run=run, step="wait")
    with clock.at(start + timedelta(minutes=120)):
        actions.do_step(by=amina, run=run, step="wait")
    assert queries.run(run).state == "done"


def test_a_photo_is_one_that_was_received_and_it_belongs_to_the_gesture(
    approve: Approve, amina: Actor
) -> None:
    approve("look", card("photo", "photo"))
    run = begin(amina, "look")
    with refused("step_photo_missing"):
        actions.do_step(by=amina, run=run, step="photo")
    with refused("no_such_file"):
        actions.do_step(by=amina, run=run, step="photo", entry={"digest": "0" * 64})
    picture = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(picture, "JPEG")
    kept = attachments.receive(by=amina, stored=store.keep(picture.getvalue(), "vitre.jpg"))
    actions.do_step(by=amina, run=run, step="photo", entry={"digest": kept.digest})
    assert [u.attachment_id for u in attachment_queries.about(f"run:G{run}")] == [kept.digest]


def test_a_sub_procedure_is_done_before_the_step_that_calls_it(approve: Approve, amina: Actor) -> None:
    approve("inner", card("wipe", "check"))
    approve("outer", card("clean", "procedure", procedure="inner"), card("after", "check"))
    run = begin(amina, "outer")
    with refused("sub_procedure_not_done"):
        actions.do_step(by=amina, run=run, step="clean")
    inner = actions.start(by=amina, procedure="inner", parent=run, parent_step="clean")
    assert inner.about == ["machine:M1"]
    actions.do_step(by=amina, run=inner.pk, step="wipe", entry={"ok": True})
    actions.do_step(by=amina, run=run, step="clean")
    assert queries.outcome(queries.run(run), "clean") == {"run": str(inner.pk)}


def test_a_step_that_is_not_required_is_passed_with_a_reason_only(approve: Approve, amina: Actor) -> None:
    approve("maybe", card("must", "check"), card("may", "photo", required=False))
    run = begin(amina, "maybe")
    with refused("step_required"):
        actions.do_step(by=amina, run=run, step="must", entry={"skip": "pas le temps"})
    actions.do_step(by=amina, run=run, step="must", entry={"ok": True})
    with refused("step_photo_missing"):
        actions.do_step(by=amina, run=run, step="may", entry={"skip": " "})
    kept = actions.do_step(by=amina, run=run, step="may", entry={"skip": "appareil en charge"})
    assert kept.outcome == {"skipped": "appareil en charge"}


def test_what_a_room_knows_of_a_thing_sets_the_limits(
    approve: Approve, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._contexts, "build", [lambda ref: {"oxygen_ppm_max": "500"}])
    approve("inert", card("oxygen", "measure", unit="ppm", max="1000", max_from="oxygen_ppm_max"))
    run = begin(amina, "inert", "build:B1")
    with refused("measure_out_of_bounds"):
        actions.do_step(by=amina, run=run, step="oxygen", entry={"value": "800"})
