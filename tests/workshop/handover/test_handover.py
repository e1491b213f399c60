"""What one shift leaves is read by another person, and taken over with everything unfinished."""

from datetime import UTC, datetime, timedelta

import pytest

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.handover import actions, plugs, queries, registry
from strate.workshop.holds import actions as holds
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.notices import queries as notices
from strate.workshop.site import actions as site


@pytest.fixture()
def left(amina, signed, morning):
    """The note Amina leaves in the morning."""
    return actions.write_handover(by=signed(amina), text="M1 at layer 812", watch=["filter of M1", " "])


def test_a_note_is_signed_and_carries_the_machines_as_they_stand(amina, signed, refused, monkeypatch):
    monkeypatch.setattr(registry, "_machine_states", [lambda place: {"machine:M1": {"layer": 812}}])
    monkeypatch.setattr(registry, "_contributors", [])
    with refused("signature_needed"):
        actions.write_handover(by=amina, text="nothing to report")
    note = actions.write_handover(by=signed(amina), text="nothing to report", machines=["machine:M1"])
    assert note.states == {"machine:M1": {"layer": 812}}
    fact = journal.told(journal.last())
    assert fact["signature"]["meaning"] == "handed_over" and fact["things"] == [note.ref, "machine:M1"]


def test_an_empty_note_is_refused(amina, signed, refused):
    with refused("note_needs_words"):
        actions.write_handover(by=signed(amina), text="  ")


def test_another_person_acknowledges_and_the_author_is_told(left, amina, bruno, signed, refused):
    assert left.watch == ["filter of M1"]
    with refused("note_is_your_own"):
        actions.acknowledge(by=signed(amina), note=left.ref)
    assert actions.acknowledge(by=signed(bruno), note=left.number).acknowledged_by == bruno.person
    assert "handover_acknowledged" in [n.code for n in notices.unread(amina)]
    with refused("note_already_acknowledged"):
        actions.acknowledge(by=signed(bruno), note=left.ref)


def test_the_shift_is_taken_over_with_every_note_read(left, bruno, signed, refused):
    with refused("note_not_read"):
        actions.take_over(by=signed(bruno), notes=[])
    taken = actions.take_over(by=signed(bruno), notes=[left.ref])
    assert queries.pending() == [] and queries.taken(bruno.person, at=clock.now()) == taken
    fact = journal.told(journal.of(taken.ref)[0])
    assert fact["data"]["notes"] == [left.ref] and fact["signature"]["meaning"] == "taken_over"


def test_one_takes_over_though_ones_own_note_waits_for_somebody_else(left, amina, signed):
    actions.take_over(by=signed(amina), notes=[])
    assert queries.pending() == [left]


def test_what_is_unfinished_is_listed_and_kept_with_the_signature(amina, bruno, signed, monkeypatch):
    monkeypatch.setattr("strate.workshop.handover.plugs.reverse", lambda *_, **__: "/there/")
    anomaly = anomalies.report(by=amina, about=["machine:M1"], kind="filter_clogged")
    holds.place(by=amina, about="lot:TI-1", text="damp")
    taken = actions.take_over(by=signed(bruno))
    assert [line["ref"] for line in taken.shown] == ["lot:TI-1", anomaly.ref]


def test_a_note_of_another_hall_does_not_wait_here_but_one_for_everybody_does(amina, bruno, signed):
    here = actions.write_handover(by=signed(amina), text="here", place="place:hall-1")
    there = actions.write_handover(by=signed(amina), text="there", place="place:hall-2")
    everywhere = actions.write_handover(by=signed(amina), text="everywhere")
    assert queries.for_person(bruno.person, "place:hall-1") == [here, everywhere]
    assert queries.for_person(bruno.person) == [here, there, everywhere]


def test_taken_a_little_early_the_shift_is_the_next_one(bruno, signed):
    before_one = datetime(2026, 11, 23, 11, 45, tzinfo=UTC)
    with clock.at(before_one):
        taken = actions.take_over(by=signed(bruno))
    assert taken.shift == "2026-11-23T13:00"
    for hours, still in ((1, True), (8, True), (9, False)):
        at = before_one + timedelta(hours=hours)
        assert (queries.taken(bruno.person, at=at) == taken) is still


def test_who_took_over_a_little_early_may_work_at_once(bruno, signed):
    """At 20:32 the next shift is taken over; at 20:40 its operator launches, and is not told to wait for 21:00."""
    with clock.at(datetime(2026, 11, 22, 19, 32, tzinfo=UTC)):
        taken = actions.take_over(by=signed(bruno))
    for minute in (33, 40, 59):
        early = datetime(2026, 11, 22, 19, minute, tzinfo=UTC)
        assert queries.taken(bruno.person, at=early) == taken == queries.taken_by_anybody(at=early)
    with clock.at(datetime(2026, 11, 22, 19, 0, tzinfo=UTC)):
        assert queries.taken(bruno.person, at=clock.now()) is None


def test_notes_of_the_night_the_clocks_go_back_stay_in_the_order_they_were_written(amina, bruno, signed):
    written = []
    for minutes in (0, 40, 80):  # 02:20, then 02:00 and 02:40 of the second two o’clock
        with clock.at(datetime(2026, 10, 25, 0, 20, tzinfo=UTC) + timedelta(minutes=minutes)):
            written.append(actions.write_handover(by=signed(amina), text=f"note after {minutes} min"))
    assert queries.pending() == written
    assert {n.shift for n in written} == {"2026-10-24T21:00"}


def test_somebody_who_only_reads_does_not_take_over(left, signed, refused, hugo):
    with refused("not_allowed"):
        actions.take_over(by=signed(hugo), notes=[left.ref])


def test_a_launch_waits_for_somebody_to_have_taken_over_the_shift(bruno, hugo, signed, morning):
    (reason,) = plugs._shift_is_taken_over(None)
    assert (reason.code, reason.overridable) == ("shift_not_taken_over", False)
    site.set_setting(by=hugo, key="handover_gate", value="override")
    assert plugs._shift_is_taken_over(None)[0].overridable
    site.set_setting(by=hugo, key="handover_gate", value="warn")
    assert plugs._shift_is_taken_over(None) == []
    site.set_setting(by=hugo, key="handover_gate", value="block")
    actions.take_over(by=signed(bruno))
    assert plugs._shift_is_taken_over(None) == []
