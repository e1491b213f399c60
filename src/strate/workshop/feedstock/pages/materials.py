"""The list of materials: add one, correct one, bring in a whole list."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, show
from strate.workshop.doors.speech import number
from strate.workshop.feedstock import actions, forms, lists, queries, shown, wording
from strate.workshop.feedstock.pages.common import gesture
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.site.lists import import_list


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    rows = [
        {"material": m, "family": wording.FAMILIES[m.family], "cmr": wording.CMR[m.cmr]}
        for m in queries.materials()
    ]
    mine = may(actor_of(request), "feedstock.new_material")
    return show(request, "feedstock/materials.html", rows=rows, mine=mine)


@signed_in
def foreseen(request: HttpRequest) -> HttpResponse:
    """How a refresh makes a powder age; nothing is written."""
    form = forms.ForeseenForm(request.GET or None)
    found = shown.foreseen(form.cleaned_data) if form.is_bound and form.is_valid() else None
    return show(request, "feedstock/foreseen.html", form=form, found=found)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    return gesture(
        request,
        forms.MaterialForm(request.POST or None),
        actions.new_material,
        to=lambda _material, _values: redirect("feedstock:materials"),
        title=_("A new material"),
        lead=_("What is not known stays empty: it is never guessed."),
        word=_("Add"),
        icon="plus",
    )


def _typed(value: Any) -> Any:
    """A figure as a person would type it in their language; anything else as it is."""
    return number(value.normalize()) if isinstance(value, Decimal) else value


@signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    try:
        known = queries.material(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
    names = ("title", "density_g_cm3", "bulk_density_g_cm3", "sieve_um", "cmr", "source")
    initial = {name: _typed(getattr(known, name)) for name in names}
    form = forms.MaterialForm(request.POST or None, initial=initial)
    for fixed in ("code", "family"):
        del form.fields[fixed]
    return gesture(
        request,
        form,
        actions.change_material,
        fixed={"code": known.code},
        to=lambda _material, _values: redirect("feedstock:materials"),
        title=f"{known.code} · {known.title}",
        word=_("Keep"),
        icon="check",
    )


@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    return import_list(
        request,
        title=_("Bring in the materials"),
        columns=lists.materials.COLUMNS,
        check=lists.materials.check,
        action=actions.import_materials,
        done=lambda _result: redirect("feedstock:materials"),
    )
