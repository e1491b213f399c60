"""How what is known of matter is told on a page and on a label: value, limit, verdict, source."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, mass, number, percent
from strate.workshop.feedstock import queries, wording
from strate.workshop.feedstock.models import Lot, LotProperty
from strate.workshop.feedstock.rules.properties import MEASURED, PREDICTED, VOCABULARY, Known, Limit, Verdict
from strate.workshop.holds import queries as holds
from strate.workshop.safety import queries as safety
from strate.workshop.safety.registry import Matter

# A value that was only reckoned is shown to five digits after the comma; the exact one judges.
SHOWN = Decimal("0.00001")


def unit_text(code: str) -> str:
    unit = VOCABULARY[code].unit
    return str(wording.UNITS.get(unit, unit)).replace(" ", NARROW)


def figure(value: Decimal, code: str) -> str:
    return f"{number(value)}{NARROW}{unit_text(code)}".rstrip(NARROW)


def value_text(known: Known | None) -> str:
    """« < 0,01 % masse », « ne coule pas »."""
    if known is None:
        return "—"
    if known.value is None:
        return str(wording.WORDS.get(known.word, known.word))
    value = known.value
    if known.basis == PREDICTED and value != value.quantize(SHOWN):
        value = value.quantize(SHOWN)
    return f"{known.bound} {figure(value, known.code)}".strip()


def limit_text(limit: Limit | None) -> str:
    """« ≤ 0,13 % masse », « 5,50 à 6,75 % masse », « obligatoire »."""
    if limit is None:
        return "—"
    if limit.low is not None and limit.high is not None:
        low, high = number(limit.low), figure(limit.high, limit.code)
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if limit.high is not None:
        return f"≤{NARROW}{figure(limit.high, limit.code)}"
    if limit.low is not None:
        return f"≥{NARROW}{figure(limit.low, limit.code)}"
    return str(wording.WORDS.get(limit.wanted, limit.wanted))


def where_text(limit: Limit) -> str:
    """For which machine and routing a line holds."""
    return " · ".join(each for each in (limit.machine_model, limit.routing) if each) or _("everywhere")


def property_rows(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The table of a lot: what is known, its limit, the verdict, how it is known, where the limit comes from."""
    rows = []
    for each in verdicts:
        word, look = wording.VERDICTS[each.state]
        known, limit = each.known, each.limit
        rows.append(
            {
                "code": each.code,
                "name": wording.PROPERTIES[each.code],
                "group": wording.GROUPS[VOCABULARY[each.code].group],
                "value": value_text(known),
                "limit": limit_text(limit),
                "required": bool(limit and limit.required),
                "word": word,
                "look": look,
                "state": each.state,
                "stops": stops(each),
                "source": limit.source if limit else "",
                "where": where_text(limit) if limit else "",
                "special": bool(limit and limit.special),
                "others": [(limit_text(other), where_text(other), other.source) for other in each.others],
                "known": how_text(known),
            }
        )
    return rows


def past_row(row: LotProperty) -> dict[str, Any]:
    """One thing that was written of a lot; struck out when something newer replaced it."""
    known = queries.as_known(row)
    replaced = row.superseded_by_id is not None
    return {
        "name": wording.PROPERTIES[row.code],
        "value": value_text(known),
        "how": how_text(known),
        "replaced": replaced,
    }


def stops(verdict: Verdict) -> bool:
    """Whether a line keeps a lot from being released."""
    if verdict.state == "unknown":
        return bool(verdict.limit and verdict.limit.required)
    return verdict.state in ("out", "unclear")


def how_text(known: Known | None) -> str:
    """« Mesuré le 22/11/2026, ISO 13320, Amina »."""
    if known is None:
        return ""
    on = date_format(known.on, "SHORT_DATE_FORMAT") if known.on else ""
    first = f"{wording.BASES[known.basis]} {on}".strip()
    who = str(hooks.name_of(known.by)) if known.by and known.basis == MEASURED else ""
    return ", ".join(each for each in (first, known.method, known.instrument, known.sample, who) if each)


def lot_labels(refs: list[str]) -> dict[str, tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    """What the labels of lots say."""
    lots = {f"lot:{each.code}": each for each in queries.lots_named(ref.partition(":")[2] for ref in refs)}
    signs = signs_of(lots.values())
    held = {hold.about for hold in holds.on(*refs)}
    told = {}
    for ref in refs:
        if each := lots.get(ref):
            lines = (_made_of(each), *_life(each))
            told[ref] = (each.code, lines, _status(each, ref in held), signs[ref])
    return told


def container_labels(refs: list[str]) -> dict[str, tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    """What the labels of containers say: what is inside today, how used, how much."""
    known = {f"container:{each.code}": each for each in queries.containers_called(r[10:] for r in refs)}
    held = queries.held_in(refs)
    lots = {portion.lot.ref: portion.lot for portions in held.values() for portion in portions}
    signs = signs_of(lots.values())
    stopped = {hold.about for hold in holds.on(*refs, *lots)}
    told = {}
    for ref in refs:
        if each := known.get(ref):
            inside = held.get(ref, [])
            kind = str(wording.CONTAINERS.get(each.kind, each.kind))
            if not inside:
                told[ref] = (each.code, (kind, _("Empty")), "", ())
                continue
            lot, total_mg = inside[0].lot, sum(portion.mass_mg for portion in inside)
            lines = (_made_of(lot), _("Lot %(lot)s") % {"lot": lot.code}, *_life(lot), mass(total_mg))
            status = _status(lot, bool({ref, lot.ref} & stopped))
            told[ref] = (each.code, lines, status, signs[lot.ref])
    return told


def signs_of(lots: Iterable[Lot]) -> dict[str, tuple[str, ...]]:
    """The signs of danger of each lot: those of its own product's sheet, else of its supplier's, else of all."""
    told = safety.sheets_of([matter_of(each) for each in lots])
    return {
        matter.lot: tuple(sorted({sign for sheet in sheets for sign in sheet.pictograms}))
        for matter, sheets in told.items()
    }


def matter_of(each: Lot) -> Matter:
    """What a lot is, as the safety room needs it to find its sheet."""
    card = each.material
    return Matter(card.code, each.ref, each.supplier, card.family, each.code, each.product)


def _made_of(lot: Lot) -> str:
    return " · ".join(each for each in (lot.material.title, lot.supplier) if each)


def _life(lot: Lot) -> tuple[str, ...]:
    used = _("Used %(share)s · age %(age)s") % {"share": percent(lot.used_share.decimal), "age": lot.age_max}
    first = used if lot.used_share.units or lot.age_max else _("Virgin")
    if not lot.expires_on:
        return (first,)
    return first, _("Expires %(day)s") % {"day": date_format(lot.expires_on, "SHORT_DATE_FORMAT")}


def _status(lot: Lot, held: bool) -> str:
    return _("On hold") if held else str(wording.LOT_STATES[lot.state][0])
