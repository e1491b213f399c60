"""What is said of a person's evaluation is told in the room; the journal keeps its digest alone."""

import pytest

from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.models import Fact
from strate.workshop.qualification.actions import before_sitting, members
from strate.workshop.qualification.models import Case, CommissionMember
from strate.workshop.qualification.rules.words import digest_of
from tests.workshop.qualification import jury_room as room

WHY = "Difficultés de santé de son évaluateur"


def told(what):
    fact = Fact.objects.get(what=f"qualification.{what}")
    assert WHY not in fact.envelope
    return journal.told(fact)["data"]["reason_sha256"]


def test_why_somebody_left_a_commission_is_not_in_the_journal(begun, safia, thea):
    members.release_member(by=safia, candidate=begun.number, person=thea.person, reason=WHY)
    assert told("member_released") == digest_of(WHY)
    assert CommissionMember.objects.get(file=begun, person=thea.person).left_reason == WHY


@pytest.mark.django_db
def test_why_a_juror_is_excused_or_a_case_withdrawn_is_not_in_the_journal():
    with clock.at(room.DAY):
        nour = room.candidate("nour")
        jury = room.convened(nour)
        asked = {"by": room.centre(), "jury": jury.code, "reason": WHY}
        before_sitting.excuse_juror(person="p-rose", **asked)
        before_sitting.withdraw_case(candidate=nour.number, **asked)
    assert told("juror_excused") == told("case_withdrawn") == digest_of(WHY)
    assert Case.objects.get().withdrawn_reason == WHY
