"""Powder at the door: announce, receive, check, release, reject, weigh again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.speech import mass, speak
from strate.workshop.feedstock import actions, forms, queries, shown, wording
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.pages.common import gesture, lot_or_404, to_lot


@signed_in
def announce(request: HttpRequest) -> HttpResponse:
    """A delivery that is expected."""
    form = forms.AnnounceForm(request.POST or None)
    to = _to_its_lot
    return gesture(request, form, actions.announce, to=to, title=_("Announce a lot"), word=_("Announce"))


@signed_in
def receive(request: HttpRequest) -> HttpResponse:
    """A delivery at the door."""
    form = forms.ReceiveForm(request.POST or None, request.FILES or None)
    return _receive(request, form)


@signed_in
def receive_announced(request: HttpRequest, code: str) -> HttpResponse:
    """The delivery that was announced: most of it is known already."""
    each = lot_or_404(code)
    known = {"lot": each.code, "material": each.material.code, "supplier": each.supplier}
    known |= {"supplier_lot": each.supplier_lot}
    form = forms.ReceiveForm(request.POST or None, request.FILES or None, initial=known)
    return _receive(request, form, facts=[(_("Announced"), mass(each.announced_mass_mg or 0))])


def _receive(request: HttpRequest, form: forms.ReceiveForm, **shown_too: Any) -> HttpResponse:
    return gesture(
        request,
        form,
        actions.receive,
        to=_to_its_lot,
        title=_("Receive a lot"),
        lead=_("It stays in quarantine until someone has checked it and someone else has released it."),
        word=_("Receive"),
        icon="weigh",
        files=True,
        template="feedstock/receive.html",
        **shown_too,
    )


@signed_in
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Label, seal, certificate and scale against the delivery."""
    each = lot_or_404(code)
    form = forms.CheckForm(request.POST or None, request.FILES or None)
    rows = shown.property_rows(queries.verdicts_of(each))
    return gesture(
        request,
        form,
        actions.check,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Check the lot %(lot)s") % {"lot": code},
        lead=_("What is not ticked is not conforming: the lot then stays in quarantine."),
        word=_("Write down the check"),
        icon="check",
        files=True,
        facts=_delivery(each),
        template="feedstock/check.html",
        lot=each,
        rows=rows,
        wrong=[row for row in rows if row["stops"]],
    )


@signed_in
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Released by someone else, signed."""
    each = lot_or_404(code)
    means = _("I release the lot %(lot)s for production: its certificate and its checks conform.") % {
        "lot": code
    }
    return gesture(
        request,
        forms.forms.Form(request.POST or None),
        actions.release,
        signed=True,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Release the lot %(lot)s") % {"lot": code},
        means=means,
        word=_("Release"),
        facts=[*_delivery(each), (_("Checked by"), speak("by", each.checked_by))],
    )


@signed_in
def weigh_again(request: HttpRequest, code: str) -> HttpResponse:
    """The scale against the ledger."""
    lot_or_404(code)
    rows = [row for row in queries.portions_of(code) if row.place.startswith("container:")]
    first = rows[0].place.partition(":")[2] if rows else ""
    form = forms.WeighAgainForm(request.POST or None, initial={"container": first})
    return gesture(
        request,
        form,
        actions.weigh_again,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Weigh the lot %(lot)s again") % {"lot": code},
        word=_("Set the mass right"),
        icon="weigh",
        facts=[(shown.place(row.place), mass(row.mass_mg)) for row in rows],
    )


def _delivery(each: Lot) -> list[tuple[str, str]]:
    """What came, to compare with what is in front of you."""
    return [
        (_("Material"), each.material.title),
        (_("Supplier"), f"{each.supplier} {each.supplier_lot}"),
        (_("Announced"), mass(each.announced_mass_mg) if each.announced_mass_mg else "—"),
        (_("Received"), mass(each.received_mass_mg or 0)),
        (_("Certificate"), certificate_text(each)),
        *([(pgettext("powder", "Seal"), str(wording.SEALS[each.seal]))] if each.seal else []),
        (_("Received by"), speak("by", each.received_by)),
    ]


def certificate_text(each: Lot) -> str:
    """« 3.1 n° C-77 », or that the file is missing."""
    kind = str(wording.CERTIFICATES.get(each.certificate_type, ""))
    said = " · ".join(word for word in (each.certificate_number, kind) if word)
    return said or (_("File received") if each.certificate else _("missing"))


def _to_its_lot(result: Lot | None, values: dict[str, Any]) -> HttpResponse:
    return to_lot(result.code if result else values["lot"])(result, values)
