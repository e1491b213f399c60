"""The gestures on one lot whose pages have one shape: what is typed, what is done, the words around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.speech import mass
from strate.workshop.feedstock import actions, forms, queries, shown
from strate.workshop.feedstock.models import Lot
from strate.workshop.feedstock.pages.common import gesture, lot_or_404, orders_of, to_lot

Facts = list[tuple[Any, str]]
DEED = "feedstock/deed.html"


def lies(each: Lot) -> Facts:
    """Where a lot is, and how much there."""
    return [(shown.place(row.place), mass(row.mass_mg)) for row in queries.portions_of(each.code)]


def _supplied(each: Lot) -> Facts:
    return [(_("Supplier"), each.supplier or "—"), *lies(each)]


def _to_sieve(each: Lot) -> Facts:
    limit = each.material.sieve_um
    return [
        (_("To sieve"), mass(queries.on_hand_mg(each.code))),
        (_("Mesh prescribed"), f"{limit} µm" if limit else "—"),
    ]


def _nothing(_each: Lot) -> Facts:
    return []


@dataclass(frozen=True)
class Deed:
    """One gesture; in its title `%(lot)s` is the lot."""

    form: Callable[..., Form]
    action: Callable[..., Any]
    title: Any
    word: Any
    icon: str = "powder"
    lead: Any = ""
    facts: Callable[[Lot], Facts] = lies
    # Powder is in the air: what its sheet orders is told.
    open_powder: bool = True


DEEDS = {
    "transfer": Deed(
        forms.TransferForm,
        actions.transfer,
        _("Move powder of the lot %(lot)s"),
        _("Write down the move"),
        lead=_("The other container is empty or holds the same lot; two lots poured together are a blend."),
    ),
    "sample": Deed(
        forms.SampleForm,
        actions.sample,
        _("Take a sample of the lot %(lot)s"),
        _("Write down the sample"),
        lead=_("Its number is written on the bag and on every measurement made of it."),
    ),
    "sieve": Deed(
        forms.SieveForm,
        actions.sieve,
        _("Sieve the lot %(lot)s"),
        _("Write down the sieving"),
        icon="sieve",
        facts=_to_sieve,
    ),
    "waste": Deed(
        forms.WasteForm,
        actions.waste,
        _("Throw powder of the lot %(lot)s away"),
        _("Throw it away"),
        icon="waste",
        lead=_("The mass leaves the stock and enters the drum of its stream."),
    ),
    "return": Deed(
        forms.ReturnForm,
        actions.return_to_supplier,
        _("Return the lot %(lot)s"),
        _("Return it"),
        facts=_supplied,
        open_powder=False,
    ),
    "open_lot": Deed(
        forms.OpenForm,
        actions.open_lot,
        _("Open the lot %(lot)s"),
        _("Open the container"),
    ),
    "reject": Deed(
        forms.RejectForm,
        actions.reject,
        _("Reject the lot %(lot)s"),
        _("Reject for good"),
        icon="stop",
        lead=_("A rejected lot can never be poured again. To stop it for a while, put it on hold."),
        facts=_nothing,
        open_powder=False,
    ),
}


@signed_in
def deed(request: HttpRequest, code: str, done: str) -> HttpResponse:
    """The page of one gesture on one lot."""
    each, found = lot_or_404(code), DEEDS[done]
    form = found.form(request.POST or None, lot=each)
    return gesture(
        request,
        form,
        found.action,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=found.title % {"lot": code},
        lead=found.lead,
        word=found.word,
        icon=found.icon,
        facts=found.facts(each),
        orders=orders_of(each, getattr(form, "tools", ())) if found.open_powder else None,
    )


@signed_in
def tools_said(request: HttpRequest, code: str) -> HttpResponse:
    """What is not known of the tools just scanned, before the gesture is written down."""
    typed = [request.GET.get(name, "") for name in shown.TOOLS]
    return render(
        request, "feedstock/_undeclared.html", {"undeclared": shown.undeclared(lot_or_404(code), typed)}
    )
