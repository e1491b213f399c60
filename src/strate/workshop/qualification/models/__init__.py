"""The tables of qualification: references, candidates, evaluation, jury and award."""

from strate.workshop.qualification.models.candidate import (
    Applicability,
    CandidateFile,
    CommissionMember,
    FileSignature,
    Modality,
    Proposal,
)
from strate.workshop.qualification.models.evaluation import (
    CompanyOpinion,
    EvidenceNote,
    Grid,
    GridEvidence,
    GridRow,
    Presentation,
    QuestionAsked,
    Report,
)
from strate.workshop.qualification.models.reference import (
    Block,
    BlockInReference,
    CentreValue,
    Question,
    Reference,
)

__all__ = [
    "Applicability",
    "Block",
    "BlockInReference",
    "CandidateFile",
    "CentreValue",
    "CommissionMember",
    "CompanyOpinion",
    "EvidenceNote",
    "FileSignature",
    "Grid",
    "GridEvidence",
    "GridRow",
    "Modality",
    "Presentation",
    "Proposal",
    "Question",
    "QuestionAsked",
    "Reference",
    "Report",
]
