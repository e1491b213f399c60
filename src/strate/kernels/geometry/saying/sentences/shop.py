"""What is said of the time a machine takes."""

from __future__ import annotations

REFUSALS: dict[str, tuple[str, str]] = {
    "no_build_yet": (
        "Unknown: this machine has not ended any build yet.",
        "Inconnu : cette machine n’a encore terminé aucune fabrication.",
    ),
    "too_few_builds": (
        "Unknown: builds ended on this machine: {builds}; at least {needed} are needed.",
        "Inconnu : fabrications terminées sur cette machine : {builds} ; il en faut au moins {needed}.",
    ),
    "builds_too_alike": (
        "Unknown: the past builds ({builds}) are too alike to tell the time of a layer from that of the melting.",
        "Inconnu : les fabrications passées ({builds}) se ressemblent trop pour distinguer le temps de couche "
        "du temps de fusion.",
    ),
    "pace_unexplained": (
        "Unknown: layers and volume do not explain the past builds ({builds}); error {error_percent} %.",
        "Inconnu : couches et volume n’expliquent pas les fabrications passées ({builds}) ; "
        "erreur {error_percent} %.",
    ),
}
