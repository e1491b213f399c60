"""A small room of the tests: bags with a weight, which can be found, weighed and corrected."""

import pytest

from strate.workshop.journal.actions import act
from strate.workshop.journal.refusals import Reason
from strate.workshop.things import corrections, registry
from strate.workshop.things.registry import Kind, Thing

BAGS = {"ABC-1": "Blue bag", "ABC-10": "Red bag", "M1": "Bag like a machine"}


def bag(code):
    return (
        Thing(f"bag:{code}", BAGS[code], state="released", lines=[("Colour", "blue")])
        if code in BAGS
        else None
    )


@pytest.fixture(autouse=True)
def small_room(monkeypatch):
    """Two kinds of things which share a code, and one fact that can be corrected."""
    machine = Kind("engine", "Engine", find=lambda c: Thing("engine:M1", "Engine one") if c == "M1" else None)
    bags = Kind(
        "bag",
        "Bag",
        find=bag,
        search=lambda text, limit: [bag(c) for c in sorted(BAGS) if text.upper() in c][:limit],
    )
    for name, value in (("_kinds", {}), ("_panels", []), ("_gestures", []), ("_doable", [])):
        monkeypatch.setattr(registry, name, value)
    for name, value in (("_correctable", {}), ("_objections", [])):
        monkeypatch.setattr(corrections, name, value)
    registry.register(bags)
    registry.register(machine)


@pytest.fixture()
def scale():
    """The state a correction changes: what each bag weighs, by its reference."""
    weights = {}

    def follow(correction):
        weights[correction.things[0]] = correction.value

    corrections.register(
        "test.weighed", follow, fields={"mass_mg": corrections.kilograms, "note": corrections.words}
    )
    return weights


@pytest.fixture()
def seal():
    """A dossier that has been sealed forbids any correction of its facts."""
    corrections.object_when(lambda fact: [Reason("dossier_is_sealed", {"dossier": "OF-1"})])


def weigh(by, mass_mg, meaning=""):
    with act("test.weighed", by=by, meaning=meaning) as done:
        done.tell("bag:ABC-1", mass_mg=mass_mg, note="")
    return done.event
