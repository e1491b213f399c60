"""An anomaly goes in one tap to the right person, comes back answered, and is closed by somebody else."""

import pytest

from strate.workshop.anomalies import actions, catalogue, queries, recipients
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import queries as files
from strate.workshop.attachments import store
from strate.workshop.holds import actions as hold_actions
from strate.workshop.holds import queries as holds
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import act
from strate.workshop.notices import queries as notices

PLATE = "plate:PL-7"


@pytest.fixture()
def collision(amina):
    return actions.report(by=amina, about=[PLATE, "machine:M1"], kind="recoater_collision", text="layer 812")


def test_the_rule_chooses_to_whom_it_goes(collision, amina, chloe, elsa):
    assert collision.recipient == "pilot" and collision.severity == "major"
    assert [n.about for n in notices.unread(chloe)] == [collision.ref] and notices.unread(elsa) == []
    assert queries.waiting_for(chloe) == [collision] and queries.waiting_for(amina) == []


def test_whoever_reports_may_send_it_to_another(amina, farid):
    sent = actions.report(
        by=amina, about=["machine:M1"], kind="recoater_collision", to="maintenance", severity="critical"
    )
    assert (sent.recipient, sent.severity) == ("maintenance", "critical")
    assert [n.about for n in notices.unread(farid)] == [sent.ref]


def test_every_kind_of_the_catalogue_reaches_somebody(amina):
    for kind, recipient in queries.rules_in_force().items():
        assert queries.recipient(recipient).roles, kind
    reached = set(queries.rules_in_force().values())
    assert reached == {r.code for r in queries.recipients()}, "each recipient of the trade receives something"
    assert {k.family for k in catalogue.CATALOGUE.values()} == set(catalogue.FAMILIES)


def test_it_speaks_of_several_things_at_once(collision):
    assert queries.on(PLATE) == queries.on("machine:M1") == [collision]
    assert journal.told(journal.last())["things"] == [collision.ref, PLATE, "machine:M1"]


def test_a_photo_goes_with_it(amina):
    stored = store.keep(b"\x00 a photo, once", "p.bin")
    attachments.receive(by=amina, stored=stored)
    sent = actions.report(by=amina, kind="other", text="?", photos=[stored.digest])
    assert [u.attachment_id for u in files.about(sent.ref)] == [stored.digest]


def test_a_photo_never_sent_is_refused_and_nothing_is_written(amina, refused):
    with refused("no_such_file"):
        actions.report(by=amina, kind="other", text="?", photos=["f" * 64])
    assert queries.unsettled() == []


def test_it_stops_the_thing_until_its_recipient_lets_it_go(amina, chloe, signed):
    sent = actions.report(by=amina, about=[PLATE], kind="recoater_collision", hold=True)
    (hold,) = holds.on(PLATE)
    assert hold.origin == sent.ref and set(hold.liftable_by) == {"quality", "shift_leader"}
    hold_actions.lift(by=signed(chloe), hold=hold.ref, reason="blade changed")
    assert holds.on(PLATE) == []


def test_nothing_cannot_be_put_on_hold(amina, refused):
    with refused("nothing_to_hold"):
        actions.report(by=amina, kind="other", text="?", hold=True)


def test_it_is_answered_by_its_recipient_and_goes_back_to_who_reported_it(
    collision, amina, bruno, chloe, refused
):
    with refused("anomaly_not_yours_to_answer"):
        actions.answer(by=bruno, anomaly=collision.ref, text="fine")
    with refused("answer_needs_words"):
        actions.answer(by=chloe, anomaly=collision.ref, text="")
    answered = actions.answer(by=chloe, anomaly=collision.ref, text="blade nicked: change it")
    assert (answered.state, answered.answered_by) == ("answered", chloe.person)
    assert [n.code for n in notices.unread(amina)] == ["anomaly_answered"]


def test_it_is_closed_after_its_answer_and_not_by_who_reported_it(amina, elsa, refused):
    sent = actions.report(by=elsa, kind="crack", about=["part:P1"])
    with refused("anomaly_is_not_answered", "anomaly_closed_by_who_reported_it"):
        actions.close(by=elsa, anomaly=sent.ref, conclusion="scrapped")
    actions.answer(by=elsa, anomaly=sent.ref, text="scrap it")
    with refused("anomaly_closed_by_who_reported_it"):
        actions.close(by=elsa, anomaly=sent.ref, conclusion="scrapped")


def test_it_is_not_closed_while_it_still_holds_something(amina, chloe, elsa, signed, refused):
    sent = actions.report(by=amina, about=[PLATE], kind="recoater_collision", hold=True)
    actions.answer(by=chloe, anomaly=sent.ref, text="change the blade")
    with refused("on_hold"):
        actions.close(by=chloe, anomaly=sent.ref, conclusion="done")
    hold_actions.lift(by=signed(elsa), hold=holds.on(PLATE)[0].ref, reason="plate flat")
    closed = actions.close(by=chloe, anomaly=sent.ref, conclusion="blade changed")
    assert closed.state == "closed" and queries.on(PLATE) == []
    assert "anomaly_closed" in [n.code for n in notices.unread(amina)]


def test_what_is_not_settled_is_opened_again(collision, amina, chloe, refused):
    with refused("anomaly_is_not_answered"):
        actions.reopen(by=amina, anomaly=collision.ref, reason="?")
    actions.answer(by=chloe, anomaly=collision.ref, text="blade changed")
    actions.close(by=chloe, anomaly=collision.ref, conclusion="settled")
    with refused("anomaly_is_closed"):
        actions.answer(by=chloe, anomaly=collision.ref, text="more")
    again = actions.reopen(by=amina, anomaly=collision.ref, reason="it hit again at layer 900")
    assert again.state == "open" and again.answer == "blade changed"


def test_it_is_passed_on_with_both_recipients_in_the_journal(collision, chloe, driss):
    actions.forward(by=chloe, anomaly=collision.ref, to="methods", reason="supports too thin")
    fact = journal.told(journal.last())
    assert (fact["data"]["before_recipient"], fact["data"]["recipient"]) == ("pilot", "methods")
    assert [n.about for n in notices.unread(driss)] == [collision.ref]
    actions.answer(by=driss, anomaly=collision.ref, text="thicker supports")


def test_two_people_on_one_anomaly_only_the_first_contrary_move_counts(collision, chloe, refused):
    actions.answer(by=chloe, anomaly=collision.ref, text="blade")
    stale = queries.one(collision.ref)
    actions.close(by=chloe, anomaly=collision.ref, conclusion="settled")
    with refused("anomaly_moved_meanwhile"), act("test.moved", by=chloe) as done:
        done.tell()
        actions._move(stale, "open")


def test_the_site_decides_who_receives(amina, hugo, farid, refused):
    with refused("not_allowed"):
        recipients.send_kind_to(by=amina, kind="crack", recipient="maintenance")
    recipients.set_recipient(
        by=hugo, code="laser_firm", roles=["maintenance"], title="Laser & Cie", contact="hotline"
    )
    recipients.send_kind_to(by=hugo, kind="laser_or_lamp", recipient="laser_firm")
    sent = actions.report(by=amina, kind="laser_or_lamp")
    assert sent.recipient == "laser_firm" and notices.count_unread(farid) == 1
    with refused("recipient_still_used"):
        recipients.set_recipient(by=hugo, code="laser_firm", roles=["maintenance"], closed=True)


def test_the_contact_of_somebody_outside_stays_out_of_the_journal(hugo):
    recipients.set_recipient(
        by=hugo, code="laser_firm", roles=["maintenance"], contact="M. Durand-Essai 0102"
    )
    assert "Durand" not in journal.last().envelope


@pytest.mark.parametrize("code", ["Deux mots", "", "é:x", "x" * 41])
def test_a_recipient_needs_a_usable_code(code, hugo, refused):
    with refused("recipient_code_unusable"):
        recipients.set_recipient(by=hugo, code=code, roles=["quality"])


def test_an_unknown_kind_recipient_or_anomaly_is_said_unknown(amina, chloe, refused):
    with refused("no_such_anomaly_kind"):
        actions.report(by=amina, kind="gremlins")
    with refused("no_such_recipient"):
        actions.report(by=amina, kind="other", to="mars")
    with refused("no_such_anomaly"):
        actions.answer(by=chloe, anomaly="A-99999", text="?")


def test_what_is_reported_most_here_comes_first(amina):
    assert queries.usual()[0]["code"] == "recoater_collision"
    for kind in ("crack", "yellowing", "yellowing"):
        actions.report(by=amina, kind=kind)
    usual = [k["code"] for k in queries.usual()]
    assert usual[:2] == ["yellowing", "crack"] and len(usual) == len(set(usual)) == 8
