"""The whole trace for a spreadsheet or a program, nothing left out; the list of parts of a recall."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strate.kernels.genealogy import written
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.spreadsheets import spreadsheet
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.wording.properties import PROPERTIES
from strate.workshop.traceability import queries
from strate.workshop.traceability.pages.tracing import thing_or_404
from strate.workshop.traceability.queries import recall
from strate.workshop.traceability.wording import BUILD_WHERE, KNOWN_HOW, PIECE_WHERE


def _name(ref: str, what: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in f"{what}-{ref}")


@require_safe
@signed_in
def trace_json(request: HttpRequest, ref: str) -> HttpResponse:
    """All of a trace as a program reads it, with every pour."""
    told = queries.answer(thing_or_404(ref).ref, lines=True)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{_name(ref, "trace")}.json"'
    return answer


@require_safe
@signed_in
def trace_csv(request: HttpRequest, ref: str) -> HttpResponse | StreamingHttpResponse:
    """All of a trace in one table: each thing with its way, its exact share and what stops it."""
    return spreadsheet(_name(ref, "trace"), _rows(queries.answer(thing_or_404(ref).ref, lines=True)))


def _rows(told: dict[str, Any]) -> Iterator[list[Any]]:
    yield [
        _("Way"),
        _("Thing"),
        _("Exact share"),
        _("Supplier"),
        _("Supplier's lot"),
        _("Heat number"),
        _("On hold"),
        _("Value"),
        _("How it is known"),
        _("Predicted by mixing"),
    ]
    yield from _carried(told["worth"])
    for each in told["gestures"]:
        yield [_("gesture"), each["said"], "", "", "", "", "", each["at"], each["by"], ""]
    held = {each["thing"]: each["hold"] for each in told["holds"]}
    back, forth = told["made_of"], told["used_in"]
    bought = {each["lot"]: each for each in (back or {}).get("origins", [])}
    for way, side in ((_("made of"), back), (_("used in"), forth)):
        if side is None:
            continue
        for lot, share in side.get("shares", {}).items():
            of = bought.get(lot, {}) if side is back else {}
            more = [of.get("supplier", ""), of.get("supplier_lot", ""), of.get("heat", "")]
            known = _("declared at the start") if of.get("origin") == "declared" else ""
            yield [way, lot, _comma(share), *more, held.get(lot, ""), "", known, ""]
        for each in side["builds"]:
            yield [
                way,
                each["build"],
                _comma(each["share"]),
                "",
                "",
                "",
                held.get(each["build"], ""),
                "",
                "",
                "",
            ]


def _carried(worth: dict[str, Any] | None) -> Iterator[list[Any]]:
    """How used and old the powder is, its hours and properties, each saying how it is known."""
    if worth is None:
        return
    reckoned, hours = KNOWN_HOW["predicted"], KNOWN_HOW[worth["hours_basis"]]
    lines = [
        (_("Used powder"), worth["used_share"], reckoned, ""),
        (_("Builds seen, at most"), str(worth["age_max"]), reckoned, ""),
        (_("Builds seen, mean"), worth["age_mean"], reckoned, ""),
        (_("Hours at temperature, at most"), worth["hours_max"] or "", hours, ""),
        (_("Hours at temperature, mean"), worth["hours_mean"] or "", hours, ""),
    ]
    for row in worth["properties"]:
        name = f"{PROPERTIES[row['code']]} ({row['unit']})" if row["unit"] else PROPERTIES[row["code"]]
        lines.append((name, row["value"], KNOWN_HOW[row["basis"]], row["predicted"]))
    for name, value, how, predicted in lines:
        yield [_("carries"), name, "", "", "", "", "", _comma(value), how, _comma(predicted)]


def _comma(share: str) -> str:
    """A share with the decimal sign of the language."""
    return share.replace(".", get_format("DECIMAL_SEPARATOR"))


@require_safe
@signed_in
def parts_csv(request: HttpRequest, ref: str) -> HttpResponse | StreamingHttpResponse:
    """The parts made of a lot: whose they are and where they are."""
    of = recall.concerned(feedstock.lot(thing_or_404(ref).ref))
    return spreadsheet(_name(ref, "pieces"), _called(recall.parts_called(of)))


def _called(parts: Iterable[recall.Called]) -> Iterator[list[Any]]:
    yield [
        _("Serial"),
        _("Part"),
        _("Revision"),
        _("Order"),
        _("Customer"),
        _("Build"),
        _("Where it lies"),
        _("Share of the lot"),
    ]
    for each in parts:
        share = _comma(written(each.share))
        where = f"{PIECE_WHERE.get(each.state, each.state)} · {BUILD_WHERE.get(each.build_state, each.build_state)}"
        yield [each.serial, each.part, each.revision, each.order, each.customer, each.build, where, share]
