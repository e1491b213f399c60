"""Drums, silos, hoppers and bins: the list, one of them with its history, its label; whole stocks brought in."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, show, whole_number
from strate.workshop.doors.speech import mass, speak
from strate.workshop.feedstock import actions, forms, lists, plugs, queries, shown, wording
from strate.workshop.feedstock.models import PowderContainer
from strate.workshop.feedstock.pages.common import gesture
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.site.lists import import_list
from strate.workshop.things import wording as things
from strate.workshop.things.labels import MOST, SIZES
from strate.workshop.things.labels.answering import pdf_of

PAGE = 50


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip() for name in ("q", "type", "contenu")}


def _found(asked: dict[str, str]) -> Any:
    holding = {"plein": "full", "vide": "empty"}.get(asked["contenu"], "")
    return queries.containers(text=asked["q"], kind=asked["type"], holding=holding)


@signed_in
def containers(request: HttpRequest) -> HttpResponse:
    """The containers in use, with what each holds."""
    asked = _asked(request)
    page = Paginator(_found(asked), PAGE).get_page(request.GET.get("page"))
    held = queries.held_in(each.ref for each in page)
    by = actor_of(request)
    return show(
        request,
        "feedstock/containers.html",
        page=page,
        rows=[_row(each, held.get(each.ref, [])) for each in page],
        asked=asked,
        turning=urlencode(asked),
        kinds=list(wording.CONTAINERS.items()),
        sizes=[(code, things.SIZES[code]) for code in SIZES],
        most=MOST,
        may_write=may(by, "feedstock.container"),
        may_import=may(by, "feedstock.import_stock"),
    )


def _row(each: PowderContainer, inside: list[Any]) -> dict[str, Any]:
    return {
        "container": each,
        "kind": wording.CONTAINERS.get(each.kind, each.kind),
        "lots": [portion.lot for portion in inside],
        "state": shown.state(inside[0].lot) if inside else None,
        "mass_mg": sum(portion.mass_mg for portion in inside),
        "material": ", ".join(dict.fromkeys(portion.lot.material.code for portion in inside)),
    }


@signed_in
def labels(request: HttpRequest) -> HttpResponse:
    """The labels of every container found, as one PDF."""
    refs = [each.ref for each in _found(_asked(request))[:MOST]]
    if not refs:
        raise Http404("ref")
    return pdf_of(refs, request.GET.get("taille", ""), skip=whole_number(request.GET.get("passer", "")))


@signed_in
def container(request: HttpRequest, code: str) -> HttpResponse:
    """One container: what is in it, where it stands, what can be done with it, what went through it."""
    each = _container_or_404(code)
    inside = queries.content(each.ref)
    lots = queries.lots_named(portion.lot for portion in inside.portions)
    moves = queries.movements(place=each.ref).order_by("-pk")[:100]
    return show(
        request,
        "feedstock/container.html",
        container=each,
        kind=wording.CONTAINERS.get(each.kind, each.kind),
        inside=inside,
        lots=[{"lot": lot, "state": shown.state(lot)} for lot in lots],
        facts=_facts(each),
        standing=queries.standing_in(each.ref),
        ledger=[shown.movement(line) for line in moves],
        gestures=[each for lot in lots for each in plugs.gestures_of(lot)],
        held=queries.held(each.ref),
        may_write=may(actor_of(request), "feedstock.container"),
    )


def _facts(each: PowderContainer) -> list[tuple[str, str]]:
    return [
        (_("Place"), each.place or "—"),
        (_("Stands in"), str(hooks.title_of(each.inside)) if each.inside else "—"),
        (_("Tare"), mass(each.tare_mg) if each.tare_mg is not None else "—"),
        (_("Can hold"), mass(each.capacity_mg) if each.capacity_mg else "—"),
        (_("Kept for"), queries.carried_by(each.ref) or "—"),
        (pgettext("powder", "Seal"), str(wording.SEALS.get(each.seal, "—"))),
        (_("Labelled on"), speak("at", each.since)),
    ]


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    form = forms.ContainerForm(request.POST or None)
    del form.fields["seal"]
    return gesture(
        request,
        form,
        actions.new_container,
        to=lambda made, values: redirect(
            "feedstock:container", code=made.code if made else values["container"]
        ),
        title=_("A new container"),
        lead=_("Its label is its own: no other container will ever bear it."),
        word=_("Give it its label"),
        icon="plus",
    )


@signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    each = _container_or_404(code)
    known = {name: getattr(each, name) for name in ("kind", "place", "inside", "seal")}
    for name in ("tare_mg", "capacity_mg"):
        value = getattr(each, name)
        known[name] = "" if value is None else f"{value / 1_000_000:g}".replace(".", ",")
    form = forms.ContainerForm(request.POST or None, initial=known)
    del form.fields["container"]
    return gesture(
        request,
        form,
        actions.change_container,
        fixed={"container": each.code},
        to=lambda _made, _values: redirect("feedstock:container", code=each.code),
        title=each.code,
        word=_("Keep"),
        icon="check",
    )


@signed_in
def retire(request: HttpRequest, code: str) -> HttpResponse:
    each = _container_or_404(code)
    return gesture(
        request,
        forms.forms.Form(request.POST or None),
        actions.retire_container,
        fixed={"container": each.code},
        to=lambda _made, _values: redirect("feedstock:containers"),
        title=_("Take %(container)s out of use") % {"container": each.code},
        lead=_("Only an empty container goes; its label is never given again."),
        word=_("Take it out of use"),
        icon="stop",
        facts=_facts(each),
    )


@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    return import_list(
        request,
        title=_("Bring in lots and containers"),
        columns=lists.stock.COLUMNS,
        check=lists.stock.check,
        action=actions.import_stock,
        done=lambda _result: redirect("feedstock:containers"),
    )


@signed_in
def bring_in_certificates(request: HttpRequest) -> HttpResponse:
    return import_list(
        request,
        title=_("Bring in certificates"),
        columns=lists.certificates.COLUMNS,
        check=lists.certificates.check,
        unfold=lists.certificates.unfold,
        note=_(
            "A row for each value; or a row for each lot, a column for each property: « O (ppm) », « D50 (µm) »."
        ),
        action=actions.import_certificates,
        done=lambda _result: redirect("feedstock:lots"),
    )


def _container_or_404(code: str) -> PowderContainer:
    try:
        return queries.container(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
