"""Powder and the machine: what is in it, load it, empty it, open a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, show
from strate.workshop.doors.speech import mass
from strate.workshop.feedstock import actions, forms, queries, registry, shown
from strate.workshop.feedstock.pages.common import gesture
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines import queries as machines
from strate.workshop.people.roles import may

if TYPE_CHECKING:
    from strate.workshop.feedstock.rules import MachineContent
    from strate.workshop.machines.models import Machine


@signed_in
def content(request: HttpRequest, code: str) -> HttpResponse:
    """The powder in a machine, layer by layer, and what the job on it allows."""
    at = _machine_or_404(code)
    inside, job = queries.in_machine(at.ref), registry.job_on(at.ref)
    return show(
        request,
        "feedstock/content.html",
        machine=at,
        inside=inside,
        bands=shown.bands(inside),
        limits=job.limits,
        limit_rows=shown.limit_rows(job.limits),
        may_load=may(actor_of(request), "feedstock.load"),
        may_blend=may(actor_of(request), "feedstock.blend"),
        **_need(at.code, job, inside),
    )


@signed_in
def load(request: HttpRequest, code: str = "") -> HttpResponse:
    """Scan the lot, scan the machine, read the scale."""
    return _load(
        request, {"lot": code or request.GET.get("lot", ""), "machine": request.GET.get("machine", "")}
    )


@signed_in
def load_in(request: HttpRequest, code: str) -> HttpResponse:
    """The machine is known: scan the lot."""
    return _load(request, {"lot": request.GET.get("lot", ""), "machine": _machine_or_404(code).code})


def _load(request: HttpRequest, initial: dict[str, str]) -> HttpResponse:
    form = forms.LoadForm(request.POST or None, initial={**initial, "mass_mg": request.GET.get("mass", "")})
    machine = initial["machine"] or str(form["machine"].value() or "").removeprefix("machine:")
    inside = queries.in_machine(machine) if machine else None
    on_hand = queries.on_hand_mg(initial["lot"]) if initial["lot"] else None
    why = request.POST.get("reason", "").strip()
    job = registry.job_on(queries.place_of(machine) if machine else "")
    return gesture(
        request,
        form,
        actions.load,
        template="feedstock/load.html",
        signed=bool(why),
        fixed={"override": why},
        **_need(machine, job, inside),
        to=lambda _lot, values: redirect("feedstock:content", code=values["machine"]),
        inside=inside,
        bands=shown.bands(inside) if inside else [],
        on_hand_mg=on_hand,
        orders=shown.orders(queries.lot(initial["lot"])) if on_hand else None,
        limits=job.limits,
        limit_rows=shown.limit_rows(job.limits),
    )


def _need(machine: str, job: registry.Job, inside: MachineContent | None) -> dict[str, Any]:
    """How much powder the job on a machine needs, how much is still missing, and all its launch would refuse."""
    if job.need_mg is None:
        return {}
    reasons = queries.launch_reasons(machine, job.limits, job.need_mg) if job.limits else []
    return {
        "need_mg": job.need_mg,
        "missing_mg": max(job.need_mg - (inside.mass_mg if inside else 0), 0),
        "standing": Outcome(done=False, reasons=reasons).spoken,
    }


@signed_in
def unload(request: HttpRequest, code: str) -> HttpResponse:
    """Empty a machine without a build."""
    at = _machine_or_404(code)
    inside = queries.in_machine(at.ref)
    return gesture(
        request,
        forms.UnloadForm(request.POST or None),
        actions.unload,
        fixed={"machine": at.code},
        to=lambda _lot, values: redirect("feedstock:lot", code=values["lot"]),
        title=_("Empty %(machine)s") % {"machine": at.title},
        lead=_("The powder becomes a lot of its own, to be sieved before it is used again."),
        word=_("Take it out"),
        icon="weigh",
        facts=[(_("In the machine"), mass(inside.mass_mg))],
    )


def _machine_or_404(code: str) -> Machine:
    try:
        return machines.machine(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
