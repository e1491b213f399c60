"""Questions, reports and their deadline, the company's opinion, the synthesis: proposed, never decided."""

from datetime import timedelta

import pytest

from strate.workshop.attachments import store
from strate.workshop.attachments.actions import receive
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Refused
from strate.workshop.qualification.actions import candidate, commission, evaluation, questions
from strate.workshop.qualification.models import Report
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.rules import evaluation as rules
from tests.workshop.conftest import signed
from tests.workshop.qualification.conftest import CODE, later, sign_and_begin
from tests.workshop.qualification.test_grids import GOOD, everything_signed

SOURCE = "Convention fictive, article 4"


def with_projects(file, safia, **due):
    """The same file, C5 and C6 evaluated by projects, the report due at a given hour."""
    candidate.set_modalities(by=safia, candidate=file.number, modes={"C5": ["MOD2"], "C6": ["MOD1", "MOD2"]})
    candidate.frame_file(
        by=safia,
        candidate=file.number,
        place="Hall d'essai",
        evaluation_from=file.evaluation_from,
        evaluation_to=file.evaluation_to,
        report_due=later(**due),
        report_due_source=SOURCE,
        company=file.company,
        company_person=file.company_person,
        company_capacity="tutor",
    )
    return files.file(file.number)


def sent(by, text=b"%PDF-1.4 rapport fictif"):
    stored = store.keep(__import__("io").BytesIO(text), "rapport.pdf")
    return receive(by=by, stored=stored).digest


def test_a_question_of_the_bank_is_approved_before_it_is_asked(begun, safia, romain, thea, refused):
    questions.load_examples(by=safia, reference=CODE)
    asked = {"candidate": begun.number, "about": "B2.N4", "answer": "28 et 12", "verdict": "known"}
    with refused("question_not_approved"):
        evaluation.ask_question(by=romain, question="ex-b2-n4-1", **asked)
    questions.approve_question(by=thea, question="ex-b2-n4-1")
    row = evaluation.ask_question(by=romain, question="ex-b2-n4-1", **asked)
    assert row.text.startswith("Il faut 40 kg")
    assert row.answer == "28 et 12"


def test_the_examples_cover_the_eleven_things_to_be_known(begun, safia):
    made = questions.load_examples(by=safia, reference=CODE)
    assert {q.about for q in made} == {f"B1.N{n}" for n in range(1, 6)} | {f"B2.N{n}" for n in range(1, 7)}
    assert {q.state for q in made} == {"example"}


def test_whoever_wrote_a_question_does_not_approve_it(cqpm, romain, thea, refused):
    given = {"reference": CODE, "code": "q-1", "about": "B1.N1", "text": "Qu'est-ce qui bouge ?"}
    questions.type_question(by=romain, **given)
    with refused("question_approved_by_its_author"):
        questions.approve_question(by=romain, question="q-1")
    questions.approve_question(by=thea, question="q-1")
    with refused("question_is_approved"):
        questions.type_question(by=romain, **given)


def test_a_question_of_ones_own_is_typed_with_its_answer(begun, romain, refused):
    with refused("question_needs_words"):
        evaluation.ask_question(
            by=romain,
            candidate=begun.number,
            about="C4.E3",
            text="Quels dangers ?",
            answer=" ",
            verdict="known",
        )
    row = evaluation.ask_question(
        by=romain,
        candidate=begun.number,
        about="C4.E3",
        text="Quels dangers ?",
        answer="Feu, poussières cancérogènes",
        verdict="known",
    )
    assert row.competence == "C4"


def test_a_report_in_time_has_its_receipt(file, safia, victor, amina):
    begun = sign_and_begin(with_projects(file, safia, days=10), safia, victor, amina)
    row = evaluation.receive_report(
        by=amina, candidate=begun.number, title="Mes trois productions", attachment=sent(amina)
    )
    assert (row.late, row.accepted) == (False, True)
    assert row.receipt.startswith("AR-20261123-")


def test_the_last_second_is_in_time_and_a_minute_late_is_late(file, safia, victor, amina, refused):
    begun = sign_and_begin(with_projects(file, safia, hours=2), safia, victor, amina)
    digest = sent(amina)
    with clock.at(begun.report_due):
        row = evaluation.receive_report(
            by=amina, candidate=begun.number, title="À l'heure", attachment=digest
        )
    assert not row.late
    with clock.at(begun.report_due + timedelta(minutes=1)):
        late = evaluation.receive_report(
            by=amina, candidate=begun.number, title="En retard", attachment=digest
        )
    assert late.late and late.accepted is None
    with refused("reason_missing"):
        evaluation.decide_late_report(
            by=safia, candidate=begun.number, receipt=late.receipt, accepted=True, reason=" "
        )
    evaluation.decide_late_report(
        by=safia, candidate=begun.number, receipt=late.receipt, accepted=True, reason="Panne du réseau"
    )
    assert Report.objects.get(pk=late.pk).accepted is True


def test_a_late_report_undecided_stops_the_synthesis(file, safia, victor, amina, romain, thea, refused):
    begun = sign_and_begin(with_projects(file, safia, hours=2), safia, victor, amina)
    with clock.at(begun.report_due + timedelta(minutes=1)):
        evaluation.receive_report(by=amina, candidate=begun.number, title="En retard", attachment=sent(amina))
    everything_signed(begun, romain, thea)
    with refused("late_report_undecided", "opinion_missing"):
        commission.propose_competence(
            by=romain, candidate=begun.number, competence="C1", outcome="proposed_acquired"
        )


def test_projects_are_presented_before_several_members_once_the_report_is_there(
    file, safia, victor, amina, romain, thea, refused
):
    begun = sign_and_begin(with_projects(file, safia, days=3), safia, victor, amina)
    held = {"candidate": begun.number, "held_on": begun.evaluation_from, "competences": ["C5"]}
    with refused("report_missing", "commission_too_small"):
        evaluation.hold_presentation(by=romain, members=[romain.person], **held)
    evaluation.receive_report(by=amina, candidate=begun.number, title="Projets", attachment=sent(amina))
    with refused("competence_not_by_projects"):
        evaluation.hold_presentation(
            by=romain, members=[romain.person, thea.person], **held | {"competences": ["C1"]}
        )
    row = evaluation.hold_presentation(by=romain, members=[romain.person, thea.person], **held)
    assert row.competences == ["C5"]


def test_the_company_gives_its_opinion_on_the_activities_and_only_once(begun, victor, romain, refused):
    activities = {"A1": GOOD, "A2": {"opinion": "with_reservations", "text": "Dépoudrage à revoir"}}
    with refused("only_the_company"):
        commission.give_opinion(by=signed(romain), candidate=begun.number, activities=activities)
    with refused("opinion_on_activity_missing", "opinion_without_words"):
        commission.give_opinion(
            by=signed(victor), candidate=begun.number, activities={"A2": {"opinion": "unfavourable"}}
        )
    commission.give_opinion(by=signed(victor), candidate=begun.number, activities=activities)
    with refused("opinion_given_already"):
        commission.give_opinion(by=signed(victor), candidate=begun.number, activities=activities)


def test_a_negative_proposal_says_why(begun, romain, thea, victor, refused):
    everything_signed(begun, romain, thea)
    commission.give_opinion(by=signed(victor), candidate=begun.number, activities={"A1": GOOD, "A2": GOOD})
    given = {"candidate": begun.number, "competence": "C5", "outcome": "proposed_not_acquired"}
    with refused("negative_proposal_without_reasons"):
        commission.propose_competence(by=romain, **given)
    commission.propose_competence(by=romain, reasons="Taux de poudre usagée non vérifié", **given)
    with refused(*["proposal_missing"] * 5):
        commission.conclude_commission(by=signed(thea), candidate=begun.number)


def test_in_vae_the_company_is_not_heard(cqpm, safia, romain, thea, bruno, victor, refused):
    from strate.workshop.qualification.actions import members
    from tests.workshop.qualification.conftest import prepared

    file = prepared(safia, cqpm, bruno, None, status="vae")
    for one in (romain, thea):
        members.name_member(by=safia, candidate=file.number, person=one.person, qualified_by="Dix ans")
    begun = sign_and_begin(file, safia, bruno, bruno)
    with refused("no_opinion_in_vae"):
        commission.give_opinion(by=signed(victor), candidate=begun.number, activities={"A1": GOOD})
    everything_signed(begun, romain, thea)
    commission.propose_competence(
        by=romain, candidate=begun.number, competence="C1", outcome="proposed_acquired"
    )
    assert files.file(begun.number).proposals.count() == 1


def test_what_is_shown_by_projects_is_not_acquired_before_it_was_presented(
    file, safia, victor, amina, romain
):
    begun = sign_and_begin(with_projects(file, safia, days=2), safia, victor, amina)

    def missing(outcome):
        with pytest.raises(Refused) as refusal:
            commission.propose_competence(
                by=romain, candidate=begun.number, competence="C5", outcome=outcome, reasons="Rien n'est venu"
            )
        return "presentation_missing" in {r.code for r in refusal.value.reasons}

    assert missing("proposed_acquired") and not missing("proposed_not_acquired")
    assert not rules.presentation_reasons("C5", "proposed_acquired", ["MOD2"], presented=True)
