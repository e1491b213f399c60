"""What a dossier says in words, made from the shop's own records, in the language of the site."""

from typing import Any

from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.models import Dossier
from strate.workshop.dossier.summary import head, making, matter, proof, trail
from strate.workshop.dossier.summary.proof import attached


def of(dossier: Dossier, gathered: Gathered) -> dict[str, Any]:
    """The whole summary, as the printer of the dossier reads it."""
    told: dict[str, Any] = {
        **head.of(dossier, gathered),
        "machine": making.machine(gathered),
        "routing": making.routing(gathered),
        "parameters": making.parameters(gathered),
        "feedstock": matter.of(gathered),
        "layers": {"runs": making.layers(gathered)},
        "interruptions": making.interruptions(gathered),
        "post_processing": making.post_processing(gathered),
        "inspection": proof.inspection(gathered),
        "anomalies": proof.anomalies(gathered),
        "signatures": trail.signatures(gathered),
        "timeline": trail.timeline(gathered),
    }
    if not told["layers"]["runs"]:
        del told["layers"]
    return told


__all__ = ["attached", "of"]
