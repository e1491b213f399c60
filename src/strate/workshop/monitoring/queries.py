"""Reading the layers of a build."""

from datetime import datetime
from typing import Any

from strate.workshop.journal import queries as journal
from strate.workshop.journal.queries import Fact
from strate.workshop.monitoring import rules
from strate.workshop.monitoring.models import LayerRecord

COLUMNS = ("layer", "closed_at", "seconds", "state", *rules.VALUES)


def last_layer(build: str) -> tuple[int, datetime | None]:
    """The last layer recorded, and when it was closed; (0, None) before the first."""
    found = LayerRecord.objects.filter(build=build).order_by("-layer").first()
    return (found.layer, found.closed_at) if found else (0, None)


def strata(build: str, planned: int) -> list[rules.Run]:
    """The layers as run lengths of their state: what is drawn."""
    return rules.runs(LayerRecord.objects.filter(build=build).values_list("layer", "state"), planned)


def since(build: str, layer: int, limit: int = 500) -> list[dict[str, Any]]:
    """The records after a layer, for a page that follows live."""
    return list(LayerRecord.objects.filter(build=build, layer__gt=layer).values(*COLUMNS)[:limit])


def record(build: str, layer: int) -> LayerRecord | None:
    """One layer as it was recorded; None when the counter has not come so far."""
    return LayerRecord.objects.filter(build=build, layer=layer).first()


def kept_digest(build_ref: str) -> str:
    """The digest of the layers that the journal holds; empty when it was never kept."""
    facts = journal.of(build_ref, what="monitoring.layers_kept")
    return str(journal.told(facts[-1])["data"]["sha256"]) if facts else ""


def marks(build_ref: str) -> list[Fact]:
    """What was said of the layers of a build, latest first."""
    return journal.of(build_ref, what="monitoring.layers_marked")[::-1]


def told(fact: Fact) -> dict[str, Any]:
    """What a mark says, as it was written."""
    return journal.told(fact)


def summary(build: str) -> dict[str, Any]:
    """How many layers of each state, and the digest of all records: what a dossier says of them."""
    rows = list(LayerRecord.objects.filter(build=build).order_by("layer").values_list(*COLUMNS))
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[3]] = counts.get(row[3], 0) + 1
    return {"layers": len(rows), "by_state": counts, "sha256": rules.digest(rows)}
