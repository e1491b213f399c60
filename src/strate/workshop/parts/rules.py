"""The laws of exchange files: which may ever be made, and who may approve them."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.journal.refusals import Reason

# verified → approved → retired; or refused by the kernel.
VERIFIED, APPROVED, RETIRED, REFUSED = "verified", "approved", "retired", "refused"

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=_PLAIN)]
Title = Annotated[str, Field(max_length=160, pattern=_PLAIN)]
Revision = Annotated[str, Field(min_length=1, max_length=20, pattern=_PLAIN)]
Layer = Annotated[int, Field(ge=5, le=1000)]
DEFAULT_LAYER_UM = 40


def code_faults(code: str) -> list[Reason]:
    """A drawing number stands in an address and on a label: no slash, colon or edge space in it."""
    wrong = not code or code != code.strip() or not code.isprintable() or set(code) & set('/\\:?#%"<>')
    return [Reason("part_code_not_a_label", {"code": code or "—"})] if wrong or len(code) > 60 else []


def may_be_printed(verdict: Mapping[str, Any], digest: str) -> bool:
    """What the kernel found decides: unreadable, gravely wrong, or said of another file is never made.

    A closed format of a machine maker is « unknown »: whoever approves it signs for what nobody could verify.
    """
    grave = any(found.get("severity") == "refuse" for found in verdict.get("findings") or ())
    about_it = verdict.get("sha256", digest) == digest
    return verdict.get("state") in ("sound", "findings", "unknown") and not grave and about_it


def approval_reasons(*, name: str, state: str, sound: bool, added_by: str, by: str) -> list[Reason]:
    """Why this file cannot be approved by this person; every reason at once."""
    reasons = []
    if state == APPROVED:
        reasons.append(Reason("file_already_approved", {"file": name}))
    elif state == RETIRED:
        reasons.append(Reason("file_replaced", {"file": name}))
    if not sound:
        reasons.append(Reason("file_not_sound", {"file": name}, lifted_by=("methods",)))
    if added_by == by:
        reasons.append(Reason("file_approved_by_its_author", {"file": name}, lifted_by=("methods",)))
    return reasons


def melted_mm3(verdict: Mapping[str, Any]) -> float:
    """The volume to melt: overlapping shells once when the slow look has seen them."""
    known = (verdict.get("deep") or {}).get("melted_mm3")
    return float(verdict["volume_mm3"] if known is None else known)
