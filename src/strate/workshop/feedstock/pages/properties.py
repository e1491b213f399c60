"""What becomes known of a lot, by hand: its certificate typed, its sample measured."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.feedstock import actions, forms, queries, shown
from strate.workshop.feedstock.forms.properties import ReadingsForm
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.pages.common import gesture, lot_or_404, to_lot
from strate.workshop.feedstock.rules import properties


@signed_in
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """What was read on the instruments, on a sample if there is one."""
    each = lot_or_404(code)
    form = forms.MeasureForm(
        each.material.family,
        _asked(each),
        request.POST or None,
        limits=_bounds(each),
        initial={"sample": request.GET.get("echantillon", "")},
    )
    title, word = _("Measure the lot %(lot)s") % {"lot": code}, _("Write down the measures")
    return _readings(request, each, form, actions.measure, title=title, word=word)


@signed_in
def certify(request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate says, beside its file."""
    each = lot_or_404(code)
    known = {"number": each.certificate_number, "type": each.certificate_type}
    form = forms.CertifyForm(
        each.material.family,
        _asked(each),
        request.POST or None,
        request.FILES or None,
        limits=_bounds(each),
        initial=known,
    )
    title, word = _("Certificate of the lot %(lot)s") % {"lot": code}, _("Write down the certificate")
    return _readings(request, each, form, actions.certify, title=title, word=word)


def _readings(
    request: HttpRequest, each: Lot, form: ReadingsForm, action: Callable[..., Any], **said: Any
) -> HttpResponse:
    return gesture(
        request,
        form,
        action,
        template="feedstock/readings.html",
        fixed={"lot": each.code},
        to=to_lot(each.code),
        lead=_(
            "Type what is written, with its unit if it is another: 1300 ppm, < 0,01. Leave the unknown empty."
        ),
        icon="check",
        lot=each,
        rows=shown.property_rows(queries.verdicts_of(each)),
        **said,
    )


def _asked(each: Lot) -> set[str]:
    """Which properties have a field: the usual ones of the family, those limited, those known."""
    limited = {limit.code for limit in queries.limits_for(each.material.code)}
    usual = properties.USUAL.get(each.material.family, ())
    return {*usual, *limited, *queries.known_properties(each)}


def _bounds(each: Lot) -> dict[str, str]:
    """« ≤ 0,20 % masse » for each property that its material limits everywhere."""
    found = properties.effective(queries.limits_for(each.material.code))
    return {code: shown.limit_text(limit) for code, limit in found.items()}
