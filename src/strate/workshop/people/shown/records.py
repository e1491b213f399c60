"""The three records of a person as tables: what each is for, how it stands, until when, what may be decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strate.workshop.people import queries
from strate.workshop.people.queries import Stands

Decision = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """A value with its small print; `stands` where the state is drawn."""

    word: Any
    small: str = ""
    stands: bool = False


@dataclass(frozen=True)
class Line:
    """A record: what it is for, its cells in the order of the heads, what may be decided of it."""

    record: Stands
    head: Cell
    cells: Sequence[Cell]
    decisions: Sequence[Decision] = ()


@dataclass(frozen=True)
class Table:
    """One sort of record, with who gives it, what is said when there is none, and how another one is given."""

    title: str
    lead: str
    none: str
    heads: Sequence[str]
    lines: Sequence[Line]
    more: Decision = ("", "")
    icon: str = "sign"
    may_change: bool = False

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Cell]]]]:
        """Each line with its cells, each under its head."""
        return [(line, list(zip(self.heads[1:], line.cells, strict=True))) for line in self.lines]


STATE = Cell("", stands=True)


def tables(person: str, *, on: date, authorise: bool = False, qualify: bool = False) -> list[Table]:
    """The three records of somebody as they stand that day, with what the reader may decide of each."""
    return [
        _authorisations(person, queries.authorisations_of(person, on=on), authorise),
        _qualifications(person, queries.qualifications_of(person, on=on), qualify),
        _certifications(person, queries.certifications_of(person, on=on), qualify),
    ]


def _authorisations(person: str, found: list[Stands], may: bool) -> Table:
    lines = []
    for each in found:
        record: Any = each.record
        small = _("under the eyes of %(name)s") % {"name": record.under.name} if record.under_id else ""
        cells = [Cell(record.scope or "—", small), STATE, Cell(_until(record.expires_on))]
        lines.append(Line(each, Cell(each.kind), cells, _changes(each) if may else ()))
    heads = [_("Authorisation for"), _("Which one"), _("State"), _("Until")]
    return Table(
        _("Authorisations"),
        _("The employer's decision."),
        _("No authorisation yet"),
        heads,
        lines,
        (reverse("people:authorise", args=[person]), _("Authorise")),
        may_change=may,
    )


def _changes(each: Stands) -> list[Decision]:
    if each.state == "withdrawn":
        return []
    verb, word = ("retablir", _("Reinstate")) if each.state == "suspended" else ("suspendre", _("Suspend"))
    found = [(verb, word), ("retirer", _("End for good"))]
    return [(reverse("people:change_authorisation", args=[each.record.pk, v]), w) for v, w in found]


def _qualifications(person: str, found: list[Stands], may: bool) -> Table:
    lines = []
    for each in found:
        record: Any = each.record
        scheme = f"{record.scheme}:{record.edition}" if record.edition else record.scheme
        shown, until = Cell(", ".join(each.shown)), Cell(_until(record.expires_on))
        url = reverse("people:disqualify", args=[record.pk])
        decisions = [(url, _("Take away"))] if may and each.state != "withdrawn" else []
        cells = [Cell(record.material), shown, STATE, until]
        lines.append(Line(each, Cell(record.machine_model, scheme), cells, decisions))
    heads = [
        _("Machine model"),
        _("Material"),
        _("Has shown"),
        _("State"),
        _("Until"),
    ]
    return Table(
        _("Qualifications"),
        _("Tested on a machine model with a material."),
        _("No qualification yet"),
        heads,
        lines,
        (reverse("people:qualify", args=[person]), _("Qualify")),
        may_change=may,
    )


def _certifications(person: str, found: list[Stands], may: bool) -> Table:
    lines = []
    for each in found:
        record: Any = each.record
        code = " · ".join(part for part in (record.block or record.reference, record.number) if part)
        body = Cell(record.body, "" if record.awarded_here else _("brought from elsewhere"))
        url = reverse("people:uncertify", args=[record.pk])
        ours = record.awarded_here or each.state == "withdrawn"
        decisions = [(url, _("Withdraw"))] if may and not ours else []
        day = Cell(date_format(record.awarded_on, "SHORT_DATE_FORMAT"))
        cells = [body, day, STATE, Cell(_until(record.expires_on))]
        lines.append(Line(each, Cell(record.title, code), cells, decisions))
    heads = [
        _("Certificate"),
        _("Awarded by"),
        _("Awarded on"),
        _("State"),
        _("Until"),
    ]
    return Table(
        _("Certificates"),
        _("Awarded by a jury, here or elsewhere."),
        _("No certificate known"),
        heads,
        lines,
        (reverse("people:certify", args=[person]), _("Write down a certificate")),
        icon="document",
        may_change=may,
    )


def _until(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else _("No end")
