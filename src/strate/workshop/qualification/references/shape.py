"""The form of a reference written as a text: what it must hold, and every place where it does not."""

import hashlib
import json
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.qualification.references import careful

FORMAT = "referentiel-cqpm/1"
HEADINGS = ("methodes", "moyens", "liens_professionnels", "milieu_environnement")
CONDITIONAL = ("le_cas_echeant", "selon_la_matiere_premiere", "pieces_metalliques")

Id = Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{0,3}(\.[A-Z]?[0-9]{1,3}(\.[a-z])?)?$", max_length=20)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,78}$")]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]*$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Part(Shape):
    """A sub-element of a condition or of a criterion."""

    id: Id
    texte: Text


class Item(Part):
    """A condition, a criterion or an expected result."""

    sous_elements: list[Part] = []
    sous_elements_nature: Literal["obligatoires", "exemples"] | None = None
    conditionnel: Literal["le_cas_echeant", "selon_la_matiere_premiere", "pieces_metalliques"] | None = None
    lien_habilitation: bool = False
    note: Text | None = None


class Criteria(Shape):
    """The four headings of a competence."""

    methodes: list[Item] = []
    moyens: list[Item] = []
    liens_professionnels: list[Item] = []
    milieu_environnement: list[Item] = []


class Competence(Shape):
    """What is evaluated, decided and validated by itself."""

    id: Id
    numero_section2: int | None = None
    numero_section3: int | None = None
    bloc: Id
    intitule: Text
    conditions_de_realisation: list[Item] = []
    criteres: Criteria
    resultats_attendus: list[Part] = []


class Block(Shape):
    """A block as this reference names it; `code` is null while the source gives none."""

    id: Id
    code: Annotated[str, Field(max_length=40)] | None = None
    code_source_litteral: Text | None = None
    # The identity of a block that has no code yet, when another reference already names it.
    identite: Annotated[str, Field(max_length=120)] | None = None
    intitule: Text
    competences: list[Id]
    connaissances: list[Part] = []


class Certification(BaseModel):
    """The heading: what the source does not give is null."""

    model_config = ConfigDict(extra="allow")
    type: Annotated[str, Field(max_length=20)]
    titre: Text


class Name(Shape):
    """How this house calls this version."""

    code: Code
    version: Annotated[str, Field(min_length=1, max_length=40)]


class Activity(Shape):
    id: Id
    bloc: Id
    intitule: Text
    paragraphes: list[Text] = []


class Activities(BaseModel):
    model_config = ConfigDict(extra="allow")
    activites: list[Activity] = []


class Document(Shape):
    """A whole reference."""

    format: Literal["referentiel-cqpm/1"]
    reference: Name
    source: dict[str, Any] = {}
    certification: Certification
    conventions_identifiants: dict[str, Any] = {}
    referentiel_activites: Activities
    blocs: list[Block]
    competences: list[Competence]
    modalites_evaluation: dict[str, Any] = {}
    roles: list[dict[str, Any]] = []
    admissibilite: dict[str, Any] = {}
    lacunes_de_la_source: list[Text] = []
    comptes: dict[str, Any] = {}


def read(text: str) -> dict[str, Any]:
    """A reference from its text; refused with every place where it is not one."""
    content, lines = careful.load(text)
    check(content, lines)
    return content


def check(content: dict[str, Any], lines: careful.Lines | None = None) -> None:
    """Refuse what is not a reference, naming all that is wrong with it."""
    document = careful.shaped(Document, content, lines or {})
    reasons = [*_doubles(content), *_strangers(document)]
    if reasons:
        raise Refused(reasons)


def _doubles(content: dict[str, Any]) -> list[Reason]:
    seen: set[str] = set()
    found = []
    for identifier in _identifiers({k: content.get(k) for k in ("blocs", "competences")}):
        if identifier in seen:
            found.append(Reason("reference_id_twice", {"target": identifier}))
        seen.add(identifier)
    return found


def _identifiers(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["id"]] if isinstance(value.get("id"), str) else []
        return own + [i for each in value.values() for i in _identifiers(each)]
    return [i for each in value for i in _identifiers(each)] if isinstance(value, list) else []


def _strangers(document: Document) -> list[Reason]:
    """Blocks and competences that name each other wrongly."""
    named = {(b.id, c) for b in document.blocs for c in b.competences}
    placed = {(c.bloc, c.id) for c in document.competences}
    blocks = {b.id for b in document.blocs}
    lost = sorted(named ^ placed) + sorted(
        (a.bloc, a.id) for a in document.referentiel_activites.activites if a.bloc not in blocks
    )
    return [Reason("reference_block_mismatch", {"block_name": b, "target": c}) for b, c in lost]


def write(content: dict[str, Any]) -> str:
    """The text of a reference, to keep or to send to another site."""
    text: str = yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    return text


class _Plain(yaml.SafeDumper):
    """Every text in full where it stands: two criteria with the same words never share a line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def digest(content: dict[str, Any]) -> str:
    """The digest of every word and every gap, whatever the layout of the text."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def schema() -> dict[str, Any]:
    """The JSON Schema of a reference, for those who write one elsewhere."""
    described = Document.model_json_schema()
    return {"$schema": careful.SCHEMA, **described, "title": FORMAT}
