"""A specification as a list: a row for each property of each material, with the source of its limit."""

from typing import Any

from strate.workshop.feedstock import queries
from strate.workshop.feedstock.actions.specifying import read_line
from strate.workshop.feedstock.lists.cells import property_code, words
from strate.workshop.feedstock.models import Material
from strate.workshop.feedstock.wording import WORDS
from strate.workshop.journal.refusals import Refused
from strate.workshop.site.importing import Column, Reading, choice, text

YES = {"oui": "1", "yes": "1", "1": "1", "non": "", "no": "", "0": ""}
COLUMNS = (
    Column("material", ("Matière", "Material"), text(40), required=True),
    Column("code", ("Propriété", "Property"), property_code, required=True),
    Column("low", ("Minimum", "Min"), text(30)),
    Column("high", ("Maximum", "Max"), text(30)),
    Column("unit", ("Unité", "Unit"), text(30)),
    Column("wanted", ("Mot", "Word"), words(WORDS)),
    Column("machine_model", ("Modèle de machine", "Machine model"), text(80)),
    Column("routing", ("Gamme", "Routing"), text(40)),
    Column("required", ("Exigée", "Required"), choice(YES)),
    Column("source", ("Source",), text(200), required=True),
)


def check(reading: Reading) -> None:
    """Materials nobody knows, bounds that say nothing or contradict each other, lines said twice."""
    known = {each.code: each for each in queries.materials()}
    seen: set[tuple[Any, ...]] = set()
    for row in reading.rows:
        values = row.values
        of = known.get(values["material"] or "")
        if of is None:
            reading.note(row.number, "Matière", "no_such_material", material=values["material"] or "")
        elif values["code"] and values["source"]:
            _understood(reading, row.number, of, values)
        key = (values["material"], values["code"], values["machine_model"], values["routing"])
        if key in seen:
            reading.note(row.number, "Propriété", "limit_exists", property=values["code"] or "")
        seen.add(key)


def _understood(reading: Reading, number: int, of: Material, values: dict[str, Any]) -> None:
    """The row becomes what the action writes: bounds in canonical units."""
    try:
        bounds = read_line(
            of,
            values["code"],
            low=values["low"] or "",
            high=values["high"] or "",
            unit=values.pop("unit") or "",
            wanted=values["wanted"] or "",
            source=values["source"],
        )
    except Refused as refused:
        for reason in refused.reasons:
            reading.note(number, "Propriété", reason.code, **reason.values)
        return
    values |= {**bounds, "required": bool(values["required"])}
