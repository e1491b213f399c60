"""What a mixture is predicted to be, and what was passed over, as a page tells it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import moment, number, percent, speak
from strate.workshop.feedstock import rules, wording
from strate.workshop.feedstock.models import Contamination, Drying, Lot, PassedOver, PowderSample
from strate.workshop.feedstock.rules import Limits, MachineContent
from strate.workshop.feedstock.rules.properties import ADDITIVE
from strate.workshop.feedstock.shown.matter import figure, limit_text
from strate.workshop.feedstock.shown.stock import place


def predicted(content: MachineContent, limits: Limits | None) -> list[dict[str, Any]]:
    """The additive properties of a mixture beside their limits, by mass; unknown as soon as one lot's is."""
    rows = []
    for limit in limits.properties if limits else ():
        if limit.code not in ADDITIVE:
            continue
        mean = rules.known_mean(content.portions, limit.code)
        value = None if mean is None else Decimal(mean.numerator) / Decimal(mean.denominator)
        within = (
            value is not None
            and (limit.low is None or value >= limit.low)
            and (limit.high is None or value <= limit.high)
        )
        rows.append(
            {
                "name": wording.PROPERTIES[limit.code],
                "value": ""
                if value is None
                else figure(value.quantize(Decimal("1e-6")).normalize(), limit.code),
                "limit": limit_text(limit),
                "source": limit.source,
                "state": "unknown" if value is None else "ok" if within else "refused",
            }
        )
    return rows


def limit_rows(limits: Limits | None) -> list[tuple[Any, str, str]]:
    """Every limit of a job in words: what, how much, where it comes from."""
    if limits is None:
        return []
    rows: list[tuple[Any, str, str]] = []
    if limits.material:
        rows.append((_("Material"), hooks.title_of(f"material:{limits.material}"), limits.source))
    if limits.ceiling is not None:
        rows.append((_("Used powder, at most"), percent(limits.ceiling), limits.ceiling_source))
    if limits.age_max is not None:
        how = _("on average") if limits.age_by == "mean" else _("the oldest")
        rows.append((_("Builds seen, at most"), f"{limits.age_max} · {how}", limits.source_of("age_max")))
    if limits.hours_max is not None:
        rows.append(
            (_("Hours at temperature, at most"), number(limits.hours_max), limits.source_of("hours_max"))
        )
    if limits.open_days is not None:
        rows.append((_("Days after opening, at most"), str(limits.open_days), limits.source_of("open_days")))
    if limits.reuse:
        rows.append((_("Reuse"), str(wording.REUSES[limits.reuse]), limits.source_of("reuse")))
    if limits.one_lot_only:
        rows.append((_("Lots"), _("one lot only, never mixed"), limits.source_of("one_lot_only")))
    named = [(wording.PROPERTIES[each.code], limit_text(each), each.source) for each in limits.properties]
    return rows + named


def happened(lot: Lot) -> dict[str, Any]:
    """What happened to a lot and must not be forgotten: its oven, its contamination, limits passed over, samples."""
    ovens = Drying.objects.filter(lot=lot, ended_at__isnull=True)
    return {
        "oven": [
            {"place": place(d.place), "set_celsius": set_point(d), "at": moment(d.started_at)} for d in ovens
        ],
        "contaminations": [contamination(row) for row in Contamination.objects.filter(lot=lot)],
        "passed": [passed(row) for row in PassedOver.objects.filter(lot=lot).select_related("lot")],
        "samples": list(PowderSample.objects.filter(lot=lot)),
    }


def set_point(drying: Drying) -> str:
    """« 70 °C »: the database keeps two decimals, nobody sets them."""
    return speak("set_celsius", drying.set_celsius.normalize())


def passed(row: PassedOver) -> dict[str, Any]:
    """A limit passed over, for ever: which, by whom, why."""
    return {
        "at": row.at,
        "who": hooks.name_of(row.by),
        "reason": row.reason,
        "lot": row.lot,
        "limits": [str(wording.PASSED.get(code, code)) for code in row.codes],
    }


def contamination(row: Contamination) -> dict[str, Any]:
    """Why a lot is contaminated."""
    return {
        "at": row.at,
        "who": hooks.name_of(row.by) if row.by else "",
        "cause": wording.CAUSES.get(row.cause, row.cause),
        "origin": hooks.title_of(row.origin) if row.origin else "",
        "mass_mg": row.mass_mg,
    }
