"""Certificates as a laboratory or a supplier lists them: a row for each value, or one for each lot with its values."""

import re
from collections.abc import Sequence

from django.utils import timezone

from strate.workshop.feedstock import queries, wording
from strate.workshop.feedstock.lists.cells import property_code, words
from strate.workshop.feedstock.rules import properties
from strate.workshop.feedstock.rules.properties import NotRead
from strate.workshop.journal import clock
from strate.workshop.site.importing import Column, Lines, Misread, Reading, Row, day, text
from strate.workshop.site.importing.cells import plain

COLUMNS = (
    Column("lot", ("Lot", "Code lot", "Lot code"), text(40), required=True),
    Column("property", ("Propriété", "Élément", "Property", "Element"), property_code, required=True),
    Column("value", ("Valeur", "Value"), text(60), required=True),
    Column("unit", ("Unité", "Unit"), text(30)),
    Column("method", ("Méthode", "Norme", "Method"), text(80)),
    Column("number", ("N° de certificat", "Certificat", "Certificate"), text(80)),
    Column("type", ("Type de certificat", "Certificate type"), words(wording.CERTIFICATES)),
    Column("issued_on", ("Émis le", "Date", "Issued on"), day, default=None),
)
LABELS = {column.name: column.label for column in COLUMNS}
HEADINGS = {plain(h): c.name for c in COLUMNS for h in (*c.headings, c.name)}
# « O (ppm) », « D50 [µm] », « O ppm »: what a column holds, in which unit.
WITH_UNIT = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]|(.+)\s(\S+)")


def unfold(lines: Lines) -> Lines:
    """A table with a row for each lot and a column for each property, as a row for each value; any other unchanged.

    The unit stands in the heading or in the cell; an empty cell says nothing.
    """
    first = next(lines, None)
    if first is None:
        return
    number, cells = first
    names = [HEADINGS.get(plain(cell), "") for cell in cells]
    told = {n: found for n, cell in enumerate(cells) if not names[n] and (found := _column(cell))}
    if not told or "property" in names or "value" in names:
        yield first
        yield from lines
        return
    kept = [n for n in range(len(cells)) if n not in told]
    yield number, [LABELS["property"], LABELS["value"], LABELS["unit"], *(cells[n] for n in kept)]
    for each, row in lines:
        for n, (code, unit) in told.items():
            if value := _cell(row, n):
                yield each, [code, value, unit, *(_cell(row, k) for k in kept)]


def _cell(row: Sequence[str], n: int) -> str:
    return row[n].strip() if n < len(row) else ""


def _column(heading: str) -> tuple[str, str] | None:
    """The property that a heading names, and the unit it gives."""
    found = WITH_UNIT.fullmatch(heading.strip())
    asked = [(heading.strip(), "")]
    if found:
        asked.append((found[1] or found[3], found[2] or found[4]))
    for name, unit in asked:
        try:
            return property_code(name), unit
        except Misread:
            continue
    return None


def check(reading: Reading) -> None:
    """Lots nobody knows, values that are not values of that property, days that have not come."""
    codes = {row.values["lot"] for row in reading.rows}
    families = {code: family for code, (_material, family) in queries.matter_of(codes).items()}
    today, seen = timezone.localdate(clock.now()), dict[tuple[str, str], int]()
    for row in reading.rows:
        lot, code = row.values["lot"], row.values["property"]
        if lot and lot not in families:
            reading.note(row.number, LABELS["lot"], "no_such_lot", lot=lot)
        if row.values["issued_on"] and row.values["issued_on"] > today:
            reading.note(row.number, LABELS["issued_on"], "day_not_come", on=row.values["issued_on"])
        if code:
            first = seen.setdefault((lot, code), row.number)
            if first != row.number:
                told = {"property": code, "lot": f"lot:{lot}", "first_row": first}
                reading.note(row.number, LABELS["property"], "certificate_line_twice", **told)
            _value(reading, row, families.get(lot, ""))


def _value(reading: Reading, row: Row, family: str) -> None:
    code = row.values["property"]
    each = properties.word(code)
    if family and (each.kind == "lifetime" or family not in each.families):
        reading.note(row.number, LABELS["property"], "property_of_other_family", property=code)
        return
    try:
        row.values["value"] = _as_word(code, row.values["value"] or "")
        properties.read_value(code, row.values["value"], unit=row.values["unit"] or "")
    except NotRead as unread:
        reading.note(row.number, LABELS["value"], unread.code, **{"property": code, **unread.values})


def _as_word(code: str, value: str) -> str:
    """« ne coule pas » is the word does_not_flow, whatever the language of the certificate."""
    if not properties.word(code).words or value[:1].isdigit() or value[:1] in "<>≤≥":
        return value
    try:
        return words({each: wording.WORDS[each] for each in properties.word(code).words})(value)
    except ValueError:
        return value
