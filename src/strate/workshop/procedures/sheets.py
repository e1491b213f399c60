"""A procedure as a text that travels (YAML): read with every mistake named, written as a person would."""

from typing import TYPE_CHECKING, Any

import yaml

from strate.workshop.journal.refusals import Reason, Refused, RuleBroken

if TYPE_CHECKING:
    from strate.workshop.procedures.models import ProcedureVersion

SIZE_LIMIT = 400_000
NEEDED = ("code", "kind", "title", "steps")


def read(text: str) -> dict[str, Any]:
    """A sheet from its text; refused with what is missing."""
    if len(text) > SIZE_LIMIT:
        raise RuleBroken("sheet_too_long", limit=SIZE_LIMIT)
    try:
        sheet = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise RuleBroken("sheet_not_readable", line=mark.line + 1 if mark else 0) from problem
    if not isinstance(sheet, dict):
        raise RuleBroken("sheet_not_readable", line=1)
    missing = [Reason("sheet_lacks", {"field": name}) for name in NEEDED if not sheet.get(name)]
    title = sheet.get("title")
    if not missing and not (isinstance(title, dict) and title.get("fr") and title.get("en")):
        missing = [Reason("sheet_lacks", {"field": "title"})]
    if not missing and not (
        isinstance(sheet["steps"], list) and all(isinstance(s, dict) for s in sheet["steps"])
    ):
        missing = [Reason("sheet_lacks", {"field": "steps"})]
    if missing:
        raise Refused(missing)
    sheet["steps"] = [tidy(step) for step in sheet["steps"]]
    return sheet


def tidy(step: dict[str, Any]) -> dict[str, Any]:
    """A step as it is kept: numbers as written (never binary fractions), nothing but JSON."""
    return {str(key): _plain(value) for key, value in step.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def write(sheet: dict[str, Any]) -> str:
    """The text of a sheet, to keep or to send to another site."""
    text: str = yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, width=110)
    return text


def sheet_of(version: "ProcedureVersion") -> dict[str, Any]:
    """The sheet of a version, to be written as a text."""
    heading = version.heading
    return {
        "code": version.procedure.code,
        "kind": heading["kind"],
        "title": {"fr": heading["title_fr"], "en": heading["title_en"]},
        "applies_to": list(heading.get("applies_to") or ()),
        "steps": version.steps,
    }
