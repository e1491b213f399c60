"""Juries and certificates for programs: the same verbs as the pages, and where a jury stands."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import ReasonOut, Refusal, refusal, verbs
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.qualification.actions import (
    answering,
    award,
    before_sitting,
    convening,
    keeping,
    recording,
    ruling,
    sitting,
    unable,
)
from strate.workshop.qualification.api.router import router
from strate.workshop.qualification.queries import jury as queries

verbs(router, "qualification", ruling.enter_jury_rule, ruling.enter_registration, convening.convene)
verbs(
    router,
    "qualification",
    before_sitting.inform_region,
    before_sitting.notice_leave,
    before_sitting.excuse_juror,
    before_sitting.replace_juror,
    before_sitting.declare_independence,
    before_sitting.withdraw_case,
    before_sitting.call_off_jury,
)
verbs(router, "qualification", sitting.attend, sitting.open_sitting, sitting.deliberate)
verbs(router, "qualification", recording.lock_minutes, recording.sign_minutes, recording.rectify)
verbs(router, "qualification", unable.state_unable)
verbs(
    router,
    "qualification",
    answering.notify_candidate,
    answering.complain,
    answering.answer_complaint,
    answering.transmit,
    answering.note_receipt,
    answering.note_control,
)
verbs(router, "qualification", award.award_whole, award.award_block, award.attest, award.revoke)
verbs(router, "qualification", keeping.archive, keeping.put_layout, keeping.drop_layout)


class CaseOut(Schema):
    candidate: str
    decisions: dict[str, str]


class JuryOut(Schema):
    """Where a jury stands; `missing` is what keeps it from sitting."""

    jury: str
    state: str
    held_on: str
    place: str
    members: list[str]
    cases: list[CaseOut]
    missing: list[ReasonOut]
    minutes_sha256: str


@router.get("/juries/{code}", response={200: JuryOut, 404: Refusal}, summary="Where a jury stands")
def one_jury(request: HttpRequest, code: str) -> Any:
    found = queries.jury(code)
    if not queries.concerned(found, actor_of(request)):
        raise NotFound("no_such_jury", jury=code)
    made = getattr(found, "minutes", None)
    reasons = queries.to_sit(found) if found.state == "convened" else []
    return {
        "jury": found.code,
        "state": found.state,
        "held_on": found.held_on.isoformat(),
        "place": found.place,
        "members": [seat.person for seat in queries.seats(found)],
        "cases": [
            {
                "candidate": each.file.number,
                "decisions": dict(each.decisions.values_list("competence", "outcome")),
            }
            for each in queries.cases(found)
        ],
        "missing": refusal(Refused(reasons)).reasons,
        "minutes_sha256": made.sha256 if made else "",
    }
