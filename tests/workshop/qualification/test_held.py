"""What an earlier jury validated: kept for its time, not evaluated twice, shared by every reference of its block."""

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from strate.workshop.journal import clock, guard
from strate.workshop.people import roles
from strate.workshop.qualification.actions import answering, candidate, keeping, references, ruling
from strate.workshop.qualification.models import CandidateFile, Reference
from strate.workshop.qualification.queries import files, holding
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.rules.award import Decided, Registered, block_completed
from tests.workshop.conftest import signed
from tests.workshop.qualification import jury_room as room

Refusing = Callable[..., AbstractContextManager[None]]
DAY = room.DAY.date()
AT_RNCP = Registered("RNCP-ESSAI", date(2026, 1, 1))


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


def in_force(of: Reference) -> Reference:
    by = signed(room.person("yann", roles.CENTRE))
    return references.approve_reference(by=by, code=of.code, version=of.version)


def at_the_rncp(code: str) -> None:
    told = {"reference": code, "number": "RNCP-ESSAI", "since": date(2026, 1, 1), "source": "Arrêté d’essai"}
    ruling.enter_registration(by=room.centre(), **told)


def sister(of: Reference) -> Reference:
    """Another certificate that names the same first block, its competences under other numbers."""
    content = copy.deepcopy(of.content)
    content["reference"] |= {"code": "cqpm-conducteur-fictif", "version": "1"}
    content["certification"]["titre"] = "Conducteur fictif"
    made = references.write_reference(by=room.centre(), content=content, fresh=True)
    return in_force(made)


def registered(name: str, code: str) -> CandidateFile:
    told = {"person": f"p-{name}", "reference": code, "centre": "Centre d’essai"}
    return candidate.register_candidate(by=room.centre(), **told)


def test_a_block_counts_from_the_day_it_was_made_whole_and_only_while_at_the_rncp():
    first = [Decided(code, "validated", date(2026, 6, 15)) for code in ("C1", "C2")]
    last = [Decided("C3", "validated", date(2027, 3, 1)), Decided("C4", "validated", date(2027, 9, 1))]
    asked = {"needed": ["C1", "C2", "C3"], "months": 24}
    assert block_completed([*first, *last], registered=AT_RNCP, **asked) == date(2027, 3, 1)
    assert block_completed([*first, *last], registered=Registered(), **asked) is None
    assert block_completed(first, registered=AT_RNCP, **asked) is None
    late = [*first, Decided("C3", "validated", date(2028, 6, 16))]
    assert block_completed(late, registered=AT_RNCP, **asked) is None, "C1 and C2 had lapsed the day before"


@pytest.mark.django_db
def test_only_what_is_missing_is_evaluated_again():
    in_force(room.reference())
    nour = room.candidate("nour")
    room.decided(nour, refused=("C3",))
    with guard.lifted():
        CandidateFile.objects.filter(pk=nour.pk).update(state="decided")
    again = registered("nour", nour.reference.code)
    assert again.kept == dict.fromkeys(("C1", "C2", "C4", "C5", "C6"), "2028-06-15")
    assert [each.id for each in files.competences(again)] == ["C3"]
    assert files.conditional(again) == [], "what depends on the matter belongs to competences kept"
    assert len(files.scope(again)) == 6 and queries.to_decide(again, on=DAY) == ["C3"]


@pytest.mark.django_db
def test_a_whole_block_counts_five_years_and_in_every_certificate_that_names_it():
    nour = room.candidate("nour")
    in_force(nour.reference)
    room.decided(nour, refused=("C4",))
    other = sister(nour.reference)
    assert holding.held("p-nour", other, on=DAY) == {}, "without the RNCP no block is held"
    at_the_rncp(nour.reference.code)
    kept = holding.held("p-nour", other, on=DAY)
    assert sorted(kept) == ["C1", "C2", "C3"] and kept["C1"].until == date(2031, 6, 15)
    own = holding.held_by(nour, on=date(2029, 1, 1))
    assert sorted(own) == ["C1", "C2", "C3"], "C5 and C6 were kept 24 months"
    assert holding.held_by(nour, on=date(2031, 6, 16)) == {}
    assert [each.id for each in files.competences(registered("nour", other.code))] == ["C4", "C5", "C6"]


@pytest.mark.django_db
def test_what_has_lapsed_by_the_day_of_the_jury_is_evaluated_before(refused: Refusing):
    in_force(room.reference())
    room.decided(room.candidate("nour"), refused=("C3",))
    with guard.lifted():
        CandidateFile.objects.update(state="decided")
        again = registered("nour", room.reference().code)
        CandidateFile.objects.filter(pk=again.pk).update(state="commission_concluded")
    on = date(2028, 6, 16)
    with clock.at(room.DAY + timedelta(days=700)), refused("case_competence_lapsed"):
        room.convened(again, held_on=on)


@pytest.mark.django_db
def test_a_folder_stays_open_while_its_candidate_may_still_complain(refused: Refusing):
    nour = room.candidate("nour")
    jury = room.decided(nour, refused=("C3",))
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    with clock.at(room.DAY + timedelta(days=60)), refused("complaint_still_possible"):
        keeping.archive(by=room.centre(), candidate=nour.number)
    with clock.at(room.DAY + timedelta(days=61)):
        assert keeping.archive(by=room.centre(), candidate=nour.number).manifest_sha256


@pytest.mark.django_db
def test_a_certificate_owed_is_issued_before_its_folder_is_closed(refused: Refusing):
    nour = room.candidate("nour")
    jury = room.decided(nour)
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    with refused("certificate_still_owed"):
        keeping.archive(by=room.centre(), candidate=nour.number)
