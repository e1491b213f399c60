"""What is told reaches the right people, is spoken in their language, and shown until it is read."""

import pytest
from django.utils import translation

from strate.workshop.journal.actions import act
from strate.workshop.journal.guard import WrittenOutsideAnAct
from strate.workshop.notices import actions, queries


def tell(by, to, about="lot:TI-1", code="hold_lifted", **values):
    with act("test.told", by=by) as done:
        notice = actions.notify(by=by, to=to, about=about, code=code, **values)
        done.tell(about)
    return notice


def test_a_notice_is_part_of_an_act(amina):
    with pytest.raises(WrittenOutsideAnAct):
        actions.notify(by=amina, to="role:quality", about="lot:TI-1", code="hold_lifted")


def test_a_role_a_person_and_a_tablet_are_told_and_nobody_else(amina, bruno, elsa, farid):
    tell(amina, "role:quality")
    tell(amina, f"person:{farid.person}")
    tell(elsa, amina.station)
    assert queries.count_unread(elsa) == 1 and queries.count_unread(farid) == 2
    assert [n.addressees.get().to for n in queries.unread(bruno)] == [bruno.station]


def test_told_in_two_ways_it_is_read_once(amina, elsa):
    tell(amina, ["role:quality", f"person:{elsa.person}"])
    assert len(queries.unread(elsa)) == 1
    actions.mark_read(by=elsa, notice=queries.unread(elsa)[0].pk)
    assert queries.unread(elsa) == [] and [n.seen for n in queries.recent(elsa)] == [True]


def test_nobody_is_told_what_they_did_themselves_unless_by_name(elsa):
    tell(elsa, "role:quality")
    assert queries.count_unread(elsa) == 0
    tell(elsa, ["role:quality", f"person:{elsa.person}"])
    assert queries.count_unread(elsa) == 1


def test_one_reading_does_not_count_for_the_others(amina, bruno, chloe):
    notice = tell(chloe, "role:operator")
    actions.mark_read(by=amina, notice=notice.pk)
    assert queries.count_unread(amina) == 0 and queries.count_unread(bruno) == 1


def test_what_was_not_told_to_me_i_cannot_mark_as_read(amina, bruno, elsa):
    notice = tell(amina, "role:quality")
    actions.mark_read(by=bruno, notice=notice.pk)
    assert notice.reads.count() == 0
    actions.mark_all_read(by=elsa)
    assert notice.reads.get().person == elsa.person


def test_a_notice_is_spoken_in_the_language_of_who_reads_it(amina, elsa):
    tell(amina, "role:quality", code="work_failed", work="labels", error="no paper")
    (notice,) = queries.unread(elsa)
    with translation.override("en"):
        assert queries.sentence(notice) == "The server could not do « labels »: no paper"
