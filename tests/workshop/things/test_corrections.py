"""« I typed 12,5 for 125 »: a new fact says what is right, the old one stays to be seen."""

import pytest

from strate.workshop.journal import queries as journal
from strate.workshop.things import actions, queries
from tests.workshop.things.conftest import weigh

KG = 1_000_000


def correct(by, event, value, *, field="mass_mg", reason="I typed 12,5 for 125"):
    actions.correct(by=by, event=event, field=field, value=value, reason=reason)


def test_the_state_follows_and_the_old_value_stays_visible(amina, scale):
    event = weigh(amina, 12_500_000)
    correct(amina, event, "125")
    assert scale == {"bag:ABC-1": 125 * KG}
    (entry,) = queries.history("bag:ABC-1")
    (fix,) = entry.corrected
    assert (fix.old, fix.new, fix.who, fix.why) == (
        "12,5\u202fkg",
        "125\u202fkg",
        "Amina Essai",
        "I typed 12,5 for 125",
    )


def test_the_correction_is_a_fact_that_points_to_the_first(amina, scale):
    event = weigh(amina, 12_500_000)
    correct(amina, event, "125")
    last = journal.told(journal.last())
    assert (last["what"], last["corrects"], last["things"]) == ("things.corrected", event, ["bag:ABC-1"])
    first = journal.told(journal.of("bag:ABC-1", what="test.weighed")[0])
    assert first["data"]["mass_mg"] == 12_500_000


def test_corrected_twice_the_second_starts_from_the_first(amina, scale):
    event = weigh(amina, 12_500_000)
    correct(amina, event, "125")
    correct(amina, event, "12,6", reason="it was kilograms after all")
    assert [(c.old, c.new) for c in queries.entry(event).corrected] == [
        ("12,5\u202fkg", "125\u202fkg"),
        ("125\u202fkg", "12,6\u202fkg"),
    ]
    assert queries.standing_values(queries.fact(event))["mass_mg"] == 12_600_000


def test_one_corrects_oneself_a_leader_corrects_anybody(amina, bruno, chloe, scale, refused):
    event = weigh(amina, 1 * KG)
    with refused("not_allowed"):
        correct(bruno, event, "2")
    correct(chloe, event, "2")
    assert scale["bag:ABC-1"] == 2 * KG


def test_what_was_signed_is_corrected_by_signing(amina, signed, scale, refused):
    event = weigh(signed(amina), 1 * KG, meaning="checked")
    with refused("signature_needed"):
        correct(amina, event, "2")
    correct(signed(amina), event, "2")
    assert journal.told(journal.last())["signature"]["meaning"] == "corrected"


def test_once_sealed_nothing_is_corrected(amina, scale, seal, refused):
    event = weigh(amina, 1 * KG)
    with refused("dossier_is_sealed"):
        correct(amina, event, "2")
    assert scale == {} and not queries.entry(event).correctable


def test_a_fact_no_room_knows_how_to_correct_says_so(amina, refused):
    event = weigh(amina, 1 * KG)
    with refused("correction_not_possible"):
        correct(amina, event, "2")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"value": "1"}, "correction_changes_nothing"),
        ({"value": "1,000"}, "correction_changes_nothing"),
        ({"value": "two"}, "value_not_a_number"),
        ({"value": "NaN"}, "value_not_a_number"),
        ({"value": "0,0000001"}, "value_finer_than_a_milligram"),
        ({"value": "2", "reason": "  "}, "correction_needs_a_reason"),
        ({"value": "2", "field": "colour"}, "field_not_correctable"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_words(values, code, amina, scale, refused):
    event = weigh(amina, 1 * KG)
    with refused(code):
        correct(amina, event, **values)
    assert scale == {}


@pytest.mark.parametrize("event", ["", "not-a-number", "018f0000-0000-7000-8000-000000000000"])
def test_an_entry_that_does_not_exist_is_said_unknown(event, amina, refused):
    with refused("no_such_fact"):
        correct(amina, event, "2")


@pytest.mark.parametrize("typed", ["NaN", "-Infinity", "1e9999999", "1e-9999999", "0," + "1" * 390, "douze"])
def test_a_slip_of_the_hand_is_no_number(amina, scale, refused, typed):
    event = weigh(amina, 12_500_000)
    with refused("value_not_a_number"):
        correct(amina, event, typed)
