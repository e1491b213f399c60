"""Two hands at the same moment, really committed: one act counts, the other person is told."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from strate.workshop.journal import audit, clock
from strate.workshop.journal.refusals import Refused
from strate.workshop.qualification.actions import award, keeping, recording, references, ruling, sitting
from strate.workshop.qualification.models import Award, CandidateFile, CentreValue, Decision, Jury
from strate.workshop.qualification.models.jury import CLOSED
from strate.workshop.qualification.rules.evaluation import LEAST_MEMBERS
from tests.workshop.qualification import jury_room as room


@pytest.fixture()
def open_doors(transactional_db: None, thawed_flush: None) -> Iterator[None]:
    """Really committed, so that threads see each other's work."""
    with clock.at(room.DAY):
        yield


def together(*hands: Callable[[], object]) -> list[str]:
    """Every hand at once; for each, `done` or the first reason it was refused for."""
    ready = Barrier(len(hands))

    def one(hand: Callable[[], object]) -> str:
        try:
            with clock.at(room.DAY):
                ready.wait(120)
                hand()
            return "done"
        except Refused as refused:
            return refused.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(hands)) as pool:
        return sorted(pool.map(one, hands))


def _sitting(*found: CandidateFile) -> Jury:
    room.enter_rules()
    jury = room.convened(*found)
    room.declared(jury)
    return room.seated(jury)


def test_the_campaign_of_two_hands(open_doors: None) -> None:
    """One jury from its deliberation to the award: at every gesture somebody else does it at the same moment."""
    nour = room.candidate("nour")
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    jury = _sitting(nour)
    _deliberated_twice(jury, nour)
    _signed_by_all_at_once(jury)
    _awarded_twice(nour)
    assert audit.verify_site().facts > 0


def _deliberated_twice(jury: Jury, nour: CandidateFile) -> None:
    words = room.said(jury, nour)
    paul = room.juror("paul")

    def decide() -> object:
        return sitting.deliberate(by=paul, jury=jury.code, candidate=nour.number, said=words)

    assert together(decide, decide) == ["case_already_decided", "done"]
    assert Decision.objects.filter(case__file=nour).count() == len(words) == 6


def _signed_by_all_at_once(jury: Jury) -> None:
    made = recording.lock_minutes(by=room.juror("paul"), jury=jury.code)
    jurors = [room.juror(name) for name in room.JURORS]
    hands = [
        lambda each=each: recording.sign_minutes(by=each, jury=jury.code, sha256=made.sha256)
        for each in [*jurors, jurors[0]]  # the chair from two tablets
    ]
    assert together(*hands) in (
        ["done"] * 4 + ["minutes_signed_already"],
        ["done"] * 4 + ["jury_past_that_point"],
    )
    closed = Jury.objects.get(pk=jury.pk)
    assert closed.state == CLOSED and closed.minutes.document and closed.minutes.signatures.count() == 4


def _awarded_twice(nour: CandidateFile) -> None:
    centre = room.centre()

    def give() -> object:
        return award.award_whole(by=centre, candidate=nour.number)

    assert together(give, give) == ["certificate_already_issued", "done"]
    assert Award.objects.filter(file=nour).count() == 1


def test_two_candidates_are_awarded_at_once_and_each_has_a_number(open_doors: None) -> None:
    nour, lea = room.candidate("nour"), room.candidate("lea")
    keeping.enter_issuer_key(by=room.centre(), centre="Centre d’essai")
    room.decided(nour, lea)
    centre = room.centre()
    hands = [lambda of=of: award.award_whole(by=centre, candidate=of.number) for of in (nour, lea)]
    assert together(*hands) == ["done", "done"]
    assert sorted(Award.objects.values_list("position", flat=True)) == [1, 2]


def test_two_values_of_the_centre_at_once_the_second_reads_the_first(open_doors: None) -> None:
    centre = room.centre()

    def value(source: str) -> Callable[[], object]:
        return lambda: references.set_centre_value(
            by=centre, key="commission.least_members", value=LEAST_MEMBERS, source=source, seen=0
        )

    assert together(value("Règlement A"), value("Règlement B")) == ["centre_value_changed_meanwhile", "done"]

    def rule(days: str) -> Callable[[], object]:
        return lambda: ruling.enter_jury_rule(
            by=centre, rule="complaint_days", value=days, source="Règlement", origin="house"
        )

    assert together(rule("60"), rule("90")) == ["done", "jury_rule_changed_meanwhile"]
    assert CentreValue.objects.count() == 2
