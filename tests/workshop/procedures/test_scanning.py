"""Scanning a thing lands on the gesture under way about it."""

import pytest

from strate.workshop.journal.actor import Actor
from strate.workshop.procedures import actions
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.things import registry

pytestmark = pytest.mark.django_db


def test_a_thing_with_a_gesture_under_way_offers_to_go_on_with_it(
    start_up: ProcedureVersion, amina: Actor
) -> None:
    urls = [g.url for g in registry.gestures("machine:M1", amina)]
    run = actions.start(by=amina, procedure="start-up", about=["machine:M1"])
    after = [g.url for g in registry.gestures("machine:M1", amina)]
    assert f"/gestes/{run.pk}/" in after and f"/gestes/{run.pk}/" not in urls
    assert "/gestes/?about=machine%3AM1" in after


def test_a_gesture_is_found_by_its_reference_and_never_by_a_bare_number(
    start_up: ProcedureVersion, amina: Actor
) -> None:
    run = actions.start(by=amina, procedure="start-up")
    assert registry.find(run.ref).url == f"/gestes/{run.pk}/"
    assert [t.ref for t in registry.matching(str(run.pk)) if t.ref.startswith("run:")] == []


def test_words_of_safety_do_not_answer_for_labels() -> None:
    found = [t.ref for word in ("sand", "powder", "filters") for t in registry.matching(word)]
    assert [ref for ref in found if ref.partition(":")[0] in ("stream", "operation")] == []
    assert registry.title_of("stream:flow.sand") != "flow.sand"
