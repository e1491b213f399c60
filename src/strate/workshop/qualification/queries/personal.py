"""What the files keep of one person, for themselves; and which words have outlived their use."""

from datetime import date
from typing import Any

from django.forms.models import model_to_dict

from strate.workshop.journal.refusals import Reason
from strate.workshop.people.registry import Needed
from strate.workshop.qualification.models import (
    Award,
    CandidateFile,
    Case,
    CommissionMember,
    Complaint,
    Grid,
    Jury,
    Seat,
)
from strate.workshop.qualification.models.candidate import ARCHIVED, CANCELLED, DECIDED
from strate.workshop.qualification.models.jury import CLOSED, FILED, OPEN_JURIES
from strate.workshop.qualification.rules.jury import CENTRE

SETTLED = (DECIDED, ARCHIVED, CANCELLED)
OF_A_FILE = (
    "signatures",
    "modalities",
    "applicability",
    "members",
    "proposals",
    "evidence_notes",
    "questions",
    "reports",
    "presentations",
)


def kept_of(pseudonym: str) -> dict[str, Any]:
    """Everything about one person: their own files whole, and what they wrote as an assessor."""
    own = CandidateFile.objects.filter(person=pseudonym)
    return {
        "candidate": [_file(each) for each in own],
        "commissions": [
            {"number": m.file.number, "qualified_by": m.qualified_by}
            for m in CommissionMember.objects.filter(person=pseudonym).select_related("file")
        ],
        "grids_written": [
            {"number": g.file.number, "competence": g.competence, "state": g.state, "digest": g.digest}
            for g in Grid.objects.filter(assessor=pseudonym).select_related("file")
        ],
        "juries": [_seat(each) for each in Seat.objects.filter(person=pseudonym).select_related("jury")],
        "complaints_answered": [
            {"number": c.case.file.number, "state": c.state, "outcome": c.outcome, "effect": c.effect}
            for c in Complaint.objects.filter(reviewer=pseudonym).select_related("case__file")
        ],
    }


def _seat(of: Seat) -> dict[str, Any]:
    """A seat in a jury, with the voices given from it."""
    voices: dict[str, dict[str, str]] = {}
    for vote in of.votes.select_related("case__file"):
        voices.setdefault(vote.case.file.number, {})[vote.competence] = vote.voice
    return {**model_to_dict(of), "jury": of.jury.code, "held_on": of.jury.held_on, "voices": voices}


def _case(of: Case) -> dict[str, Any]:
    """What one jury decided for somebody, the letter they were sent, what they disputed."""
    letter = getattr(of, "notification", None)
    return {
        "jury": of.jury.code,
        "held_on": of.jury.held_on,
        "withdrawn_reason": of.withdrawn_reason,
        "decisions": [model_to_dict(each) for each in of.decisions.all()],
        "letter": letter.content if letter else None,
        "complaints": [model_to_dict(each) for each in of.complaints.all()],
    }


def _file(of: CandidateFile) -> dict[str, Any]:
    told = model_to_dict(of)
    for name in OF_A_FILE:
        told[name] = [model_to_dict(row) for row in getattr(of, name).all()]
    told["grids"] = [
        {**model_to_dict(grid), "rows": [model_to_dict(row) for row in grid.rows.all()]}
        for grid in of.grids.all()
    ]
    told["juries"] = [_case(each) for each in of.cases.select_related("jury")]
    told["certificates"] = [model_to_dict(each) for each in of.awards.all()]
    told["opinion"] = model_to_dict(of.opinion) if hasattr(of, "opinion") else None
    return told


def outlived(before: date) -> list[CandidateFile]:
    """Settled files whose words are older than this, counted from the last jury, and not forgotten yet."""
    found = CandidateFile.objects.filter(state__in=SETTLED, registered_at__date__lt=before)
    found = found.exclude(concluded_at__date__gte=before).exclude(cases__jury__held_on__gte=before)
    found = found.exclude(cases__complaints__state=FILED)
    return [f for f in found if not f.forgotten]


def juries_outlived(before: date) -> list[Jury]:
    """Closed juries older than this, whose minutes and letters still bear names and that nobody disputes."""
    found = Jury.objects.filter(state=CLOSED, names_gone=False, held_on__lt=before)
    return list(found.exclude(cases__complaints__state=FILED))


def awards_outlived(before: date) -> list[Award]:
    """Certificates issued before this, whose page still bears a name and whose folder is settled."""
    found = Award.objects.filter(names_gone=False, issued_on__lt=before, file__state__in=SETTLED)
    return list(found.exclude(file__cases__complaints__state=FILED))


def without_names(content: Any) -> Any:
    """The same content, each name replaced by the pseudonym (or the number) that stands beside it."""
    if isinstance(content, list):
        return [without_names(each) for each in content]
    if not isinstance(content, dict):
        return content
    told = {key: without_names(value) for key, value in content.items()}
    if "name" in told and ("person" in told or "candidate" in told):
        told["name"] = told.get("person") or told["candidate"]
    return told | ({"replaces": ""} if "replaces" in told else {})


def needed() -> Needed:
    """Whose name a file or a jury not settled still needs: a candidate, an assessor, a juror, a company's voice."""
    found: Needed = {}
    for of in CandidateFile.objects.exclude(state__in=SETTLED).prefetch_related("members"):
        seated = {each.person for each in of.members.all() if each.left_at is None}
        reason = Reason("name_needed_by_a_file", {"candidate": of.ref}, lifted_by=CENTRE)
        _add(found, {of.person, of.company_person, *seated}, reason)
    for seat in Seat.objects.filter(jury__state__in=OPEN_JURIES, excused_at=None).select_related("jury"):
        _add(found, {seat.person}, Reason("name_needed_by_a_jury", {"jury": seat.jury.ref}, lifted_by=CENTRE))
    for each in Complaint.objects.filter(state=FILED).select_related("case__file"):
        reason = Reason("complaint_still_open", {"candidate": each.case.file.ref}, lifted_by=CENTRE)
        _add(found, {each.filed_by}, reason)
    return found


def _add(found: Needed, people: set[str], reason: Reason) -> None:
    for each in people - {""}:
        found.setdefault(each, []).append(reason)
