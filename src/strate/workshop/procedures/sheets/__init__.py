"""A procedure as a text that travels (YAML): read with every mistake named by its line, written as a person would."""

from typing import TYPE_CHECKING, Any

import yaml

from strate.workshop.journal.refusals import Refused
from strate.workshop.procedures import rules
from strate.workshop.procedures.sheets.reading import SIZE_LIMIT, Lines, load, tidy
from strate.workshop.procedures.sheets.schema import problems, schema

if TYPE_CHECKING:
    from strate.workshop.procedures.models import ProcedureVersion

# What a sheet says in which order; what is empty is not written.
ORDER = ("code", "kind", "title", "applies_to", "every_min", "note", "steps")


def read(text: str) -> dict[str, Any]:
    """A sheet from its text; refused with everything that is wrong in it, line by line."""
    sheet, lines = load(text)
    wrong = problems(sheet, lines)
    if wrong:
        raise Refused(wrong)
    return sheet


def write(sheet: dict[str, Any]) -> str:
    """The text of a sheet, to keep or to send to another site."""
    ordered = {name: sheet[name] for name in ORDER if name in sheet}
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=110)
    return text


def sheet_of(version: "ProcedureVersion") -> dict[str, Any]:
    """The sheet of a version, to be written as a text."""
    heading = version.heading
    sheet = {
        "code": version.procedure.code,
        "kind": heading["kind"],
        "title": {"fr": heading["title_fr"], "en": heading["title_en"]},
        "applies_to": list(heading.get("applies_to") or ()),
    }
    sheet |= {"every_min": heading["every_min"]} if heading.get("every_min") else {}
    return sheet | ({"note": version.note} if version.note else {}) | {"steps": version.steps}


def heading_of(sheet: dict[str, Any]) -> dict[str, Any]:
    """The head of a version from a sheet."""
    title = sheet["title"]
    return rules.heading(
        sheet["kind"], title["fr"], title["en"], sheet.get("applies_to") or [], sheet.get("every_min")
    )


__all__ = [
    "SIZE_LIMIT",
    "Lines",
    "heading_of",
    "load",
    "problems",
    "read",
    "schema",
    "sheet_of",
    "tidy",
    "write",
]
