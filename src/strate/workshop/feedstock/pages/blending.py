"""The blend: proposed from the stock under the limits of the job, changed by hand, judged as it is typed, poured."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show, whole_number
from strate.workshop.feedstock import actions, queries, rules, shown
from strate.workshop.feedstock.actions import blending
from strate.workshop.feedstock.actions.ledger import next_code
from strate.workshop.feedstock.forms.blending import AskForm, BlendForm, kilograms
from strate.workshop.feedstock.pages.common import lot_or_404
from strate.workshop.feedstock.queries.proposing import Asked, asked, proposal
from strate.workshop.feedstock.rules import LotSeen
from strate.workshop.feedstock.rules.proposing import Proposal
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.people.roles import may

LOTS = "lot_"


@signed_in
def blend(request: HttpRequest, code: str = "") -> HttpResponse:
    """What is proposed for a machine or a material; the person may change any mass, then pours."""
    if request.method == "POST":
        return _pour(request)
    initial = {name: request.GET.get(name, "") for name in ("machine", "material", "need_mg", "policy")}
    if code:
        initial["material"] = lot_or_404(code).material.code
    ask = AskForm({**initial, "machine": initial["machine"].removeprefix("machine:")})
    if not (initial["machine"] or initial["material"]):
        return show(request, "feedstock/blend.html", ask=AskForm(initial=initial))
    if not ask.is_valid():
        return show(request, "feedstock/blend.html", ask=ask)
    wanted = _asked(ask)
    if not wanted.material:
        return show(request, "feedstock/blend.html", ask=ask, no_job=True)
    seen, found = proposal(wanted)
    form = BlendForm(lots=dict(enumerate(lot.code for lot in seen)), initial=_proposed(wanted, seen, found))
    return show(request, "feedstock/blend.html", **_screen(request, ask, wanted, seen, found, form))


def _asked(ask: AskForm) -> Asked:
    values = ask.cleaned_data
    return asked(
        material=values["material"],
        machine=values["machine"],
        need_mg=values["need_mg"],
        policy=values["policy"],
    )


def _proposed(wanted: Asked, seen: list[LotSeen], found: Proposal) -> dict[str, Any]:
    """The masses proposed, as they would be typed, and the next free code."""
    poured = {pour.lot.code: pour.mass_mg for pour in found.pours}
    stem = wanted.machine.partition(":")[2] or wanted.material.upper()
    masses = {f"mass_{n}": kilograms(poured[lot.code]) for n, lot in enumerate(seen) if lot.code in poured}
    return {"lot": next_code(stem, "M"), **masses}


def _screen(
    request: HttpRequest, ask: AskForm, wanted: Asked, seen: list[LotSeen], found: Proposal, form: BlendForm
) -> dict[str, Any]:
    told = {lot.code: Outcome(done=False, reasons=list(reasons)).spoken for lot, reasons in found.aside}
    # What is not known of a lot does not keep it from being poured: it is told beside it.
    doubted = {code: all(each["code"] == "property_unknown" for each in said) for code, said in told.items()}
    places = {code: n for n, code in form.lots.items()}
    verdict = _verdict(actor_of(request), form, wanted.machine, found=found, need_mg=wanted.need_mg)
    alone = _alone(wanted, found)
    if alone:
        verdict["reasons"] = [
            said for said in verdict.get("reasons", ()) if said["code"] != "blend_of_one_lot"
        ]
    rows = [
        {"lot": lot, "field": form[f"mass_{n}"], "n": n, "said": told.get(lot.code, [])}
        for lot in seen
        if (n := places.get(lot.code)) is not None
    ]
    proposed = {pour.lot.code for pour in found.pours}
    rows.sort(key=lambda row: row["lot"].code not in proposed)
    return {
        "ask": ask,
        "wanted": wanted,
        "form": form,
        "rows": [row for row in rows if doubted.get(row["lot"].code, True)],
        "left_aside": [row for row in rows if not doubted.get(row["lot"].code, True)],
        "doubts": Outcome(done=False, reasons=list(found.doubts)).spoken,
        "why_none": Outcome(done=False, reasons=list(found.reasons)).spoken,
        "limits": wanted.limits,
        "limit_rows": shown.limit_rows(wanted.limits),
        "verdict": verdict,
        "alone": alone,
    }


def _alone(wanted: Asked, found: Proposal) -> dict[str, Any] | None:
    """One lot that is enough by itself is poured, not blended."""
    if len(found.pours) != 1:
        return None
    [pour] = found.pours
    machine = wanted.machine.partition(":")[2]
    url = reverse("feedstock:load_in", args=[machine]) if machine else reverse("feedstock:load_any")
    asked_of = urlencode({"lot": pour.lot.code, "mass": kilograms(pour.mass_mg)})
    return {"lot": pour.lot.code, "mass_mg": pour.mass_mg, "url": f"{url}?{asked_of}"}


def _verdict(
    by: Actor, form: BlendForm, machine: str, *, found: Proposal | None = None, need_mg: int = 0
) -> dict[str, Any]:
    """What the blend as typed is worth, and everything against it."""
    pours = {p.lot.code: p.mass_mg for p in found.pours} if found else _typed(form)
    if not pours:
        return {"need_mg": need_mg}
    try:
        wanted = blending.read(pours, machine)
        reasons = blending.blend_reasons(by, wanted, _container(form), "", _total(form))
    except Refused as refused:
        return {"reasons": Outcome(done=False, reasons=list(refused.reasons)).spoken, "need_mg": need_mg}
    total = wanted.content.mass_mg
    return {
        "total_mg": total,
        "need_mg": need_mg,
        "missing_mg": max(need_mg - total, 0),
        "alone": wanted.content,
        "after": wanted.after if wanted.residual and wanted.residual.mass_mg else None,
        "residual": wanted.residual,
        "bands": shown.bands(wanted.after if wanted.residual else wanted.content),
        "properties": shown.predicted(wanted.after, wanted.limits),
        "limits": wanted.limits,
        "reasons": Outcome(done=False, reasons=reasons).spoken,
        "passable": bool(reasons) and all(r.overridable and r.code in rules.OVERRIDABLE for r in reasons),
        "may_override": may(by, "feedstock.override"),
    }


def _typed(form: BlendForm) -> dict[str, int]:
    if not form.is_bound:
        return {}
    form.is_valid()
    return form.pours()


def _container(form: BlendForm) -> str:
    return str(form.cleaned_data.get("container") or "") if form.is_bound else ""


def _total(form: BlendForm) -> int | None:
    return form.cleaned_data.get("total_mg") if form.is_bound else None


def _posted(request: HttpRequest) -> tuple[BlendForm, str]:
    ordered = sorted(
        (whole_number(name.removeprefix(LOTS)), value)
        for name, value in request.POST.items()
        if name.startswith(LOTS) and name.removeprefix(LOTS).isdecimal()
    )
    return BlendForm(request.POST, lots=dict(ordered)), request.POST.get("machine", "")


@signed_in
def verdict(request: HttpRequest) -> HttpResponse:
    """The judgement of what is typed, at each key."""
    form, machine = _posted(request)
    need = whole_number(request.POST.get("need_mg", ""))
    found = _verdict(actor_of(request), form, machine, need_mg=need)
    return render(request, "feedstock/_verdict.html", {"verdict": found})


def _pour(request: HttpRequest) -> HttpResponse:
    form, machine = _posted(request)
    outcome = None
    if form.is_valid():
        values = {**form.values(), "machine": machine}
        override = str(form.cleaned_data.get("override") or request.POST.get("reason", ""))
        if override.strip():
            values["override"] = override
        outcome = carry_out(request, actions.blend, signed=bool(override.strip()), **values)
        if outcome.done:
            made = form.cleaned_data["lot"].strip().removeprefix("lot:")
            return redirect("feedstock:lot", code=made)
    ask = AskForm(initial={"machine": machine.removeprefix("machine:")})
    wanted = asked(machine=machine) if machine else asked(material=request.POST.get("material", ""))
    seen = queries.seen_of(list(form.lots.values()))
    screen = _screen(request, ask, wanted, seen, Proposal(), form)
    need = whole_number(request.POST.get("need_mg", ""))
    screen["verdict"] = _verdict(actor_of(request), form, machine, need_mg=need)
    return show(request, "feedstock/blend.html", outcome=outcome, **screen)
