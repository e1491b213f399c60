"""A sheet that comes as a text: looked at first, then kept whole as a draft, or not at all."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.texts import Code, Number, Title
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.procedures import comparing, sheets
from strate.workshop.procedures.actions.authoring import author
from strate.workshop.procedures.actions.drafts import digest_of, draft, faults
from strate.workshop.procedures.models import Procedure, ProcedureVersion

SheetText = Annotated[str, Field(max_length=sheets.SIZE_LIMIT)]


@dataclass(frozen=True)
class Looked:
    """What a text would change if it were kept: nothing has been written yet."""

    sheet: dict[str, Any] = field(default_factory=dict)
    problems: list[Reason] = field(default_factory=list)
    # What the draft would still lack before it can be submitted, and what is not on this site, with its line.
    owed: list[tuple[int, Reason]] = field(default_factory=list)
    changes: list[comparing.Change] = field(default_factory=list)
    against: ProcedureVersion | None = None
    same: bool = False


def look(text: str, code: str = "") -> Looked:
    """Read a text without keeping it: every mistake by its line, and what differs from what is here."""
    try:
        sheet, lines = sheets.load(text)
    except Refused as refused:
        return Looked(problems=list(refused.reasons))
    problems = sheets.problems(sheet, lines)
    if not problems and code and sheet["code"] != code:
        problems = [
            Reason("sheet_of_another_procedure", {"line": lines.get(("code",), 1), "code": sheet["code"]})
        ]
    if problems:
        return Looked(problems=problems)
    known = Procedure.objects.filter(code=sheet["code"]).first()
    last = known.versions.order_by("-number").first() if known else None
    owed = [*_with_lines(sheet, lines), *((0, reason) for reason in _absent(sheet))]
    if last is None:
        return Looked(sheet, [], owed)
    heading = sheets.heading_of(sheet)
    changes = [*comparing.head_changes(last.heading, heading), *comparing.changes(last.steps, sheet["steps"])]
    return Looked(sheet, [], owed, changes, last, digest_of(heading, sheet["steps"]) == last.digest)


def _with_lines(sheet: dict[str, Any], lines: sheets.Lines) -> list[tuple[int, Reason]]:
    """The faults of the steps, each at the line of its step."""
    places = {str(s.get("code")): lines.get(("steps", i), 1) for i, s in enumerate(sheet["steps"])}
    return [(places.get(str(r.values.get("step", "")), 1), r) for r in faults(sheet["steps"])]


def _absent(sheet: dict[str, Any]) -> list[Reason]:
    """Pictures and procedures that the sheet names and this site does not have."""
    pictures = {str(s["picture"]) for s in sheet["steps"] if s.get("picture")}
    called = {str(s["procedure"]) for s in sheet["steps"] if s.get("procedure")} - {sheet["code"]}
    known = set(Procedure.objects.filter(code__in=called).values_list("code", flat=True))
    found = [Reason("called_procedure_unknown", {"called": code}) for code in sorted(called - known)]
    return found + [
        Reason("picture_not_here", {"digest": digest[:12]})
        for digest in sorted(pictures)
        if not attachments.holds(digest)
    ]


def import_sheet(*, by: Actor, text: SheetText) -> ProcedureVersion:
    """Keep a sheet as a draft: a new procedure, or a new version of the one that has its code."""
    permit(by, "procedures.author")
    sheet = sheets.read(text)
    heading = sheets.heading_of(sheet)
    return author(by=by, procedure=sheet["code"], steps=sheet["steps"], note=sheet.get("note", ""), **heading)


def write_sheet(
    *, by: Actor, procedure: Code, version: Number, text: SheetText, seen: Title = ""
) -> ProcedureVersion:
    """Write a draft over from its text, head and steps; refused if somebody wrote in it since it was `seen`."""
    permit(by, "procedures.author")
    sheet = sheets.read(text)
    if sheet["code"] != procedure:
        raise RuleBroken("sheet_of_another_procedure", line=1, code=sheet["code"])
    with act("procedure.edited", by=by) as done:
        found = draft(procedure, version, seen)
        found.heading, found.steps, found.note = (
            sheets.heading_of(sheet),
            sheet["steps"],
            sheet.get("note", ""),
        )
        found.digest = digest_of(found.heading, found.steps)
        found.authored_by, found.authored_at = by.person, done.happened_at
        found.authors = list(dict.fromkeys([*found.authors, by.person]))
        found.save()
        done.tell(
            found, procedure=found.ref, version=found.number, steps=len(found.steps), sha256=found.digest
        )
    return found


__all__ = ["Looked", "import_sheet", "look", "write_sheet"]
