"""Gestures of the powder room with a page of their own: the oven, the contamination, the change of material."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.speech import mass, speak
from strate.workshop.feedstock import actions, forms, queries, shown
from strate.workshop.feedstock.models import Drying, Lot
from strate.workshop.feedstock.pages.common import gesture, lot_or_404, orders_of, to_lot
from strate.workshop.feedstock.pages.deeds import DEED, lies
from strate.workshop.procedures import queries as procedures
from strate.workshop.things.registry import title_of


@signed_in
def dry(request: HttpRequest, code: str) -> HttpResponse:
    """Into the oven, or out of it when it is there."""
    each = lot_or_404(code)
    places = queries.places_of(code)
    drying = next(iter(queries.drying_at(*places)), None)
    return _out_of_oven(request, each, drying) if drying else _into_oven(request, each)


def _into_oven(request: HttpRequest, each: Lot) -> HttpResponse:
    return gesture(
        request,
        forms.OvenForm(request.POST or None, lot=each),
        actions.put_in_oven,
        template=DEED,
        to=to_lot(each.code),
        title=_("Put the lot %(lot)s in the oven") % {"lot": each.code},
        lead=_("It is not poured until it is weighed out of the oven; what it lost is water."),
        word=_("Put it in the oven"),
        icon="furnace",
        facts=lies(each),
        orders=orders_of(each),
    )


def _out_of_oven(request: HttpRequest, each: Lot, drying: Drying) -> HttpResponse:
    facts = [
        (_("Container"), shown.place(drying.place)),
        (_("Oven"), title_of(drying.oven) if ":" in drying.oven else drying.oven or "—"),
        (_("Set-point"), shown.set_point(drying)),
        (_("Since"), speak("at", drying.started_at)),
        (_("Mass before the oven"), mass(drying.before_mg)),
    ]
    return gesture(
        request,
        forms.OutOfOvenForm(request.POST or None),
        actions.take_out_of_oven,
        template=DEED,
        fixed={"container": drying.place},
        to=lambda dried, _values: redirect("feedstock:lot", code=dried.code if dried else each.code),
        title=_("Take the lot %(lot)s out of the oven") % {"lot": each.code},
        word=_("Write down the mass"),
        icon="weigh",
        facts=facts,
        orders=shown.orders(each),
    )


@signed_in
def contaminate(request: HttpRequest, code: str = "") -> HttpResponse:
    """Never to be poured again: a lot, or all that a container or a machine holds."""
    known = lot_or_404(code) if code else None
    about = known.ref if known else request.GET.get("about", "")
    form = forms.ContaminateForm(request.POST or None, initial={"about": about})
    return gesture(
        request,
        form,
        actions.contaminate,
        template=DEED,
        to=_to_first,
        title=_("Contaminated powder"),
        warn=_(
            "What is contaminated is never poured again. To stop it while you are in doubt, put it on hold."
        ),
        word=_("It is contaminated"),
        icon="stop",
        facts=[(title_of(about), mass(_there(about)))] if about else [],
        orders=shown.orders(known) if known else None,
    )


def _there(about: str) -> int:
    return queries.on_hand_mg(about[4:]) if about.startswith("lot:") else queries.content(about).mass_mg


def _to_first(lots: list[Lot] | None, values: dict[str, Any]) -> HttpResponse:
    return redirect("feedstock:lot", code=lots[0].code) if lots else redirect("feedstock:lots")


def _to_follow(ref: str, carried: str) -> dict[str, Any]:
    """The procedures that free this thing by themselves once followed, and the materials it can be freed for."""
    family = queries.material(carried).family if carried else ""
    ready = procedures.ready("material_change", family) if ":" in ref else []
    return {
        "ref": ref,
        "ready": [(v.procedure.code, title_of(v.procedure.ref)) for v in ready],
        "others": [m for m in queries.materials() if m.code != carried],
    }


@signed_in
def clear_for(request: HttpRequest) -> HttpResponse:
    """Freed for another material, by a finished change of material."""
    about = str(request.POST.get("about") or request.GET.get("about", "")).strip()
    ref = queries.tool_ref(about) if about and not about.startswith("container:") else about
    form = forms.ClearForm(request.POST or None, initial={"about": ref}, about=ref)
    carried = queries.carried_by(ref) if ":" in ref else ""
    return gesture(
        request,
        form,
        actions.clear_for,
        template="feedstock/clear.html",
        to=lambda _carried, values: redirect("things:thing", ref=queries.tool_ref(values["about"])),
        **_to_follow(ref, carried),
        title=_("Change of material"),
        lead=_("After its procedure, whose last look is signed by somebody who did nothing else of it."),
        word=_("Free it for this material"),
        icon="check",
        facts=[(_("Carries"), title_of(f"material:{carried}") if carried else "—")],
    )
