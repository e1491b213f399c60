"""The laws of evaluation: what a row may say, when a grid is whole, when the commission may conclude."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from strate.workshop.journal.refusals import Reason

OBSERVED, PROVED, QUESTIONED = "observed", "proved", "questioned"
NOT_OBSERVED, NOT_APPLICABLE = "not_observed", "not_applicable"
FINDINGS = (OBSERVED, PROVED, QUESTIONED, NOT_OBSERVED, NOT_APPLICABLE)
# A condition of work is there or it is not: it is neither proved nor questioned.
CONDITION_FINDINGS = (OBSERVED, NOT_OBSERVED, NOT_APPLICABLE)
VERDICTS = ("known", "partly_known", "not_known")
OPINIONS = ("favourable", "with_reservations", "unfavourable")
EMPLOYEE, VAE = "employee", "vae"
STATUSES = (EMPLOYEE, VAE, "job_seeker", "other")
CAPACITIES = ("tutor", "line_manager", "functional_manager")
PLACES = ("company", "training_centre", "other")
REAL_WORK, PROJECTS = "MOD1", "MOD2"
MODES = (REAL_WORK, PROJECTS)
# « composée de plusieurs membres »: at least two, inferred from the plural; a centre may ask for more.
LEAST_MEMBERS = 2
MEMBERS_SOURCE = (
    "Référentiel, section 4 : « composée de plusieurs membres » (au moins deux, déduit du pluriel)"
)


@dataclass(frozen=True)
class Row:
    """A line of a grid as a rule sees it."""

    target: str
    kind: str
    finding: str
    reason: str = ""
    applies: bool = True
    # Decided with the file, before the evaluation: whether it applies is no longer the assessor's to say.
    decided: bool = False


def row_reasons(row: Row) -> list[Reason]:
    """Why a line cannot be kept as it is."""
    if not row.finding:
        return []
    allowed = CONDITION_FINDINGS if row.kind == "K" else FINDINGS
    if row.finding not in allowed:
        return [Reason("finding_not_possible", {"target": row.target, "finding": row.finding})]
    if row.finding == NOT_APPLICABLE:
        if row.decided and row.applies:
            return [Reason("applicability_decided_before", {"target": row.target}, lifted_by=("centre",))]
        if not row.decided and not row.reason.strip():
            return [Reason("not_applicable_without_reason", {"target": row.target})]
    elif row.decided and not row.applies:
        return [Reason("target_does_not_apply", {"target": row.target}, lifted_by=("centre",))]
    return []


def missing_reasons(rows: Iterable[Row]) -> list[Reason]:
    """What a grid still lacks before it can be signed: a finding on every line that applies."""
    empty = [r.target for r in rows if not r.finding and r.applies]
    return [Reason("grid_not_whole", {"count": len(empty), "targets": ", ".join(empty)})] if empty else []


def opinion_needed(status: str) -> bool:
    """The company's opinion completes the evaluation, except in VAE (section 4, MO4 and MOD3)."""
    return status != VAE


def proposal_reasons(outcome: str, written: str) -> list[Reason]:
    """A negative proposal says why, in writing."""
    if outcome == "proposed_not_acquired" and not written.strip():
        return [Reason("negative_proposal_without_reasons")]
    return []


def presentation_reasons(
    competence: str, outcome: str, modes: Iterable[str], *, presented: bool
) -> list[Reason]:
    """The modalities were agreed before: a competence shown by projects is not acquired without its presentation."""
    if outcome != "proposed_acquired" or PROJECTS not in modes or presented:
        return []
    source = "Référentiel, section 4, MOD2 : présentation devant une commission d'évaluation"
    return [Reason("presentation_missing", {"competence": competence}, source)]


def synthesis_reasons(
    *,
    unsigned: Mapping[str, Iterable[str]],
    opinion: bool,
    status: str,
    undecided_reports: int,
    members: int,
    least: int = LEAST_MEMBERS,
    least_source: str = MEMBERS_SOURCE,
) -> list[Reason]:
    """Why the commission may not propose yet: grids not signed, the company not heard, a late report undecided."""
    reasons = [
        Reason("grid_not_signed", {"competence": competence, "person": person})
        for competence, people in sorted(unsigned.items())
        for person in people
    ]
    if opinion_needed(status) and not opinion:
        source = "Référentiel, section 4 : avis de l'entreprise (hors dispositif VAE)"
        reasons.append(Reason("opinion_missing", source=source))
    if members < least:
        # Somebody left since the file was signed.
        reasons.append(
            Reason("commission_too_small", {"count": members, "least": least}, least_source, ("centre",))
        )
    if undecided_reports:
        reasons.append(Reason("late_report_undecided", {"count": undecided_reports}, lifted_by=("centre",)))
    return reasons


def is_late(received_at: datetime, due_at: datetime) -> bool:
    """The deadline itself is still in time; whatever comes after is late, be it by a second."""
    return received_at > due_at
