"""What the company thinks, what the commission proposes: neither decides, the jury does."""

import hashlib
from typing import Annotated, Any, Literal

from pydantic import Field

from strate.kernels.sealing import canonical
from strate.workshop.doors.texts import Page
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices import actions as notices
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import CandidateFile, CompanyOpinion, Proposal
from strate.workshop.qualification.models import candidate as states
from strate.workshop.qualification.queries import centre, files, grids
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.rules import candidate as laws
from strate.workshop.qualification.rules import evaluation as rules

Number = Annotated[str, Field(max_length=40)]
CompetenceId = Annotated[str, Field(max_length=20)]
Seen = Annotated[str, Field(max_length=64)]
Outcome = Literal["proposed_acquired", "proposed_not_acquired"]


def give_opinion(*, by: Actor, candidate: Number, activities: dict[str, dict[str, Any]]) -> CompanyOpinion:
    """Sign the company's opinion, activity by activity: on the work, not on the competences; never in VAE."""
    with act("qualification.opinion_given", by=by, meaning="opinion_given") as done:
        found = files.for_update(candidate)
        reasons = _opinion_reasons(found, by, activities)
        if reasons:
            raise Refused(reasons)
        kept = {
            a: {"opinion": given["opinion"], "text": str(given.get("text", "")).strip()[:4000]}
            for a, given in activities.items()
            if a in {each["id"] for each in activities_of(found)}
        }
        row = CompanyOpinion.objects.create(
            file=found,
            by=by.person,
            capacity=found.company_capacity or "tutor",
            activities=kept,
            at=done.happened_at,
            event=done.event,
        )
        done.tell(found, opinions={a: k["opinion"] for a, k in kept.items()})
        members = [f"person:{m}" for m in files.active_members(found)]
        notices.notify(by=by, to=members, about=found.ref, code="opinion_given")
    return row


def activities_of(found: CandidateFile) -> list[dict[str, Any]]:
    """The activities the opinion is about: those of the blocks that are evaluated."""
    blocks = {each.block for each in files.competences(found)}
    return [a for a in outline.of(found.reference).activities if a["bloc"] in blocks]


def _opinion_reasons(found: CandidateFile, by: Actor, activities: dict[str, dict[str, Any]]) -> list[Reason]:
    if not rules.opinion_needed(found.status):
        return [
            Reason(
                "no_opinion_in_vae", {}, "Référentiel, section 4 : avis de l'entreprise (hors dispositif VAE)"
            )
        ]
    reasons = []
    if by.person != found.company_person:
        reasons.append(Reason("only_the_company", {"candidate": found.ref}, lifted_by=("centre",)))
    if by.person == found.person:
        reasons.append(Reason("candidate_speaks_for_company"))
    if found.state not in laws.UNDER_EVALUATION:
        code = "file_not_signed" if found.collecting_from is None else "file_is_settled"
        reasons.append(Reason(code, {"candidate": found.ref}))
    if CompanyOpinion.objects.filter(file=found).exists():
        reasons.append(Reason("opinion_given_already"))
    for activity in activities_of(found):
        given = activities.get(activity["id"], {})
        if given.get("opinion") not in rules.OPINIONS:
            reasons.append(Reason("opinion_on_activity_missing", {"activity": activity["id"]}))
        elif given["opinion"] != "favourable" and not str(given.get("text", "")).strip():
            reasons.append(Reason("opinion_without_words", {"activity": activity["id"]}))
    return reasons


def propose_competence(
    *,
    by: Actor,
    candidate: Number,
    competence: CompetenceId,
    outcome: Outcome,
    reasons: Page = "",
    seen: Seen | None = None,
) -> Proposal:
    """Propose one competence as acquired or not, once every grid is signed and the company was heard.

    `seen` is what the writer read of it (empty: nothing was proposed): two members never write over each other.
    """
    permit(by, "qualification.evaluate")
    with act("qualification.competence_proposed", by=by) as done:
        found = _in_session(by, candidate)
        files.competence(found, competence)
        wrong = [*not_yet(found), *rules.proposal_reasons(outcome, reasons)]
        wrong += _presentation_reasons(found, competence, outcome)
        if wrong:
            raise Refused(wrong)
        known = found.proposals.filter(competence=competence).first()
        if seen is not None and seen != (known.event if known else ""):
            raise RuleBroken("proposed_meanwhile", competence=competence)
        row, _new = Proposal.objects.update_or_create(
            file=found,
            competence=competence,
            defaults={
                "outcome": outcome,
                "reasons": reasons.strip(),
                "by": by.person,
                "at": done.happened_at,
                "event": done.event,
            },
        )
        done.tell(found, competence=competence, outcome=outcome)
    return row


def _presentation_reasons(found: CandidateFile, competence: str, outcome: str) -> list[Reason]:
    """What the file says is shown by projects was presented, before it is said to be acquired."""
    modes = found.modalities.filter(competence=competence).values_list("modes", flat=True).first() or []
    presented = {c for p in found.presentations.all() for c in p.competences}
    return rules.presentation_reasons(competence, outcome, modes, presented=competence in presented)


def conclude_commission(*, by: Actor, candidate: Number, seen: Seen = "") -> CandidateFile:
    """Close the commission's work (signed): every competence has its proposal; the file goes to the jury.

    `seen` is the digest of the proposals that were read: changed since, they are read again.
    """
    permit(by, "qualification.evaluate")
    with act("qualification.commission_concluded", by=by, meaning="commission_concluded") as done:
        found = _in_session(by, candidate)
        wrong = not_yet(found)
        proposed = dict(found.proposals.values_list("competence", "outcome"))
        wrong += [
            Reason("proposal_missing", {"competence": c.id})
            for c in files.competences(found)
            if c.id not in proposed
        ]
        if wrong:
            raise Refused(wrong)
        if seen and seen != proposals_digest(found):
            raise RuleBroken("proposals_changed_meanwhile", candidate=found.ref)
        found.state, found.concluded_at = states.COMMISSION_CONCLUDED, done.happened_at
        found.save()
        done.tell(found, proposals=proposed, grids=[g.digest for g in grids.signed(found)])
        notices.notify(by=by, to=["role:centre"], about=found.ref, code="commission_concluded")
    return found


def proposals_digest(found: CandidateFile) -> str:
    """What stands for everything proposed so far."""
    proposed = sorted(found.proposals.values_list("competence", "outcome", "reasons"))
    return hashlib.sha256(canonical([list(each) for each in proposed])).hexdigest()


def _in_session(by: Actor, number: str) -> CandidateFile:
    """The file, for a member of its commission who has not concluded yet."""
    found = files.for_update(number)
    if by.person not in files.active_members(found):
        raise RuleBroken("not_in_the_commission", person=by.person, lifted_by=("centre",))
    if found.concluded_at is not None:
        raise RuleBroken("commission_has_concluded", candidate=found.ref)
    if found.state not in laws.UNDER_EVALUATION:
        raise RuleBroken("file_not_signed", candidate=found.ref)
    return found


def not_yet(found: CandidateFile) -> list[Reason]:
    """Why nothing can be proposed yet."""
    least, source = centre.least_members(found.reference.code)
    return rules.synthesis_reasons(
        members=len(files.active_members(found)),
        least=least,
        least_source=source,
        unsigned=grids.unsigned(found),
        opinion=CompanyOpinion.objects.filter(file=found).exists(),
        status=found.status,
        undecided_reports=found.reports.filter(late=True, accepted=None).count(),
    )
