"""The jury: convened by the rules, independent, deciding alone; its minutes locked and signed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from strate.workshop.journal import clock
from strate.workshop.people import roles
from strate.workshop.qualification.actions import answering, before_sitting, recording, ruling, sitting
from strate.workshop.qualification.models import CandidateFile, Decision
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.queries import ruling as rules
from tests.workshop.conftest import signed
from tests.workshop.qualification import jury_room as room

pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with clock.at(room.DAY):
        yield


@pytest.fixture()
def nour(db: None) -> CandidateFile:
    return room.candidate("nour")


def test_a_jury_sits_with_as_many_of_each_side(nour: CandidateFile, refused: Refusing):
    with refused("jury_parity_broken"):
        room.convened(nour, seats=room.seats("paul", "rose", "sami"))


def test_unions_are_asked_fifteen_days_before(nour: CandidateFile, refused: Refusing):
    with refused("jury_unions_asked_too_late"):
        room.convened(nour, unions_asked_on=room.DAY.date() - timedelta(days=14))
    assert room.convened(nour, unions_asked_on=room.DAY.date() - timedelta(days=15)).code == "J-2026-001"


def test_the_chair_is_an_employer_and_each_union_sits_once(nour: CandidateFile, refused: Refusing):
    people = room.seats()
    people[0]["chair"], people[2]["chair"] = False, True
    people[3]["organisation"] = "syndicat un"
    with refused("jury_chair_on_the_wrong_side", "jury_union_twice"):
        room.convened(nour, seats=people)


def test_an_employer_is_told_eight_days_before_that_their_employee_sits(
    nour: CandidateFile, refused: Refusing
):
    people = room.seats()
    people[2] |= {"leave_needed": True, "leave_noticed_on": room.DAY.date() - timedelta(days=7)}
    with refused("juror_leave_not_noticed"):
        room.convened(nour, seats=people)


def test_a_juror_who_is_the_candidates_supervisor_is_refused(refused: Refusing):
    nour = room.candidate("nour", company_person="p-sami")
    with refused("juror_not_independent"):
        room.convened(nour)


def test_nobody_judges_their_own_competence(refused: Refusing):
    with refused("juror_not_independent", "juror_not_independent"):
        room.convened(room.candidate("sami", company_person="p-sami"))


def test_a_file_is_before_one_jury_at_a_time(nour: CandidateFile, refused: Refusing):
    room.convened(nour)
    with refused("case_before_another_jury"):
        room.convened(nour)


def test_a_file_whose_commission_has_not_concluded_goes_before_no_jury(
    nour: CandidateFile, refused: Refusing
):
    with room.guard.lifted():
        CandidateFile.objects.update(state="evaluated")
    with refused("case_not_concluded"):
        room.convened(nour)


def test_what_no_text_gives_blocks_until_the_centre_enters_it(nour: CandidateFile, refused: Refusing):
    jury = room.convened(nour)
    room.declared(jury)
    with refused("jury_rule_unknown", "jury_rule_unknown"):
        room.seated(jury)
    room.enter_rules()
    assert sitting.open_sitting(by=room.juror("paul"), jury=jury.code, conditions_met=True).state == "sitting"


def test_a_rule_keeps_its_versions_and_its_source(refused: Refusing):
    room.enter_rules()
    first = rules.entered("quorum")
    assert first is not None and rules.one("quorum").value == 4
    values = {"rule": "quorum", "value": "6", "source": "Règlement, art. 3", "origin": "text"}
    with refused("jury_rule_changed_meanwhile"):
        ruling.enter_jury_rule(by=room.centre(), **values)
    ruling.enter_jury_rule(by=room.centre(), seen=first.pk, **values)
    assert [each.value["value"] for each in rules.history("quorum")] == [6, 4]
    with refused("jury_rule_needs_a_source"):
        ruling.enter_jury_rule(by=room.centre(), rule="quorum", value="2", source=" ", origin="house")


def test_a_text_in_force_stands_above_a_rule_of_the_house(refused: Refusing):
    values = {"rule": "unions_asked_days", "value": "3", "source": "Décision du centre"}
    with refused("jury_rule_text_stands"):
        ruling.enter_jury_rule(by=room.centre(), origin="house", **values)
    ruling.enter_jury_rule(by=room.centre(), origin="text", **{**values, "source": "Avenant d’essai, art. 2"})
    assert rules.one("unions_asked_days").value == 3
    with refused("jury_rule_is_fixed"):
        ruling.enter_jury_rule(
            by=room.centre(), rule="all_competences", value="no", source="Avenant", origin="text"
        )
    for lost in ("0", "9" * 5000):
        with refused("jury_rule_not_understood"):
            ruling.enter_jury_rule(
                by=room.centre(), rule="quorum", value=lost, source="Centre", origin="house"
            )


def test_an_absence_on_the_day_breaks_parity_until_somebody_replaces(nour: CandidateFile, refused: Refusing):
    room.enter_rules()
    jury = room.convened(nour)
    room.declared(jury)
    with refused("jury_parity_broken", "jury_quorum_not_met"):
        room.seated(jury, "paul", "rose", "sami")
    before_sitting.excuse_juror(by=room.centre(), jury=jury.code, person="p-theo", reason="Malade")
    new = room.seats("uma")[0]
    before_sitting.replace_juror(by=room.centre(), jury=jury.code, excused="p-theo", seat=new)
    room.declared(jury, "uma")
    sitting.attend(by=room.juror("uma"), jury=jury.code)
    assert sitting.open_sitting(by=room.juror("paul"), jury=jury.code, conditions_met=True).state == "sitting"


def test_a_declared_tie_keeps_the_jury_from_deciding(nour: CandidateFile, refused: Refusing):
    room.enter_rules()
    other = room.candidate("lena")
    jury = room.convened(nour, other)
    room.declared(jury, theo={other.number: ["family"]})
    room.seated(jury)
    with refused("juror_not_independent"):
        sitting.deliberate(
            by=room.juror("paul"), jury=jury.code, candidate=other.number, said=room.said(jury, other)
        )
    before_sitting.withdraw_case(
        by=room.centre(), jury=jury.code, candidate=other.number, reason="Lien familial déclaré"
    )
    other.refresh_from_db()
    assert other.state == "commission_concluded"


def test_a_tie_of_voices_is_settled_by_the_chair_and_written(nour: CandidateFile):
    room.enter_rules()
    jury = room.convened(nour)
    room.declared(jury)
    room.seated(jury)
    said = room.said(jury, nour)
    said[0]["voices"] = {
        "p-paul": "not_validated",
        "p-rose": "not_validated",
        "p-sami": "validated",
        "p-theo": "validated",
    }
    said[0]["reason"] = "Règles de sécurité non appliquées"
    sitting.deliberate(by=room.juror("paul"), jury=jury.code, candidate=nour.number, said=said)
    first = Decision.objects.order_by("competence").first()
    assert first is not None and first.casting and first.outcome == "not_validated"


def test_nothing_is_decided_by_silence(nour: CandidateFile, refused: Refusing):
    room.enter_rules()
    jury = room.convened(nour)
    room.declared(jury)
    room.seated(jury)
    said = room.said(jury, nour)
    del said[1]["voices"]["p-theo"]
    said[2]["voices"] = dict.fromkeys(said[2]["voices"], "not_validated")
    with refused("jury_voices_missing", "jury_refusal_needs_a_reason"):
        sitting.deliberate(by=room.juror("paul"), jury=jury.code, candidate=nour.number, said=said)
    with refused("only_the_chair"):
        sitting.deliberate(
            by=room.juror("rose"), jury=jury.code, candidate=nour.number, said=room.said(jury, nour)
        )
    assert not Decision.objects.exists()


def test_minutes_are_signed_once_by_those_present_and_by_nobody_else(nour: CandidateFile, refused: Refusing):
    jury = room.decided(nour)
    made = queries.minutes(jury)
    assert jury.state == "closed" and made.document
    with refused("minutes_signed_already"):
        recording.sign_minutes(by=room.juror("rose"), jury=jury.code, sha256=made.sha256)
    with refused("no_such_juror"):
        recording.sign_minutes(by=room.juror("uma"), jury=jury.code, sha256=made.sha256)
    with refused("minutes_not_those_read"):
        recording.sign_minutes(by=room.juror("rose"), jury=jury.code, sha256="0" * 64)


def test_minutes_are_corrected_only_by_a_dated_act_that_points_at_them(
    nour: CandidateFile, refused: Refusing
):
    jury = room.decided(nour, refused=("C3",))
    made = queries.minutes(jury)
    before = made.content
    row = recording.rectify(
        by=room.centre(), jury=jury.code, place="place", after="Salle B", reason="Erreur de frappe"
    )
    made.refresh_from_db()
    assert (row.before, row.after) == ("Salle A", "Salle B") and made.content == before
    with refused("minutes_place_not_corrigible"):
        recording.rectify(
            by=room.centre(), jury=jury.code, place=f"cases/{nour.number}/C3/outcome", after="x", reason="y"
        )


def test_the_letter_says_what_is_kept_and_until_when(nour: CandidateFile):
    jury = room.decided(nour, refused=("C3",))
    letter = answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    lines = {line["competence"]: line for line in letter.content["lines"]}
    assert lines["C1"]["kept_until"] == "2028-06-15" and lines["C3"]["kept_until"] == ""
    assert letter.complaint_until == date(2026, 8, 14) and not letter.content["whole"]


def test_a_complaint_has_its_time_and_its_independent_answer(nour: CandidateFile, refused: Refusing):
    jury = room.decided(nour, refused=("C3",))
    answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    me = room.person("nour", roles.OPERATOR)
    with clock.at(room.DAY + timedelta(days=61)), refused("complaint_too_late"):
        answering.complain(by=me, jury=jury.code, candidate=nour.number, grounds="Grille perdue")
    filed = answering.complain(by=me, jury=jury.code, candidate=nour.number, grounds="Grille perdue")
    told = {"complaint": filed.pk, "outcome": "upheld", "answer": "La grille n’avait pas été lue."}
    with refused("reviewer_not_independent"):
        answering.answer_complaint(by=room.centre(), **told)
    answering.answer_complaint(by=signed(room.person("yann", roles.QUALITY)), **told)
    nour.refresh_from_db()
    assert nour.state == "commission_concluded"
    assert queries.to_decide(nour, on=room.DAY.date()) == ["C3"]


def test_the_technical_group_receives_every_paper_by_its_digest(nour: CandidateFile, refused: Refusing):
    jury = room.decided(nour)
    with refused("candidate_not_notified"):
        answering.transmit(by=room.centre(), jury=jury.code)
    letter = answering.notify_candidate(by=room.centre(), jury=jury.code, candidate=nour.number)
    sent = answering.transmit(by=room.centre(), jury=jury.code)
    digests = {each["sha256"] for each in sent.content["documents"]}
    assert digests == {queries.minutes(jury).document, letter.document}
