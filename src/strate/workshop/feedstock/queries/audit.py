"""The ledger against the balances: what every place should hold by its movements, and what is written of it."""

from dataclasses import dataclass

from django.db import connection

from strate.workshop.feedstock.models import Lot, PowderMovement, PowderPortion
from strate.workshop.feedstock.queries.stock import INSIDE

_LINES, _PORTIONS, _LOTS = (m._meta.db_table for m in (PowderMovement, PowderPortion, Lot))
_HELD = " OR ".join(f"{{place}} LIKE '{kind}%%'" for kind in INSIDE)
# What entered, less what left, beside what is stored: added up by the database, whatever the number of lines.
_SUMS = (
    f"SELECT place, lot, SUM(stored) AS stored, SUM(ledger) AS ledger FROM ("
    f"SELECT place, lot_id AS lot, mass_mg AS stored, 0 AS ledger FROM {_PORTIONS} UNION ALL "
    f"SELECT target, COALESCE(becomes_id, lot_id), 0, SUM(mass_mg) FROM {_LINES} "
    f"WHERE {_HELD.format(place='target')} GROUP BY target, COALESCE(becomes_id, lot_id) UNION ALL "
    f"SELECT source, lot_id, 0, -SUM(mass_mg) FROM {_LINES} "
    f"WHERE {_HELD.format(place='source')} GROUP BY source, lot_id) AS every GROUP BY place, lot"
)
_GAPS = (
    f"SELECT sums.place, {_LOTS}.code, sums.stored, sums.ledger FROM ({_SUMS}) AS sums "
    f"JOIN {_LOTS} ON {_LOTS}.id = sums.lot WHERE sums.stored <> sums.ledger ORDER BY 1, 2"
)


@dataclass(frozen=True)
class Audit:
    """How many lines and balances were compared, and those that do not agree."""

    lines: int
    balances: int
    stock_mg: int
    gaps: dict[tuple[str, str], tuple[int, int]]


def ledger_gaps() -> dict[tuple[str, str], tuple[int, int]]:
    """Where the stored balance and the ledger disagree, as (stored, by the ledger); must be empty."""
    with connection.cursor() as cursor:
        cursor.execute(_GAPS.replace("%%", "%"))
        return {
            (place, code): (int(stored), int(ledger)) for place, code, stored, ledger in cursor.fetchall()
        }


def audit() -> Audit:
    """The whole ledger compared with the balances, with how much of each there is."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), COALESCE(SUM(mass_mg), 0) FROM {_PORTIONS} WHERE mass_mg > 0")
        balances, stock_mg = cursor.fetchone()
    return Audit(PowderMovement.objects.count(), int(balances), int(stock_mg), ledger_gaps())
