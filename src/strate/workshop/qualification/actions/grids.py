"""Grids: each member of the commission fills in and signs their own; nothing typed is lost, nothing late counts."""

from datetime import date
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from pydantic import Field

from strate.workshop.doors.texts import Page
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import CandidateFile, Grid, GridEvidence, GridRow
from strate.workshop.qualification.models import candidate as states
from strate.workshop.qualification.models.evaluation import GRID_DRAFT, GRID_LATE, GRID_SIGNED
from strate.workshop.qualification.queries import evidence, files, grids
from strate.workshop.qualification.references.outline import Competence
from strate.workshop.qualification.rules import candidate as rules
from strate.workshop.qualification.rules import evaluation

Number = Annotated[str, Field(max_length=40)]
CompetenceId = Annotated[str, Field(max_length=20)]
Basis = Annotated[int, Field(ge=0, le=10**6)]
Rows = dict[str, dict[str, Any]]
LONGEST = 4000
TEXTS = ("finding", "reason", "text")
MOST_CITED = 30


def save_grid(
    *,
    by: Actor,
    candidate: Number,
    competence: CompetenceId,
    rows: Rows,
    basis: Basis = 0,
    remarks: Page = "",
    observed_on: date | None = None,
    over: bool = False,
) -> Grid:
    """Keep what an assessor has written so far; `basis` is the version they saw, so that two tablets never mix.

    When the commission has already concluded, the writing is kept as a late draft: never lost, never counted.
    """
    permit(by, "qualification.evaluate")
    must_be_whole(rows)
    late = files.file(candidate).concluded_at is not None
    what = "qualification.grid_kept_late" if late else "qualification.grid_saved"
    with act(what, by=by) as done:
        found = files.for_update(candidate)
        if (found.concluded_at is not None) != late:
            raise RuleBroken("commission_concluded_meanwhile", candidate=found.ref)
        if observed_on and observed_on > localdate(done.happened_at):
            raise RuleBroken("observed_in_the_future", day=observed_on)
        wanted = _evaluated_by(by, found, competence, late=late)
        grid = _late(by, found, wanted, done) if late else _mine(by, found, wanted, basis, done, over=over)
        _write_rows(found, grid, wanted, rows)
        grid.remarks, grid.observed_on, grid.saved_at = remarks.strip(), observed_on, done.happened_at
        grid.version += 1
        grid.digest = grids.digest(grid)
        grid.save()
        done.tell(found, grid, competence=wanted.id, version=grid.version, sha256=grid.digest)
    return grid


def must_be_whole(rows: Rows) -> None:
    """Nothing is cut silently: a text too long, or too many pieces, is told at its line."""
    wrong = [
        Reason("grid_text_too_long", {"target": target, "limit": LONGEST})
        for target, row in rows.items()
        if any(len(str(row.get(name) or "")) > LONGEST for name in TEXTS)
    ]
    wrong += [
        Reason("grid_cites_too_much", {"target": target, "limit": MOST_CITED})
        for target, row in rows.items()
        if len(set(map(str, row.get("evidence") or ()))) > MOST_CITED
    ]
    if wrong:
        raise Refused(wrong)


def _evaluated_by(by: Actor, found: CandidateFile, competence: str, *, late: bool) -> Competence:
    """The competence, when this person evaluates this candidate."""
    if by.person == found.person:
        raise RuleBroken("candidate_in_own_commission")
    # Somebody released while their network was away keeps what they wrote as well: late, never counted.
    seated = files.all_members(found) if late else files.active_members(found)
    if by.person not in seated:
        raise RuleBroken("not_in_the_commission", person=by.person, lifted_by=("centre",))
    if not late and found.state not in rules.UNDER_EVALUATION:
        code = "file_not_signed" if found.collecting_from is None else "file_is_settled"
        raise RuleBroken(code, candidate=found.ref)
    return files.competence(found, competence)


def _mine(by: Actor, found: CandidateFile, wanted: Competence, basis: int, done: Done, *, over: bool) -> Grid:
    grid = Grid.objects.select_for_update().filter(file=found, competence=wanted.id, assessor=by.person)
    known = grid.exclude(state=GRID_LATE).first()
    if known is None:
        row = Grid(file=found, competence=wanted.id, assessor=by.person, saved_at=done.happened_at)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as twin:
            raise RuleBroken("grid_saved_elsewhere", competence=wanted.id) from twin
        return row
    if known.state == GRID_SIGNED:
        raise RuleBroken("grid_signed_already", competence=wanted.id, at=known.signed_at)
    if basis != known.version and not over:
        raise RuleBroken("grid_saved_elsewhere", competence=wanted.id)
    return known


def _late(by: Actor, found: CandidateFile, wanted: Competence, done: Done) -> Grid:
    """A grid that comes after the synthesis; each arrival keeps its own."""
    return Grid.objects.create(
        file=found, competence=wanted.id, assessor=by.person, state=GRID_LATE, saved_at=done.happened_at
    )


def _write_rows(found: CandidateFile, grid: Grid, wanted: Competence, rows: Rows) -> None:
    known = {i.id: i for i in wanted.items()}
    for item in wanted.items():
        known |= {p.id: p for p in item.parts}
    reasons = [Reason("no_such_target", {"target": t}) for t in rows if t not in known]
    reasons += [
        Reason("finding_not_possible", {"target": t, "finding": r.get("finding")})
        for t, r in rows.items()
        if r.get("finding") and r["finding"] not in evaluation.FINDINGS
    ]
    if reasons:
        raise Refused(reasons)
    before = {e.key: e.digest for e in GridEvidence.objects.filter(row__grid=grid)}
    grid.rows.all().delete()
    for target in (t for t in known if t in rows):
        given = rows[target]
        texts = {n: str(given.get(n) or "").strip() for n in TEXTS}
        keys = list(dict.fromkeys(str(k) for k in given.get("evidence") or ()))
        if any(texts.values()) or keys:
            row = GridRow.objects.create(grid=grid, target=target, **texts)
            cited = [GridEvidence(row=row, key=k, digest=_digest(found, k, before)) for k in keys]
            GridEvidence.objects.bulk_create(cited)


def _digest(found: CandidateFile, key: str, before: dict[str, str]) -> str:
    """What stands for a piece that is cited: one withdrawn since stays cited, by its digest only."""
    note = found.evidence_notes.filter(key=key).first()
    if note and note.withdrawn_at:
        if key in before:
            return before[key]
        raise RuleBroken("evidence_withdrawn", piece=key[:8])
    if note:
        return note.digest
    fact = evidence.fact_of(found, key)
    if fact is None:
        raise RuleBroken("no_such_evidence", piece=key[:8])
    if evidence.rehearsal(fact):
        raise RuleBroken("rehearsal_is_no_evidence", piece=key[:8])
    return evidence.digest_of(fact)


def sign_grid(*, by: Actor, candidate: Number, competence: CompetenceId, basis: Basis) -> Grid:
    """Sign one's own grid as it was last kept: every line that applies has a finding; once signed it never changes."""
    permit(by, "qualification.evaluate")
    with act("qualification.grid_signed", by=by, meaning="grid_signed") as done:
        found = files.for_update(candidate)
        if found.concluded_at is not None:
            raise RuleBroken("commission_has_concluded", candidate=found.ref)
        wanted = _evaluated_by(by, found, competence, late=False)
        grid = Grid.objects.select_for_update().filter(
            file=found, competence=wanted.id, assessor=by.person, state__in=(GRID_DRAFT, GRID_SIGNED)
        )
        mine = grid.first()
        if mine is None:
            raise RuleBroken("grid_empty", competence=wanted.id)
        if mine.state == GRID_SIGNED:
            raise RuleBroken("grid_signed_already", competence=wanted.id, at=mine.signed_at)
        if mine.version != basis:
            raise RuleBroken("grid_saved_elsewhere", competence=wanted.id)
        lines = grids.as_rules(wanted, grids.rows_of(mine), files.applies(found))
        reasons = [r for line in lines for r in evaluation.row_reasons(line)]
        reasons += evaluation.missing_reasons(lines)
        if reasons:
            raise Refused(reasons)
        mine.state, mine.signed_at, mine.event = GRID_SIGNED, done.happened_at, done.event
        mine.digest = grids.digest(mine)
        mine.save()
        if not grids.unsigned(found):
            found.state = states.EVALUATED
            found.save()
        done.tell(found, mine, competence=wanted.id, sha256=mine.digest, findings=grids.counted(mine))
    return mine
