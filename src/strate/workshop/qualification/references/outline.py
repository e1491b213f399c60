"""A reference as those who evaluate see it: competences, their conditions, four headings, expected results."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from strate.workshop.qualification.models import Reference

# The letter of an identifier -> the heading it stands under, in the order of the source's tables.
HEADINGS = {
    "M": "methodes",
    "O": "moyens",
    "R": "liens_professionnels",
    "E": "milieu_environnement",
}


@dataclass(frozen=True)
class Item:
    """One line of a grid: a condition (K), a criterion (M, O, R, E) or an expected result (S)."""

    id: str
    kind: str
    text: str
    parts: tuple["Item", ...] = ()
    parts_nature: str = ""
    conditional: str = ""
    authorisation: bool = False
    note: str = ""


@dataclass(frozen=True)
class Competence:
    """What is evaluated and decided by itself."""

    id: str
    block: str
    number: int
    title: str
    conditions: tuple[Item, ...]
    criteria: dict[str, tuple[Item, ...]] = field(hash=False)
    results: tuple[Item, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every line that is filled in: conditions, criteria, results."""
        yield from self.conditions
        for found in self.criteria.values():
            yield from found
        yield from self.results


@dataclass(frozen=True)
class Outline:
    """A whole reference, read once."""

    title: str
    competences: tuple[Competence, ...]
    # Block name -> {"title", "code", "literal", "competences", "knowledge": [(id, text)]}
    blocks: dict[str, dict[str, Any]]
    activities: tuple[dict[str, Any], ...]
    gaps: tuple[str, ...]
    # Field of the heading -> what the source gives, or None.
    heading: dict[str, Any]
    # The language the source is written in, whatever that of the reader.
    language: str = "fr"

    def competence(self, code: str) -> Competence | None:
        return next((c for c in self.competences if c.id == code), None)

    def items(self) -> dict[str, Item]:
        """Every line by its identifier, parts included."""
        found = {}
        for competence in self.competences:
            for item in competence.items():
                found[item.id] = item
                found |= {part.id: part for part in item.parts}
        return found

    def of_block(self, name: str) -> tuple[Competence, ...]:
        """The competences of one block; of all of them when no block is named."""
        return tuple(c for c in self.competences if not name or c.block == name)

    def knowledge(self, name: str = "") -> list[tuple[str, str]]:
        """What is to be known, by block: questioned, for no criterion speaks of it."""
        return [k for n, b in self.blocks.items() if not name or n == name for k in b["knowledge"]]

    def conditional(self, name: str = "") -> list[Item]:
        """What may or may not apply to a candidate, to be decided and signed before the evaluation.

        A condition made of a means that only a conditional criterion uses (a furnace) is conditional with it.
        """
        found = []
        for competence in self.of_block(name):
            lines = list(competence.items())
            found += [i for i in lines if i.conditional]
            metal = [i for i in lines if i.conditional == "pieces_metalliques"]
            found += [k for k in competence.conditions if any(_same_means(k.text, m.text) for m in metal)]
        return sorted(found, key=lambda i: i.id)


def _same_means(condition: str, criterion: str) -> bool:
    """« Sur un four de traitement thermique. » is the means that « Un four de traitement thermique est… » uses."""
    means = condition.removeprefix("Sur ").rstrip(". ").casefold()
    return bool(means) and criterion.casefold().startswith(means)


def of(reference: Reference) -> Outline:
    """The outline of a version; an approved one is read once for all."""
    return _read(reference.digest, reference.pk)


@lru_cache(maxsize=32)
def _read(_digest: str, number: int) -> Outline:
    return outline(Reference.objects.get(pk=number).content)


def outline(content: dict[str, Any]) -> Outline:
    """The outline of a reference as data."""
    blocks = {
        b["id"]: {
            "title": b["intitule"],
            "code": b.get("code"),
            "literal": b.get("code_source_litteral") or "",
            "competences": list(b["competences"]),
            "knowledge": [(k["id"], k["texte"]) for k in b.get("connaissances", [])],
        }
        for b in content["blocs"]
    }
    competences = tuple(_competence(c, n) for n, c in enumerate(content["competences"], 1))
    return Outline(
        title=content["certification"]["titre"],
        competences=competences,
        blocks=blocks,
        activities=tuple(content["referentiel_activites"]["activites"]),
        gaps=tuple(content.get("lacunes_de_la_source", ())),
        heading=dict(content["certification"]),
        language=str(content.get("source", {}).get("langue") or "fr")[:10],
    )


def _competence(c: dict[str, Any], number: int) -> Competence:
    criteria = {
        letter: tuple(_item(i, letter) for i in c["criteres"].get(name, ()))
        for letter, name in HEADINGS.items()
    }
    return Competence(
        id=c["id"],
        block=c["bloc"],
        number=c.get("numero_section3") or number,
        title=c["intitule"],
        conditions=tuple(_item(i, "K") for i in c.get("conditions_de_realisation", ())),
        criteria=criteria,
        results=tuple(_item(i, "S") for i in c.get("resultats_attendus", ())),
    )


def _item(i: dict[str, Any], kind: str) -> Item:
    return Item(
        id=i["id"],
        kind=kind,
        text=i["texte"],
        parts=tuple(_item(p, kind) for p in i.get("sous_elements", ())),
        parts_nature=i.get("sous_elements_nature") or "",
        conditional=i.get("conditionnel") or "",
        authorisation=bool(i.get("lien_habilitation")),
        note=i.get("note") or "",
    )
