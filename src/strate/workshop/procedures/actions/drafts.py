"""What is wrong with a draft, its fingerprint, and holding it while it is written."""

import hashlib
import json
from typing import Any

from strate.workshop.journal.refusals import Reason, RuleBroken
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.kinds import KINDS, conditions
from strate.workshop.procedures.models import Procedure, ProcedureVersion


def faults(steps: Any) -> list[Reason]:
    """All that is wrong with a list of steps."""
    found = rules.faults(steps)
    if any(reason.code == "steps_missing" for reason in found):
        return found
    for step in steps:
        kind = KINDS.get(str(step.get("kind")))
        if kind is None:
            found.append(
                Reason("step_kind_unknown", {"step": str(step.get("code")), "kind": str(step.get("kind"))})
            )
        else:
            found += [*kind.validate_spec(step), *conditions.faults(step)]
    return found


def loops(version: ProcedureVersion) -> list[Reason]:
    """A procedure never calls itself, directly or through others; what it calls exists."""
    mine, me = called(version.steps), version.procedure.code
    known = set(Procedure.objects.values_list("code", flat=True))
    found = [Reason("called_procedure_unknown", {"called": code}) for code in mine if code not in known]
    calls = queries.calls() | {me: mine}
    way = rules.goes_round(calls, me)
    return [*found, Reason("procedures_go_round", {"way": " → ".join(way)})] if way else found


def called(steps: list[dict[str, Any]]) -> list[str]:
    """The procedures that a list of steps calls."""
    return [str(s.get("procedure")) for s in steps if s.get("kind") == "procedure" and s.get("procedure")]


def digest_of(heading: dict[str, Any], steps: Any) -> str:
    """The fingerprint of a version: what was approved is what is followed."""
    return _digest([heading, steps])


def step_digest(step: dict[str, Any]) -> str:
    """The fingerprint of one step, by which a change meanwhile is seen."""
    return _digest(step)[:16]


def _digest(what: Any) -> str:
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def locked(procedure: str, number: int) -> ProcedureVersion:
    """The version, held until the end of the act."""
    version = queries.version(procedure, number)
    held = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure")
    return held.get(pk=version.pk)


def draft(procedure: str, number: int, seen: str = "") -> ProcedureVersion:
    """The draft about to be written, refused when somebody has written in it since it was `seen`."""
    found = locked(procedure, number)
    if found.state != rules.DRAFT:
        raise RuleBroken("procedure_not_a_draft", procedure=found.ref, version=number)
    if seen and seen != found.digest:
        raise RuleBroken(
            "procedure_changed_meanwhile", procedure=found.ref, person=found.authored_by, at=found.authored_at
        )
    return found
