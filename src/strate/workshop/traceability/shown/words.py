"""How a share and a thing of a trace are said."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strate.kernels.genealogy import ONE
from strate.templatetags import _quantities as q
from strate.workshop.feedstock.genealogy import LotProperty
from strate.workshop.feedstock.wording.matter import BASES
from strate.workshop.feedstock.wording.properties import PROPERTIES
from strate.workshop.traceability.queries.tree import LotRow

FINEST = Decimal("0.0001")


def percent(units: int) -> str:
    """« 36 % », « 12,3457 % »: four decimals at most, all of them are in the exports; never nothing for something."""
    with localcontext(prec=60):
        value = Decimal(units) * 100 / ONE
        shown = value.quantize(FINEST, rounding=ROUND_HALF_UP)
    space = q.THIN if q.language() == "fr" else ""
    if not shown and units:
        return f"<{q.THIN}{q.number(FINEST)}{space}%"
    return f"{q.number(shown)}{space}%"


def what_it_is(row: LotRow) -> str:
    """Where a lot comes from, in a few words: its supplier's lot, the build it came out of, or that it was mixed."""
    if row.made_in:
        return _("recovered from %(build)s") % {"build": row.made_in}
    bought = [part for part in (row.supplier_lot, row.heat) if part]
    if row.origin == "declared":
        return " · ".join([_("declared at the start"), *bought])
    if bought:
        return " · ".join(bought)
    return row.supplier or str(ORIGINS.get(row.origin, ORIGINS[""])())


ORIGINS = {
    "supplier": lambda: _("bought"),
    "blend": lambda: _("blended here"),
    "unloaded": lambda: _("taken out of a machine"),
    "": lambda: _("made here"),
}


def lots(count: int) -> str:
    return ngettext("%(n)s lot", "%(n)s lots", count) % {"n": q.number(count)}


def parts(count: int) -> str:
    return ngettext("%(n)s part", "%(n)s parts", count) % {"n": q.number(count)}


def tests(rows: Sequence[LotProperty]) -> list[tuple[str, list[str]]]:
    """What was certified, what was measured: « Certificat : oxygène 0,12 % », as it was written, each basis once."""
    told: dict[str, list[str]] = {}
    for row in rows:
        said = row.written or f"{row.bound}{row.text or q.number(row.value)}"
        glued = said.replace(" ", "\N{NO-BREAK SPACE}")
        value = f"{PROPERTIES.get(row.code, row.code)} {glued}"
        told.setdefault(row.basis, []).append(value)
    return [(str(BASES.get(basis, basis)), values) for basis, values in told.items()]
