"""What is done with powder in the powder room: moved, sampled, dried, sieved, thrown away, contaminated, returned."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.speech import mass, speak
from strate.workshop.feedstock import actions, forms, queries, shown
from strate.workshop.feedstock.models import Drying, Lot
from strate.workshop.feedstock.pages.common import gesture, lot_or_404, to_lot
from strate.workshop.machines import queries as machines
from strate.workshop.procedures import queries as procedures
from strate.workshop.things.registry import title_of

DEED = "feedstock/deed.html"


def _lies(code: str) -> list[tuple[str, str]]:
    return [(shown.place(row.place), mass(row.mass_mg)) for row in queries.portions_of(code)]


@signed_in
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """All or part of a lot in another container."""
    lot_or_404(code)
    return gesture(
        request,
        forms.TransferForm(request.POST or None, lot=code),
        actions.transfer,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Move powder of the lot %(lot)s") % {"lot": code},
        lead=_("The other container is empty or holds the same lot; two lots poured together are a blend."),
        word=_("Write down the move"),
        icon="powder",
        facts=_lies(code),
    )


@signed_in
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Some grams to be measured, with a number of their own."""
    lot_or_404(code)
    return gesture(
        request,
        forms.SampleForm(request.POST or None, lot=code),
        actions.sample,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Take a sample of the lot %(lot)s") % {"lot": code},
        lead=_("Its number is written on the bag and on every measurement made of it."),
        word=_("Write down the sample"),
        icon="powder",
        facts=_lies(code),
    )


@signed_in
def dry(request: HttpRequest, code: str) -> HttpResponse:
    """Into the oven, or out of it when it is there."""
    each = lot_or_404(code)
    places = [row.place for row in queries.portions_of(code)]
    drying = next(iter(queries.drying_at(*places)), None)
    return _out_of_oven(request, each, drying) if drying else _into_oven(request, each)


def _into_oven(request: HttpRequest, each: Lot) -> HttpResponse:
    return gesture(
        request,
        forms.OvenForm(request.POST or None, lot=each.code),
        actions.put_in_oven,
        template=DEED,
        to=to_lot(each.code),
        title=_("Put the lot %(lot)s in the oven") % {"lot": each.code},
        lead=_("It is not poured until it is weighed out of the oven; what it lost is water."),
        word=_("Put it in the oven"),
        icon="furnace",
        facts=_lies(each.code),
    )


def _out_of_oven(request: HttpRequest, each: Lot, drying: Drying) -> HttpResponse:
    facts = [
        (_("Container"), shown.place(drying.place)),
        (_("Oven"), title_of(drying.oven) if ":" in drying.oven else drying.oven or "—"),
        (_("Set-point"), speak("set_celsius", drying.set_celsius)),
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
    )


@signed_in
def sieve(request: HttpRequest, code: str) -> HttpResponse:
    """What passed, what stayed on the mesh; the rest is the loss."""
    each = lot_or_404(code)
    limit = each.material.sieve_um
    facts = [
        (_("To sieve"), mass(queries.on_hand_mg(code))),
        (_("Mesh prescribed"), f"{limit} µm" if limit else "—"),
    ]
    initial = {"mesh_um": limit, **_usual_sieve(each)}
    return gesture(
        request,
        forms.SieveForm(request.POST or None, initial=initial),
        actions.sieve,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Sieve the lot %(lot)s") % {"lot": code},
        word=_("Write down the sieving"),
        icon="sieve",
        facts=facts,
    )


def _usual_sieve(each: Lot) -> dict[str, str]:
    """The only sieve of this material, and the mesh on it: already there, to be scanned only when it is another."""
    found = list(machines.machines("sieve").filter(material__in=("", each.material.code))[:2])
    if len(found) != 1:
        return {}
    mesh = machines.fitted(found[0].code).get("mesh")
    return {"sieve_machine": found[0].ref, "mesh": mesh.ref if mesh else ""}


@signed_in
def waste(request: HttpRequest, code: str) -> HttpResponse:
    """Out of the stock and into the waste register, at once."""
    lot_or_404(code)
    return gesture(
        request,
        forms.WasteForm(request.POST or None, lot=code),
        actions.waste,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Throw powder of the lot %(lot)s away") % {"lot": code},
        lead=_("The mass leaves the stock and enters the drum of its stream."),
        word=_("Throw it away"),
        icon="waste",
        facts=_lies(code),
    )


@signed_in
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the supplier."""
    each = lot_or_404(code)
    return gesture(
        request,
        forms.ReturnForm(request.POST or None, lot=code),
        actions.return_to_supplier,
        template=DEED,
        fixed={"lot": code},
        to=to_lot(code),
        title=_("Return the lot %(lot)s") % {"lot": code},
        word=_("Return it"),
        icon="powder",
        facts=[(_("Supplier"), each.supplier or "—"), *_lies(code)],
    )


@signed_in
def contaminate(request: HttpRequest, code: str = "") -> HttpResponse:
    """Never to be poured again: a lot, or all that a container or a machine holds."""
    about = f"lot:{lot_or_404(code).code}" if code else request.GET.get("about", "")
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
