"""The pages of the pieces: those of a build, one of them, what the eye sees, a measurement."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from strate.workshop.attachments.pages import kept
from strate.workshop.builds import queries as builds
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.inspection import actions, forms, queries, shown, wording
from strate.workshop.inspection.models import Piece
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.things import registry

PAGE = 100


def piece_or_404(serial: str) -> Piece:
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
    found, outcome = piece_or_404(serial), None
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
    gestures = registry.gestures(found.ref, actor_of(request))
    return show(
        request, "inspection/piece.html", outcome=outcome, form=form, gestures=gestures, **_seen(found)
    )


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
    found, outcome = piece_or_404(serial), None
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
    found, outcome = piece_or_404(serial), None
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
