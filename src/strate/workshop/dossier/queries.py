"""Reading dossiers: which are sealed, and what each is made of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from strate.workshop.dossier.gathering import Gathered, gather
from strate.workshop.dossier.models import Dossier, DossierFact
from strate.workshop.journal.refusals import NotFound

OPEN = "open"


def dossier(code: str) -> Dossier:
    """A sealed dossier by its code or reference."""
    found = Dossier.objects.filter(code=code.removeprefix("dossier:")).first()
    if not found:
        raise NotFound("no_such_dossier", dossier=code)
    return found


def of_order(order: str) -> Dossier | None:
    """The dossier of an order, once sealed."""
    return Dossier.objects.filter(order=order.removeprefix("order:")).first()


def dossiers() -> QuerySet[Dossier]:
    """The sealed dossiers, newest first."""
    return Dossier.objects.all()


def state_of(order: str) -> str:
    """Where the dossier of an order stands: open, sealed or filed."""
    found = of_order(order)
    return found.state if found else OPEN


def sealed_with(event: str) -> list[Dossier]:
    """The sealed dossiers that tell this fact."""
    return [row.dossier for row in DossierFact.objects.select_related("dossier").filter(event=event)]


@dataclass(frozen=True)
class ToReview:
    """Something that quality reads again before sealing: a correction, a late entry, a limit passed over."""

    kind: str
    event: str
    seq: int
    at: datetime
    by: str
    reason: str


def to_review(gathered: Gathered) -> list[ToReview]:
    """The trail that whoever seals confirms having read (Annex 11: review by exception)."""
    return [
        ToReview(kind, str(fact.event), fact.seq, fact.happened_at, fact.by, told["reason"])
        for fact, told in gathered.in_order()
        if (kind := _why(fact.what, told))
    ]


def _why(what: str, told: dict[str, object]) -> str:
    data = told["data"] if isinstance(told["data"], dict) else {}
    if told["corrects"]:
        return "correction"
    if told["timing"] == "late" and told["by"]:
        return "late"
    passed = data.get("deviation") or data.get("deviations") or data.get("override")
    return "override" if passed or what in OVERRIDES else ""


# Somebody with the right let something go on that the house had stopped.
OVERRIDES = frozenset({"holds.lifted", "builds.interruption_decided", "builds.start_refused"})

__all__ = [
    "Dossier",
    "Gathered",
    "ToReview",
    "dossier",
    "dossiers",
    "gather",
    "of_order",
    "sealed_with",
    "state_of",
    "to_review",
]
