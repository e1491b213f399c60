"""The commission of a file: who evaluates this candidate, and what qualifies each of them."""

from typing import Annotated

from pydantic import Field

from strate.workshop.doors.texts import Page, Paragraph, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people import queries as people
from strate.workshop.people.roles import ASSESSOR, permit
from strate.workshop.qualification.actions.candidate import tell, touched
from strate.workshop.qualification.models import CommissionMember
from strate.workshop.qualification.models import candidate as states
from strate.workshop.qualification.queries import files, independence
from strate.workshop.qualification.rules import candidate as rules
from strate.workshop.qualification.rules.words import digest_of

Number = Annotated[str, Field(max_length=40)]


def name_member(*, by: Actor, candidate: Number, person: Word, qualified_by: Page) -> CommissionMember:
    """Name somebody to the commission of a file, with what qualifies them to evaluate."""
    permit(by, "qualification.manage_file")
    who = people.person(person)
    if not qualified_by.strip():
        raise RuleBroken("member_without_qualification", person=who.pk)
    if not people.holds_role(who.pk, ASSESSOR):
        raise RuleBroken("member_is_no_assessor", person=who.pk, lifted_by=("admin",))
    with act("qualification.member_named", by=by) as done:
        found = files.for_update(candidate)
        if found.state not in rules.BEFORE_SIGNATURE | {states.SIGNED, states.COLLECTING}:
            raise RuleBroken("file_is_settled", candidate=found.ref)
        if who.pk == found.person:
            raise RuleBroken("candidate_in_own_commission")
        if who.pk == found.company_person:
            raise RuleBroken("company_person_in_commission", person=who.pk)
        row, _new = CommissionMember.objects.update_or_create(
            file=found,
            person=who.pk,
            defaults={"qualified_by": qualified_by.strip(), "left_at": None, "left_reason": ""},
        )
        if found.state in rules.BEFORE_SIGNATURE:
            touched(found)
        elif tied := [r for r in independence.of_commission(found) if r.values.get("person") == who.pk]:
            # Before, the signature of the file tells all of them at once; afterwards nobody signs it again.
            raise Refused(tied)
        done.tell(found, members=files.active_members(found))
        tell(by, [who.pk], found, "named_to_commission")
    return row


def release_member(*, by: Actor, candidate: Number, person: Word, reason: Paragraph) -> CommissionMember:
    """Take somebody out of the commission, with the reason; what they wrote stays."""
    permit(by, "qualification.manage_file")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("qualification.member_released", by=by) as done:
        found = files.for_update(candidate)
        row = CommissionMember.objects.filter(file=found, person=person, left_at=None).first()
        if row is None:
            raise RuleBroken("not_in_the_commission", person=person)
        row.left_at, row.left_reason = done.happened_at, reason.strip()
        row.save()
        if found.state in rules.BEFORE_SIGNATURE:
            touched(found)
        done.tell(found, members=files.active_members(found), reason_sha256=digest_of(reason))
    return row
