"""The bank of questions: written by one, approved by another before it is asked."""

from typing import Annotated

from pydantic import Field

from strate.workshop.doors.texts import Code, Page
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import Question
from strate.workshop.qualification.models.reference import APPROVED, DRAFT, EXAMPLE, WITHDRAWN
from strate.workshop.qualification.queries import references as queries
from strate.workshop.qualification.references import examples, outline

About = Annotated[str, Field(max_length=20)]
ReferenceCode = Annotated[str, Field(max_length=80)]
QuestionCode = Annotated[str, Field(max_length=60)]


def load_examples(*, by: Actor, reference: ReferenceCode) -> list[Question]:
    """Bring in the example questions the house proposes; nobody is asked one before somebody approved it."""
    permit(by, "qualification.type_question")
    one = queries.reference(reference)
    wanted = [e for e in examples.questions() if e["reference"] == one.code]
    known = set(Question.objects.filter(reference=one.code).values_list("code", flat=True))
    missing = [e for e in wanted if e["code"] not in known]
    if not missing:
        raise RuleBroken("nothing_to_do")
    with act("qualification.questions_loaded", by=by) as done:
        made = [Question.objects.create(state=EXAMPLE, typed_by=by.person, **each) for each in missing]
        done.tell(one, reference=one.code, count=len(made))
    return made


def type_question(
    *, by: Actor, reference: ReferenceCode, code: Code, about: About, text: Page, expected: Page = ""
) -> Question:
    """Write a question on something to be known, or rewrite one that nobody approved yet."""
    permit(by, "qualification.type_question")
    one = queries.reference(reference)
    seen = outline.of(one)
    if about not in dict(seen.knowledge()) and about not in seen.items():
        raise NotFound("no_such_target", target=about)
    if not text.strip():
        raise RuleBroken("question_without_words")
    with act("qualification.question_typed", by=by) as done:
        known = Question.objects.select_for_update().filter(code=code).first()
        if known and known.state not in (DRAFT, EXAMPLE):
            raise RuleBroken("question_is_approved", question=known.ref)
        row = known or Question(code=code, reference=one.code)
        row.about, row.text, row.expected = about, text.strip(), expected.strip()
        row.state, row.typed_by = DRAFT, by.person
        row.save()
        done.tell(row, reference=one.code, target=about)
    return row


def approve_question(*, by: Actor, question: QuestionCode) -> Question:
    """Approve a question (another person than who wrote it): it can be asked."""
    permit(by, "qualification.approve_question")
    return _move(by, question, APPROVED, "qualification.question_approved")


def withdraw_question(*, by: Actor, question: QuestionCode) -> Question:
    """Take a question out of the bank; where it was asked, it stays written."""
    permit(by, "qualification.approve_question")
    return _move(by, question, WITHDRAWN, "qualification.question_withdrawn")


def _move(by: Actor, code: str, to: str, what: str) -> Question:
    with act(what, by=by) as done:
        row = Question.objects.select_for_update().get(pk=queries.question(code).pk)
        if row.state == to or row.state == WITHDRAWN:
            raise RuleBroken("question_is_settled", question=row.ref)
        if to == APPROVED and row.state != EXAMPLE and row.typed_by == by.person:
            raise RuleBroken("question_approved_by_its_author", author=row.typed_by)
        row.state = to
        row.approved_by = by.person if to == APPROVED else row.approved_by
        row.save()
        done.tell(row, reference=row.reference, target=row.about)
    return row
