"""A paper with invented content, to try a layout before it counts."""

from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.qualification.documents.papers import CERTIFICATES, KINDS, Paper, Part, data


def must_be_a_kind(kind: str) -> None:
    if kind not in KINDS:
        raise RuleBroken("no_such_paper", paper=kind)


def paper(kind: str) -> Paper:
    """One of each part, with long words, an empty cell and accents."""
    parts = [
        Part("facts", "", [("Certification", "Essai — aucune valeur"), ("SHA-256", "0123456789abcdef" * 4)]),
        Part("text", "Texte", ["Une phrase d’essai, assez longue pour passer à la ligne. " * 4]),
        Part(
            "table", "Tableau", [["C1", "validée", ""], ["C2", "non validée", "—"]], ["Un", "Deux", "Trois"]
        ),
        Part("signatures", "Signatures", [["Nom Essai", "", "Essai", "01/01/2026 08:00"]]),
    ]
    mark = "Essai" if kind in CERTIFICATES else ""
    return Paper(
        kind, "ESSAI-1", "Essai de modèle", "Essai", "Centre d’essai", parts, mark, [data("essai.json", {})]
    )
