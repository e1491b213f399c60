"""What is stopped stays stopped until the right person, and another one, lets it go."""

import pytest

from strate.workshop.doors import wording
from strate.workshop.holds import actions, queries
from strate.workshop.journal import queries as journal
from strate.workshop.notices import queries as notices

LOT = "lot:TI-1"


def test_anybody_may_stop_a_thing_and_quality_is_told(amina, elsa):
    hold = actions.place(by=amina, about=LOT, text="smells damp")
    assert queries.on(LOT) == [hold] and queries.why(hold) == "smells damp"
    assert [n.about for n in notices.unread(elsa)] == [LOT]


def test_a_gate_is_told_every_reason_at_once_with_who_can_lift_each(amina, farid):
    actions.place(by=amina, about=LOT, text="damp")
    actions.place(by=farid, about="machine:M1", text="leak", liftable_by=["maintenance"])
    reasons = queries.reasons(LOT, "machine:M1", "plate:P1")
    assert [r.lifted_by for r in reasons] == [("quality",), ("maintenance",)]
    assert "TI-1" in wording.refusal(reasons[0])


def test_the_right_role_lifts_it_signed_with_a_reason(amina, elsa, signed, refused):
    hold = actions.place(by=amina, about=LOT, text="damp")
    with refused("lifting_needs_a_reason"):
        actions.lift(by=signed(elsa), hold=hold.ref, reason=" ")
    with refused("signature_needed"):
        actions.lift(by=elsa, hold=hold.ref, reason="dried")
    actions.lift(by=signed(elsa), hold=hold.ref, reason="dried, Karl Fischer 120 ppm")
    assert queries.on(LOT) == [] and queries.reasons(LOT) == []
    fact = journal.told(journal.last())
    assert fact["signature"]["meaning"] == "lifted" and fact["reason"].startswith("dried")


def test_another_role_does_not_lift_it(amina, bruno, signed, refused):
    hold = actions.place(by=amina, about=LOT, text="damp")
    with refused("hold_not_yours_to_lift"):
        actions.lift(by=signed(bruno), hold=hold.ref, reason="looks dry")
    assert len(queries.on(LOT)) == 1


def test_whoever_placed_it_does_not_lift_it_alone(elsa, signed, refused):
    hold = actions.place(by=elsa, about=LOT, text="damp")
    with refused("hold_lifted_by_who_placed_it"):
        actions.lift(by=signed(elsa), hold=hold.ref, reason="dried")


def test_a_hold_waiting_for_a_paper_is_lifted_by_whoever_receives_it(elsa, signed):
    hold = actions.place(by=elsa, about=LOT, code="certificate_missing", by_another=False)
    assert actions.lift(by=signed(elsa), hold=hold.number, reason="certificate 12 received").state == "lifted"


def test_two_reasons_stop_a_thing_until_both_are_lifted(amina, elsa, signed):
    first = actions.place(by=amina, about=LOT, text="damp")
    actions.place(by=amina, about=LOT, text="label torn")
    actions.lift(by=signed(elsa), hold=first.ref, reason="dried")
    assert [h.text for h in queries.on(LOT)] == ["label torn"]


def test_a_hold_is_lifted_once(amina, elsa, signed, refused):
    hold = actions.place(by=amina, about=LOT, text="damp")
    actions.lift(by=signed(elsa), hold=hold.ref, reason="dried")
    with refused("hold_already_lifted"):
        actions.lift(by=signed(elsa), hold=hold.ref, reason="dried")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "hold_needs_a_reason"),
        ({"text": "damp", "liftable_by": []}, "hold_needs_a_lifter"),
        ({"text": "damp", "liftable_by": ["pope"]}, "hold_needs_a_lifter"),
    ],
)
def test_a_hold_nobody_could_understand_or_lift_is_refused(options, code, amina, refused):
    with refused(code):
        actions.place(by=amina, about=LOT, **options)


@pytest.mark.parametrize("hold", ["hold:B-999", "B-0x1", "B-", "", "²", "9" * 30])
def test_an_unknown_hold_is_said_unknown(hold, elsa, signed, refused):
    with refused("no_such_hold"):
        actions.lift(by=signed(elsa), hold=hold, reason="?")
