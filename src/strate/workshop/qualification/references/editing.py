"""A reference written in the browser: one competence at a time, each line a box, identifiers given by the house."""

import copy
from collections.abc import Mapping
from typing import Any

from strate.workshop.qualification.references.outline import HEADINGS
from strate.workshop.qualification.references.shape import CONDITIONAL, FORMAT

LETTERS = "abcdefghijklmnopqrstuvwxyz"
EMPTY_LINES = 2


def blank(title: str) -> dict[str, Any]:
    """A reference with its title and nothing else: every gap is there, as a gap."""
    return {
        "format": FORMAT,
        "reference": {"code": "", "version": ""},
        "certification": {"type": "CQPM", "titre": title or "—", "code_qualification": None, "niveau": None}
        | dict.fromkeys(
            ("code_rncp", "inscrit_rncp", "codes_nsf", "codes_rome", "formacodes", "date_modification")
        ),
        "referentiel_activites": {"activites": []},
        "blocs": [],
        "competences": [],
        "lacunes_de_la_source": [],
    }


def renamed(content: Mapping[str, Any], code: str, version: str) -> dict[str, Any]:
    """The same content under another name."""
    return copy.deepcopy(dict(content)) | {"reference": {"code": code, "version": version}}


def with_heading(content: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """Title, fields of the heading (empty: not given), gaps one a line, and the blocks with their competences."""
    new = copy.deepcopy(dict(content))
    new["certification"]["titre"] = given.get("titre", "").strip() or new["certification"]["titre"]
    for name in new["certification"]:
        if f"heading-{name}" in given:
            new["certification"][name] = given[f"heading-{name}"].strip() or None
    new["lacunes_de_la_source"] = lines(given.get("gaps", ""))
    for block in new["blocs"]:
        name = block["id"]
        block["intitule"] = given.get(f"block-{name}", "").strip() or block["intitule"]
        block["code"] = given.get(f"code-{name}", "").strip() or None
        block["connaissances"] = [
            {"id": f"{name}.N{n}", "texte": text}
            for n, text in enumerate(lines(given.get(f"known-{name}", "")), 1)
        ]
        _activity(new, name, given)
    if given.get("new-block", "").strip():
        _add_block(new, given["new-block"].strip(), given.get("new-block-code", "").strip())
    if given.get("new-competence", "").strip() and given.get("new-competence-block"):
        _add_competence(new, given["new-competence"].strip(), given["new-competence-block"])
    return new


def _activity(new: dict[str, Any], block: str, given: Mapping[str, str]) -> None:
    """The activity of a block, on which the company gives its opinion."""
    for activity in new["referentiel_activites"]["activites"]:
        if activity["bloc"] == block and f"activity-{block}" in given:
            activity["paragraphes"] = lines(given[f"activity-{block}"])


def _add_block(new: dict[str, Any], title: str, code: str) -> None:
    number = len(new["blocs"]) + 1
    new["blocs"].append(
        {"id": f"B{number}", "code": code or None, "intitule": title, "competences": [], "connaissances": []}
    )
    activity = {"id": f"A{number}", "bloc": f"B{number}", "intitule": title, "paragraphes": []}
    new["referentiel_activites"]["activites"].append(activity)


def _add_competence(new: dict[str, Any], title: str, block: str) -> None:
    code = f"C{len(new['competences']) + 1}"
    for each in new["blocs"]:
        if each["id"] == block:
            each["competences"].append(code)
    new["competences"].append(
        {
            "id": code,
            "bloc": block,
            "intitule": title,
            "conditions_de_realisation": [],
            "criteres": {name: [] for name in HEADINGS.values()},
            "resultats_attendus": [],
        }
    )


def with_competence(content: Mapping[str, Any], code: str, given: Mapping[str, str]) -> dict[str, Any]:
    """One competence as typed: an emptied line goes, the others keep their order and are numbered again."""
    new = copy.deepcopy(dict(content))
    for competence in new["competences"]:
        if competence["id"] == code:
            competence["intitule"] = given.get("title", "").strip() or competence["intitule"]
            competence["conditions_de_realisation"] = _items(code, "K", given)
            competence["criteres"] = {name: _items(code, letter, given) for letter, name in HEADINGS.items()}
            competence["resultats_attendus"] = [
                {"id": i["id"], "texte": i["texte"]} for i in _items(code, "S", given)
            ]
    return new


def _items(code: str, letter: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    ranks = sorted(int(k.split("-")[1]) for k in given if k.startswith(f"{letter}-") and k.endswith("-text"))
    for rank in ranks:
        at = f"{letter}-{rank}"
        text = given.get(f"{at}-text", "").strip()
        if not text:
            continue
        item: dict[str, Any] = {"id": f"{code}.{letter}{len(found) + 1}", "texte": text}
        parts = lines(given.get(f"{at}-parts", ""))[: len(LETTERS)]
        if parts:
            item["sous_elements"] = [
                {"id": f"{item['id']}.{mark}", "texte": part}
                for mark, part in zip(LETTERS, parts, strict=False)
            ]
            if given.get(f"{at}-nature") in ("obligatoires", "exemples"):
                item["sous_elements_nature"] = given[f"{at}-nature"]
        if given.get(f"{at}-conditional") in CONDITIONAL:
            item["conditionnel"] = given[f"{at}-conditional"]
        if given.get(f"{at}-authorisation"):
            item["lien_habilitation"] = True
        if given.get(f"{at}-note", "").strip():
            item["note"] = given[f"{at}-note"].strip()
        found.append(item)
    return found


def lines(text: str) -> list[str]:
    """One thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
