"""What the files keep of one person, for themselves; and which words have outlived their use."""

from datetime import date
from typing import Any

from django.forms.models import model_to_dict

from strate.workshop.qualification.models import CandidateFile, CommissionMember, Grid
from strate.workshop.qualification.models.candidate import ARCHIVED, CANCELLED, DECIDED

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
    }


def _file(of: CandidateFile) -> dict[str, Any]:
    told = model_to_dict(of)
    for name in OF_A_FILE:
        told[name] = [model_to_dict(row) for row in getattr(of, name).all()]
    told["grids"] = [
        {**model_to_dict(grid), "rows": [model_to_dict(row) for row in grid.rows.all()]}
        for grid in of.grids.all()
    ]
    told["opinion"] = model_to_dict(of.opinion) if hasattr(of, "opinion") else None
    return told


def outlived(before: date) -> list[CandidateFile]:
    """Settled files whose words are older than this and not forgotten yet."""
    found = CandidateFile.objects.filter(state__in=SETTLED, registered_at__date__lt=before)
    found = found.exclude(concluded_at__date__gte=before)
    return [f for f in found if not f.forgotten]
