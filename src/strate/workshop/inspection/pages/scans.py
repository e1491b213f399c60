"""The pages of the scans: one is sent with its tolerance, then its verdict is read, zone by zone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.doors.speech import number
from strate.workshop.inspection import actions, forms, queries, rules, scanning, shown
from strate.workshop.inspection.models import Piece, Scan
from strate.workshop.inspection.pages.pieces import piece_or_404
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.parts import comparing
from strate.workshop.parts import queries as parts
from strate.workshop.parts import wording as parts_wording
from strate.workshop.parts.shown import file_shown
from strate.workshop.parts.views import StillWorking
from strate.workshop.people.roles import permit


@signed_in
def new_scan(request: HttpRequest, serial: str) -> HttpResponse:
    """Send the scan of a piece: its file, the scanner, the tolerance; the server compares it."""
    found, outcome = piece_or_404(serial), None
    usual = {"lower": number("-0.1"), "upper": number("0.1")}
    form = forms.ScanForm(request.POST or None, initial=usual)
    zones = forms.Zones(request.POST if "zones-TOTAL_FORMS" in request.POST else None, prefix="zones")
    if request.method == "POST" and form.is_valid() and (not zones.is_bound or zones.is_valid()):
        typed = {**form.cleaned_data, "zones": forms.zones_typed(zones) if zones.is_bound else []}
        outcome = _scanned(request, found, typed)
        if outcome.done:
            return redirect("inspection:scan", queries.scans(found)[0].pk)
    usable = [g for g in queries.gauges() if g.kind == rules.SCANNER]
    usable = [g for g in usable if queries.gauge_state(g) in ("valid", "due")]
    nominal = parts.approved_file(found.part, found.revision)
    context = {
        "piece": found,
        "usable": usable,
        "zones": zones,
        "wanted": [shown.zone_shown(zone) for zone in queries.scan_zones(found.build)],
        "box": shown.box_said(nominal.verdict.get("box")) if nominal else "",
    }
    return show(request, "inspection/new_scan.html", outcome=outcome, form=form, **context)


def _scanned(request: HttpRequest, found: Piece, typed: dict[str, Any]) -> Outcome:
    sent, zones = request.FILES.get("scan"), request.FILES.get("zones")
    by = actor_of(request)
    try:
        permit(by, "inspection.measure")  # before the disk is touched
        if sent is None:
            raise RuleBroken("no_scan_chosen")
        typed["zones"] += forms.zones_in(zones) if zones else []
        kept_scan = store.keep(sent, sent.name or "", untouched=True)
        digest = attachments.receive(by=by, stored=kept_scan).digest
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(
        request, actions.send_scan, piece=found.serial, scan=digest, name=kept_scan.name[:200], **typed
    )


def _scan(number: int) -> Scan:
    try:
        return queries.scan(number)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def scan(request: HttpRequest, number: int) -> HttpResponse:
    """One scan: its verdict zone by zone, its deviations in figures and in colours; it waits for the answer itself."""
    found = _scan(number)
    context = {"shown": shown.scan_shown(found), "piece": found.piece, "sides": parts_wording.SIDES.items()}
    context |= _in_3d(found)
    partial = bool(request.GET.get("live"))
    return show(request, "inspection/_scan.html" if partial else "inspection/scan.html", **context)


def _in_3d(found: Scan) -> dict[str, Any]:
    """What the viewer needs to lay the deviations on the nominal; nothing while there are none."""
    if not found.answer.get("figures"):
        return {}
    return {
        "nominal": file_shown(parts.file(found.nominal)),
        "deviations": reverse("api:inspection.deviations", args=[found.pk]),
        "reach": f"{max(abs(found.lower), abs(found.upper)):f}",
    }


@signed_in
def scan_picture(request: HttpRequest, number: int) -> HttpResponse:
    """The deviations in colours, seen from one side."""
    found, side = _scan(number), request.GET.get("side", "top")
    if side not in parts_wording.SIDES or not found.answer.get("figures"):
        raise Http404
    try:
        raw = scanning.deviations(found)
    except (StillWorking, FileRefused) as nothing:
        raise Http404 from nothing
    full = float(max(abs(found.lower), abs(found.upper)))
    headers = {"Cache-Control": "private, max-age=86400"}
    return HttpResponse(comparing.png(raw, side, full), content_type="image/png", headers=headers)
