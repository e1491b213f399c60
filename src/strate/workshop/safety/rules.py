"""The laws of safety: which sheet counts, how long equipment is confirmed, what goes in which drum."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from strate.workshop.journal.refusals import Reason, RuleBroken

DRAFT, REVIEWED, REPLACED = "draft", "reviewed", "replaced"
OPEN, CLOSED, COLLECTED = "open", "closed", "collected"
CONTAINER_MOVES: dict[str, set[str]] = {OPEN: {CLOSED}, CLOSED: {OPEN, COLLECTED}, COLLECTED: set()}
DIGEST = re.compile(r"^[0-9a-f]{64}$")
HAZARD = re.compile(r"^(EUH|H)\d{3}[A-Za-z]{0,2}$")
PRECAUTION = re.compile(r"^P\d{3}(\+P\d{3})*$")
WASTE_CODE = re.compile(r"^(\d{2} \d{2} \d{2}\*?)?$")
# A confirmation holds for the shift: eight hours after it was given, equipment is looked at again.
PPE_HOLDS = timedelta(hours=8)

# The signs the house can draw (GHS hazards, ISO 7010 and ATEX signs).
SIGNS = frozenset(
    {f"GHS0{n}" for n in range(1, 10)}
    | {"M002", "M003", "M004", "M005", "M008", "M009", "M010", "M016", "M017"}
    | {"P003", "W001", "W002", "W004", "W017", "W021", "W041", "EX", "E-STOP"}
)
OPERATIONS = ("running", "powder", "filter", "binder", "separation", "blasting", "furnace", "spill")
# Template of handbook 3.4 (INRS, Éduscol), used only where the supplier's sheet says nothing.
USUAL_PPE: Mapping[str, tuple[str, ...]] = {
    "running": ("M004", "M008"),
    "powder": ("M017", "M004", "M009", "M010", "M008", "M005"),
    "filter": ("M017", "M004", "M009", "M010", "M008", "M005"),
    "binder": ("M009", "M004", "M010"),
    "separation": ("M009", "M004", "M003"),
    "blasting": ("M009", "M003", "M016"),
    "furnace": ("M009", "M004", "M010"),
    "spill": ("M017", "M004", "M009", "M010", "M008", "M005"),
}
STREAMS = (
    "used_powder_takeback",
    "oversize",
    "contaminated_powder",
    "wet_sludge",
    "filters",
    "wipes",
    "solvents",
    "polymer_cake",
    "sand",
    "blasting_media",
)


def must_be_codes(hazards: Iterable[str], precautions: Iterable[str]) -> None:
    """H and P statements are written as in the sheet: H228, EUH032, P210, P302+P352."""
    for code in hazards:
        if not HAZARD.match(code):
            raise RuleBroken("hazard_code_unknown", typed=code)
    for code in precautions:
        if not PRECAUTION.match(code):
            raise RuleBroken("hazard_code_unknown", typed=code)


def must_be_another(author: str, reviewer: str) -> None:
    """A safety data sheet is reviewed by somebody else than who typed it."""
    if author == reviewer:
        raise RuleBroken("sheet_reviewed_by_its_author", author=author)


def ppe(operation: str, from_sheets: Iterable[Mapping[str, Iterable[str]]]) -> tuple[str, ...]:
    """What to wear: all that any of the sheets asks for; the usual equipment where no sheet speaks of it."""
    asked = [code for sheet in from_sheets for code in sheet.get(operation, ())]
    return tuple(dict.fromkeys(asked)) or USUAL_PPE.get(operation, ())


def ppe_lapsed(confirmed_at: datetime | None, *, at: datetime) -> bool:
    """Whether the equipment is to be confirmed again."""
    return confirmed_at is None or at - confirmed_at > PPE_HOLDS or confirmed_at > at


def review_due(next_check: date | None, *, on: date) -> bool:
    """Whether HSE is to look at the sheet again."""
    return next_check is not None and next_check <= on


def concerns(
    roles: Iterable[str], machines: Iterable[str], *, mine: Iterable[str], on: Iterable[str]
) -> bool:
    """Whether a document is for this person: the roles and machines it names; none means everyone."""
    roles, machines = set(roles), set(machines)
    return (not roles or bool(roles & set(mine))) and (not machines or bool(machines & set(on)))


def refuse_drum(*, stream: str, drum_stream: str, drum: str, state: str, mass_mg: int) -> list[Reason]:
    """Why this waste may not go in this drum: another stream, not open, nothing on the scale."""
    reasons = []
    if mass_mg <= 0:
        reasons.append(Reason("waste_mass_not_positive", {"mass_mg": mass_mg}))
    if stream != drum_stream:
        values = {"drum": drum, "stream": f"stream:flow.{stream}", "expected": f"stream:flow.{drum_stream}"}
        reasons.append(Reason("waste_in_the_wrong_drum", values, lifted_by=("hse",)))
    if state != OPEN:
        reasons.append(Reason("waste_drum_not_open", {"drum": drum}, lifted_by=("hse",)))
    return reasons
