"""The pages of inspection: the pieces of a build, one piece, what the eye sees, a measurement, the gauges."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.attachments.pages import kept
from strate.workshop.builds import queries as builds
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.doors.speech import number
from strate.workshop.inspection import actions, forms, queries, rules, scanning, shown, wording
from strate.workshop.inspection.models import Piece, Scan
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.parts import comparing
from strate.workshop.parts import queries as parts
from strate.workshop.parts import wording as parts_wording
from strate.workshop.parts.shown import file_shown
from strate.workshop.parts.views import StillWorking
from strate.workshop.people.roles import may, permit

PAGE = 100


def _piece(serial: str) -> Piece:
    try:
        return queries.piece(serial)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def pieces(request: HttpRequest, code: str) -> HttpResponse:
    """The pieces of a build; numbered all at once."""
    try:
        build = builds.build(code)
    except NotFound as unknown:
        raise Http404 from unknown
    outcome = None
    if request.method == "POST":
        outcome = carry_out(request, actions.number_pieces, build=build.code)
        if outcome.done:
            return redirect("inspection:pieces", code=build.code)
    found = Paginator(queries.pieces(build.code), PAGE).get_page(request.GET.get("page"))
    missing = Outcome(done=False, reasons=queries.missing(build.code)).spoken if found.object_list else []
    shown = {"rows": [_row(p) for p in found], "page": found, "next": queries.next_piece(build.code)}
    controls = queries.controls(build.code)
    return show(
        request,
        "inspection/pieces.html",
        outcome=outcome,
        build=build,
        missing=missing,
        controls=controls,
        **shown,
    )


def _row(piece: Piece) -> dict[str, Any]:
    looks = sorted(piece.checks.all(), key=lambda check: check.at)
    return {
        "piece": piece,
        "look": looks[-1] if looks else None,
        "measured": queries.valid_measurements(piece),
    }


@signed_in
def piece(request: HttpRequest, serial: str) -> HttpResponse:
    """One piece: what was seen and measured; sorted good or scrap in one gesture."""
    found, outcome = _piece(serial), None
    form = forms.SortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.sort, piece=found.serial, **form.cleaned_data)
        if outcome.done:
            following = queries.next_piece(found.build)
            return (
                redirect("inspection:piece", following.serial)
                if following
                else redirect("inspection:pieces", found.build)
            )
    return show(request, "inspection/piece.html", outcome=outcome, form=form, **_seen(found))


def _seen(found: Piece) -> dict[str, Any]:
    measured = {m.name for m in queries.valid_measurements(found)}
    controls = queries.controls(found.build)
    looks = [
        {
            "check": c,
            "defects": [wording.DEFECTS[d][0] for d in c.defects if d in wording.DEFECTS],
            "who": hooks.name_of(c.by),
        }
        for c in found.checks.order_by("-at")
    ]
    measurements = [{"m": m, "who": hooks.name_of(m.by)} for m in found.measurements.all()]
    to_measure = [c for c in controls if c.name not in measured]
    return {
        "piece": found,
        "looks": looks,
        "measurements": measurements,
        "controls": controls,
        "to_measure": to_measure,
        "sampled": queries.sampled(found),
        "conform": queries.conform(found),
        "scans": [shown.scan_shown(scan) for scan in queries.scans(found)],
    }


@signed_in
def look(request: HttpRequest, serial: str) -> HttpResponse:
    """What the eye sees, with a photo, defects picked in the catalogue."""
    found, outcome = _piece(serial), None
    form = forms.LookForm(request.POST or None, initial={"verdict": "yes"})
    if request.method == "POST" and form.is_valid():
        outcome = _looked(request, found, form.cleaned_data)
        if outcome.done:
            return redirect("inspection:piece", found.serial)
    return show(request, "inspection/look.html", outcome=outcome, form=form, piece=found, defects=form.rows())


def _looked(request: HttpRequest, found: Piece, typed: dict[str, Any]) -> Outcome:
    try:
        photos = kept(request)
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    values = {"conform": typed["verdict"] == "yes", "defects": typed["defects"], "note": typed["note"]}
    return carry_out(request, actions.look, piece=found.serial, photos=photos, **values)


@signed_in
def measure(request: HttpRequest, serial: str, number: int) -> HttpResponse:
    """One dimension: its limits before anything is typed, its gauge scanned."""
    found, outcome = _piece(serial), None
    controls = queries.controls(found.build)
    if not 1 <= number <= len(controls):
        raise Http404
    control = controls[number - 1]
    form = forms.MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, actions.measure, piece=found.serial, control=control.name, **form.cleaned_data
        )
        if outcome.done:
            return redirect("inspection:piece", found.serial)
    usable = [
        g for g in queries.gauges() if g.kind == control.gauge and queries.gauge_state(g) in ("valid", "due")
    ]
    return show(
        request,
        "inspection/measure.html",
        outcome=outcome,
        form=form,
        piece=found,
        control=control,
        usable=usable,
        kind=wording.GAUGES.get(control.gauge, control.gauge),
    )


@signed_in
def new_scan(request: HttpRequest, serial: str) -> HttpResponse:
    """Send the scan of a piece: its file, the scanner, the tolerance; the server compares it."""
    found, outcome = _piece(serial), None
    usual = {"lower": number("-0.1"), "upper": number("0.1")}
    form = forms.ScanForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        outcome = _scanned(request, found, form.cleaned_data)
        if outcome.done:
            return redirect("inspection:scan", queries.scans(found)[0].pk)
    usable = [g for g in queries.gauges() if g.kind == rules.SCANNER]
    usable = [g for g in usable if queries.gauge_state(g) in ("valid", "due")]
    return show(request, "inspection/new_scan.html", outcome=outcome, form=form, piece=found, usable=usable)


def _scanned(request: HttpRequest, found: Piece, typed: dict[str, Any]) -> Outcome:
    sent, zones = request.FILES.get("scan"), request.FILES.get("zones")
    by = actor_of(request)
    try:
        permit(by, "inspection.measure")  # before the disk is touched
        if sent is None:
            raise RuleBroken("no_scan_chosen")
        typed = {**typed, "zones": forms.zones_in(zones) if zones else []}
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


@signed_in
def gauges(request: HttpRequest) -> HttpResponse:
    """The gauges with the state of their calibration."""
    rows = [
        {"gauge": g, "state": queries.gauge_state(g), "kind": wording.GAUGES.get(g.kind, g.kind)}
        for g in queries.gauges()
    ]
    may_enter = may(actor_of(request), "inspection.administer")
    return show(request, "inspection/gauges.html", rows=rows, words=wording.GAUGE_STATES, may_enter=may_enter)


@signed_in
def new_gauge(request: HttpRequest) -> HttpResponse:
    """Enter a gauge."""
    form, outcome = forms.GaugeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.enter_gauge, **form.cleaned_data)
        if outcome.done:
            return redirect("inspection:gauges")
    return show(request, "inspection/gauge.html", outcome=outcome, form=form)


@signed_in
def calibrate(request: HttpRequest, code: str) -> HttpResponse:
    """A new calibration of a gauge, with its certificate."""
    try:
        found = queries.gauge(code)
    except NotFound as unknown:
        raise Http404 from unknown
    form, outcome = forms.CalibrateForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = _calibrated(request, found.code, form.cleaned_data)
        if outcome.done:
            return redirect("inspection:gauges")
    return show(request, "inspection/gauge.html", outcome=outcome, form=form, gauge=found)


def _calibrated(request: HttpRequest, code: str, typed: dict[str, Any]) -> Outcome:
    try:
        files = kept(request, "certificate")
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    return carry_out(request, actions.calibrate, gauge=code, certificate=files[0] if files else "", **typed)


app_name = "inspection"
urlpatterns = [
    path("controle/moyens/", gauges, name="gauges"),
    path("controle/moyens/nouveau/", new_gauge, name="new_gauge"),
    path("controle/moyens/<str:code>/etalonner/", calibrate, name="calibrate"),
    path("controle/pieces/<str:serial>/", piece, name="piece"),
    path("controle/pieces/<str:serial>/voir/", look, name="look"),
    path("controle/pieces/<str:serial>/mesurer/<int:number>/", measure, name="measure"),
    path("controle/pieces/<str:serial>/scanner/", new_scan, name="new_scan"),
    path("controle/scans/<int:number>/", scan, name="scan"),
    path("controle/scans/<int:number>/image/", scan_picture, name="scan_picture"),
    path("controle/fabrications/<str:code>/", pieces, name="pieces"),
]
