"""The laws of a candidate's file: what it must hold before it is signed, and the order of its states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from strate.workshop.journal.refusals import Reason
from strate.workshop.qualification.rules.evaluation import (
    LEAST_MEMBERS,
    MEMBERS_SOURCE,
    PROJECTS,
    VAE,
)

MOVES: Mapping[str, frozenset[str]] = {
    "registered": frozenset({"modalities", "cancelled"}),
    "modalities": frozenset({"modalities", "signed", "cancelled"}),
    "signed": frozenset({"collecting", "modalities", "cancelled"}),
    "collecting": frozenset({"evaluated", "cancelled"}),
    "evaluated": frozenset({"commission_concluded", "cancelled"}),
    "commission_concluded": frozenset({"jury", "cancelled"}),
    "jury": frozenset({"decided", "commission_concluded"}),
    "decided": frozenset({"archived"}),
    "archived": frozenset(),
    "cancelled": frozenset(),
}
BEFORE_SIGNATURE = frozenset({"registered", "modalities"})
UNDER_EVALUATION = frozenset({"collecting", "evaluated"})
CENTRE_SIDE, COMPANY_SIDE, CANDIDATE_SIDE = "centre", "company", "candidate"


def can_move(state: str, to: str) -> bool:
    return to in MOVES.get(state, frozenset())


@dataclass(frozen=True)
class Prepared:
    """A file as it stands before it is signed."""

    status: str
    competences: tuple[str, ...]
    modes: Mapping[str, Iterable[str]]
    # Conditional criteria of the file, and those already decided with a reason.
    conditional: tuple[str, ...]
    decided: frozenset[str]
    members: tuple[str, ...]
    person: str
    company: str
    company_person: str
    place: str
    evaluation_from: date | None
    evaluation_to: date | None
    report_due: datetime | None
    least_members: int = LEAST_MEMBERS
    least_members_source: str = MEMBERS_SOURCE
    flagged: tuple[Reason, ...] = field(default=())


def refuse_signature(file: Prepared) -> list[Reason]:
    """Everything that is still to be settled before centre and company (or the candidate) sign."""
    reasons = [
        Reason("modality_missing", {"competence": c})
        for c in file.competences
        if not list(file.modes.get(c, ()))
    ]
    open_ = [t for t in file.conditional if t not in file.decided]
    if open_:
        reasons.append(Reason("applicability_undecided", {"count": len(open_), "targets": ", ".join(open_)}))
    if len(file.members) < file.least_members:
        values = {"count": len(file.members), "least": file.least_members}
        reasons.append(Reason("commission_too_small", values, source=file.least_members_source))
    if file.person in file.members:
        reasons.append(Reason("candidate_in_own_commission"))
    if file.company_person and file.company_person in file.members:
        reasons.append(Reason("company_person_in_commission", {"person": file.company_person}))
    return [*reasons, *_frame(file), *file.flagged]


def _frame(file: Prepared) -> list[Reason]:
    """Place, dates, deadline, and who speaks for the company."""
    reasons = []
    if not file.place.strip():
        reasons.append(Reason("place_missing"))
    if not file.evaluation_from or not file.evaluation_to:
        reasons.append(Reason("dates_missing"))
    elif file.evaluation_to < file.evaluation_from:
        reasons.append(Reason("dates_in_disorder"))
    if any(PROJECTS in modes for modes in file.modes.values()) and file.report_due is None:
        source = "Référentiel, section 4, MOD2 : délais « préalablement fixés », non chiffrés par la source"
        reasons.append(Reason("report_deadline_missing", source=source, lifted_by=("centre",)))
    if file.status != VAE and not file.company_person:
        reasons.append(Reason("company_person_missing"))
    return reasons


def second_side(company: str, company_person: str) -> str:
    """Who signs with the centre: the company « ou à défaut le candidat » (section 4, MO2)."""
    return COMPANY_SIDE if company.strip() and company_person else CANDIDATE_SIDE
