"""A routing is written by one person, approved by another, and never changes afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.routings import actions, queries, rules

Refuses = Callable[..., AbstractContextManager[None]]
Signs = Callable[[Actor], Actor]


def approved(complete: dict[str, Any], driss: Actor, ines: Actor, signed: Signs) -> None:
    actions.new_routing(by=driss, code="G-12", title="Support", content=complete)
    actions.submit(by=driss, routing="G-12", number=1)
    actions.approve(by=signed(ines), routing="G-12", number=1)


def test_a_routing_is_approved_by_a_second_person_and_then_released(
    ti64: None, complete: dict[str, Any], driss: Actor, ines: Actor, signed: Signs, refused: Refuses
) -> None:
    actions.new_routing(by=driss, code="G-12", title="Support", content=complete)
    with refused("routing_not_released"):
        queries.released("G-12")
    actions.submit(by=driss, routing="G-12", number=1)
    with refused("routing_approved_by_its_author"):
        actions.approve(by=signed(driss), routing="G-12", number=1)
    with refused("signature_needed"):
        actions.approve(by=ines, routing="G-12", number=1)
    actions.approve(by=signed(ines), routing="G-12", number=1)
    snapshot = queries.snapshot(queries.released("G-12"))
    assert snapshot["approved_by"] == "p-ines" and snapshot["digest"] == queries.digest_of(
        snapshot["content"]
    )
    assert snapshot["content"]["limits"]["used_share_ceiling"]["value"] == "0.5"


def test_whoever_helped_to_write_cannot_approve(
    ti64: None,
    complete: dict[str, Any],
    driss: Actor,
    ines: Actor,
    elsa: Actor,
    signed: Signs,
    refused: Refuses,
) -> None:
    actions.new_routing(by=driss, code="G-12", title="Support", content=complete)
    complete["parameters"]["laser_w"] = 285
    actions.edit(by=ines, routing="G-12", number=1, content=complete)
    actions.submit(by=driss, routing="G-12", number=1)
    with refused("routing_approved_by_its_author"):
        actions.approve(by=signed(ines), routing="G-12", number=1)
    assert actions.approve(by=signed(elsa), routing="G-12", number=1).state == "approved"


def test_an_approved_version_is_never_written_in(
    ti64: None, complete: dict[str, Any], driss: Actor, ines: Actor, signed: Signs, refused: Refuses
) -> None:
    approved(complete, driss, ines, signed)
    with refused("only_drafts_are_written"):
        actions.edit(by=driss, routing="G-12", number=1, content=complete)
    actions.new_version(by=driss, routing="G-12", why="less oxygen")
    complete["limits"]["oxygen_max_ppm"]["value"] = 500
    actions.edit(by=driss, routing="G-12", number=2, content=complete)
    assert queries.released("G-12").number == 1
    [change] = queries.changes_between("G-12", 1, 2)
    assert (change.path, change.before, change.after) == ("limits.oxygen_max_ppm.value", "1000", "500")
    actions.submit(by=driss, routing="G-12", number=2)
    actions.approve(by=signed(ines), routing="G-12", number=2)
    assert queries.released("G-12").number == 2 and queries.version("G-12", 1).state == "retired"


def test_two_writers_do_not_overwrite_each_other(
    complete: dict[str, Any], driss: Actor, ines: Actor, refused: Refuses
) -> None:
    seen = actions.new_routing(by=driss, code="G-12", title="Support", content=complete).digest
    complete["recoater"] = "ceramic"
    actions.edit(by=driss, routing="G-12", number=1, content=complete, seen_digest=seen)
    complete["recoater"] = "rubber"
    with refused("draft_changed_meanwhile"):
        actions.edit(by=ines, routing="G-12", number=1, content=complete, seen_digest=seen)


def test_a_draft_with_gaps_says_all_that_it_lacks(driss: Actor) -> None:
    actions.new_routing(by=driss, code="G-13", title="Presque vide")
    with pytest.raises(Refused) as caught:
        actions.submit(by=driss, routing="G-13", number=1)
    lacks = {r.values.get("field") for r in caught.value.reasons if r.code == "routing_lacks"}
    assert lacks == {
        "material",
        "machine_models",
        "parameters.layer_um",
        "parameters.source",
        "limits.used_share_ceiling",
        "furnace",
    }


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("limits", "used_share_ceiling", "value"), "1.2", "share_above_one"),
        (("limits", "luck"), {"value": 1, "source": "?"}, "limit_not_known"),
        (("operations", 1, "number"), 10, "operations_out_of_order"),
        (("controls", "measurements", 0, "lower"), "12.05", "bounds_crossed"),
        (("parameters", "laser_w"), "NaN", "routing_field_not_understood"),
        (("parameters", "laser_w"), -5, "routing_field_not_understood"),
        (("unknown",), 1, "routing_field_not_understood"),
    ],
)
def test_a_content_that_cannot_be_is_refused(
    complete: dict[str, Any], path: tuple[Any, ...], value: Any, code: str, refused: Refuses
) -> None:
    inner: Any = complete
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with refused(code):
        rules.read(complete)


def test_o4_and_o5_rate_and_energy_of_a_parameter_set() -> None:
    first = rules.ParameterSet(
        laser_w=Decimal(195), scan_mm_s=Decimal(1083), hatch_um=Decimal(90), layer_um=20
    )
    second = rules.ParameterSet(
        laser_w=Decimal(214), scan_mm_s=Decimal(928), hatch_um=Decimal(100), layer_um=40
    )
    assert first.rate_mm3_s == Decimal("1.9494") and second.rate_mm3_s == Decimal("3.712")
    assert first.energy_j_mm3 is not None and second.energy_j_mm3 is not None
    assert round(first.energy_j_mm3, 2) == Decimal("100.03") and round(second.energy_j_mm3, 2) == Decimal(
        "57.65"
    )
