"""A list of orders as other systems write it: which columns, which words."""

from strate.workshop.journal.refusals import Refused
from strate.workshop.orders import queries
from strate.workshop.parts import queries as parts
from strate.workshop.routings import queries as routings
from strate.workshop.site.importing import Column, Reading, choice, day, text, whole

PRIORITY_WORDS = {"urgent": "1", "normal": "2", "basse": "3", "low": "3", "1": "1", "2": "2", "3": "3"}
_priority = choice(PRIORITY_WORDS)


def priority(cell: str) -> int:
    """A priority by its word or its number."""
    return int(_priority(cell))


COLUMNS = (
    Column("code", ("OF", "N° OF", "Ordre", "Order"), text(40), required=True, unique=True),
    Column("part", ("Pièce", "Code pièce", "Part"), text(60), required=True),
    Column("revision", ("Indice", "Révision", "Revision"), text(20), required=True),
    Column("quantity", ("Quantité", "Qté", "Quantity"), whole(1, 1_000_000), required=True),
    Column("due_on", ("Échéance", "Date", "Due on"), day, required=True),
    Column("routing", ("Gamme", "Routing"), text(40), required=True),
    Column("customer", ("Client", "Customer"), text(120)),
    Column("priority", ("Priorité", "Priority"), priority, default=2),
    Column("note", ("Remarque", "Remark"), text(500)),
)


def check(reading: Reading) -> None:
    """Orders known already, parts that do not exist, routings that are not released."""
    known = {code.casefold() for code in queries.codes()}
    for row in reading.rows:
        if (row.values["code"] or "").casefold() in known:
            reading.note(row.number, "OF", "cell_taken", value=row.values["code"])
        for column, name, find in (("Pièce", "part", parts.part), ("Gamme", "routing", routings.released)):
            try:
                if row.values[name]:
                    find(row.values[name])
            except Refused as refused:
                reading.note(row.number, column, refused.reasons[0].code, **refused.reasons[0].values)
