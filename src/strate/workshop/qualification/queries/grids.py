"""Grids as they stand: whose, how far, what each line may say."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from strate.kernels.sealing import canonical
from strate.workshop.qualification.models import CandidateFile, Grid, GridEvidence
from strate.workshop.qualification.models.evaluation import GRID_LATE, GRID_SIGNED
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.references.outline import Competence
from strate.workshop.qualification.rules import evaluation as rules


def of(file: CandidateFile, competence: str, assessor: str) -> Grid | None:
    """The grid of one assessor for one competence, late drafts left out."""
    found = Grid.objects.filter(file=file, competence=competence, assessor=assessor)
    return found.exclude(state=GRID_LATE).first()


def late_of(file: CandidateFile) -> list[Grid]:
    """What reached the house after the commission had concluded: kept, never counted."""
    return list(Grid.objects.filter(file=file, state=GRID_LATE).order_by("pk"))


def signed(file: CandidateFile) -> list[Grid]:
    found = Grid.objects.filter(file=file, state=GRID_SIGNED)
    return list(found.prefetch_related("rows__evidence"))


def all_of(file: CandidateFile) -> list[Grid]:
    return list(Grid.objects.filter(file=file).exclude(state=GRID_LATE))


def unsigned(file: CandidateFile) -> dict[str, list[str]]:
    """By competence, the members whose grid is not signed yet: each member has their own."""
    done = set(Grid.objects.filter(file=file, state=GRID_SIGNED).values_list("competence", "assessor"))
    members = files.active_members(file)
    lacking = {c.id: [m for m in members if (c.id, m) not in done] for c in files.competences(file)}
    return {competence: people for competence, people in lacking.items() if people}


def rows_of(grid: Grid | None) -> dict[str, dict[str, Any]]:
    """The lines of a grid as a page fills them in."""
    if grid is None:
        return {}
    rows = grid.rows.prefetch_related("evidence")
    return {
        r.target: {
            "finding": r.finding,
            "reason": r.reason,
            "text": r.text,
            "evidence": [e.key for e in r.evidence.all()],
        }
        for r in rows
    }


def cited(grid: Grid | None) -> dict[str, list[GridEvidence]]:
    """The pieces each line cites."""
    if grid is None:
        return {}
    found: dict[str, list[GridEvidence]] = {}
    for each in GridEvidence.objects.filter(row__grid=grid).select_related("row"):
        found.setdefault(each.row.target, []).append(each)
    return found


def as_rules(
    competence: Competence, rows: dict[str, dict[str, Any]], applies: dict[str, bool]
) -> list[rules.Row]:
    """Every line of a competence as the law sees it; what was decided before the evaluation is decided."""
    return [
        rules.Row(
            target=item.id,
            kind=item.kind,
            finding=rows.get(item.id, {}).get("finding", ""),
            reason=rows.get(item.id, {}).get("reason", ""),
            applies=applies.get(item.id, True),
            decided=item.id in applies,
        )
        for item in competence.items()
    ]


def coverage(
    competence: Competence, rows: dict[str, dict[str, Any]], applies: dict[str, bool]
) -> tuple[int, int]:
    """How many lines have a finding, of how many that apply: how far one has looked, never how well it went."""
    seen = [r for r in as_rules(competence, rows, applies) if r.applies]
    return sum(bool(r.finding) for r in seen), len(seen)


def digest(grid: Grid) -> str:
    """The digest of a grid as it is signed: every line, every word, every piece cited."""
    rows = [
        [r.target, r.finding, r.reason, r.text, sorted(e.digest for e in r.evidence.all())]
        for r in grid.rows.prefetch_related("evidence")
    ]
    day = grid.observed_on.isoformat() if grid.observed_on else ""
    held = [grid.file.number, grid.competence, grid.assessor, grid.remarks, day, sorted(rows)]
    return hashlib.sha256(canonical(held)).hexdigest()


def counted(grid: Grid) -> dict[str, int]:
    """How many lines of each finding; said in the fact, shown to nobody as a mark."""
    return dict(Counter(f for f in grid.rows.values_list("finding", flat=True) if f))


def opinions_by_line(grids: Iterable[Grid]) -> dict[str, list[tuple[Grid, Any]]]:
    """For the synthesis: each line with what each member wrote of it, side by side."""
    found: dict[str, list[tuple[Grid, Any]]] = {}
    for grid in grids:
        for row in grid.rows.all():
            found.setdefault(row.target, []).append((grid, row))
    return found
