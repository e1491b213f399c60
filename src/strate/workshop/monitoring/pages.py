"""The page of the layers: one of them with its outline and its values; some of them marked as doubtful or decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules
from strate.workshop.builds.queries import Build
from strate.workshop.doors import wording as words
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.monitoring import actions, forms, outlines, queries, wording
from strate.workshop.parts import queries as parts
from strate.workshop.people.roles import may
from strate.workshop.telemetry import queries as telemetry


def _build(code: str) -> Build:
    try:
        return builds.build(code)
    except NotFound as unknown:
        raise Http404 from unknown


def _layer(request: HttpRequest, found: Build) -> int:
    """The layer asked for, else the last one made; never outside the build."""
    asked = request.GET.get("layer", "")
    last = queries.last_layer(found.code)[0] or 1
    layer = int(asked) if asked.isdecimal() and len(asked) < 8 else last
    return min(max(layer, 1), max(found.layers_planned, 1))


@signed_in
def layers(request: HttpRequest, code: str) -> HttpResponse:
    """The strata, one layer of them, and the mark somebody puts on some."""
    found, outcome = _build(code), None
    layer = _layer(request, found)
    by = actor_of(request)
    initial = {"first": layer, "last": layer}
    form = forms.MarkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.mark_layers, build=found.code, **form.cleaned_data)
        if outcome.done:
            return redirect("monitoring:layers", code=found.code)
    marks = [_mark(fact) for fact in queries.marks(found.ref)]
    more = {"may_mark": may(by, "monitoring.mark"), "marks": marks, **_made(found)}
    seen = {
        "title": f"{found.code} · {found.file_digest[:12]}",
        "name": found.code,
        "layers_url": _stream(found),
        # Who asks for one layer stays on it; who asks for none goes with the machine.
        "follows": not request.GET.get("layer"),
    }
    return show(
        request, "monitoring/layers.html", outcome=outcome, form=form, **_one(found, layer), **more, **seen
    )


@signed_in
def made(request: HttpRequest, code: str) -> HttpResponse:
    """The strata as far as the machine is, asked for again every few seconds while it runs."""
    found = _build(code)
    return render(request, "monitoring/_made.html", {"build": found, **_made(found)})


def _made(found: Build) -> dict[str, Any]:
    last, at = queries.last_layer(found.code)
    state = telemetry.now_of(found.machine).get("state")
    return {
        "runs": [(run.state, run.count) for run in queries.strata(found.code, found.layers_planned)],
        "last": last,
        "last_at": at,
        "running": found.state in (rules.LAUNCHED, rules.HELD),
        "heard": bool(state and state.good),
        "heard_at": telemetry.heard_at(found.machine),
    }


@signed_in
def one(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that follows the slider."""
    found = _build(code)
    return render(request, "monitoring/_layer.html", _one(found, _layer(request, found)))


def _one(found: Build, layer: int) -> dict[str, Any]:
    record = queries.record(found.code, layer)
    values = [
        (wording.VALUES[name], getattr(record, name) if record else None, wording.UNITS[name])
        for name in wording.VALUES
    ]
    return {
        "build": found,
        "layer": layer,
        "record": record,
        "values": values,
        "outline": _outline(found, layer),
    }


def _stream(found: Build) -> str:
    """Where the screens read the layers of the file being made; nothing while there is none."""
    if not found.file_digest or found.layer_um <= 0:
        return ""
    return f"{reverse('api:parts.layers', args=[found.file_digest])}?layer_um={found.layer_um}"


def _outline(found: Build, layer: int) -> outlines.Outline | None:
    if found.plate:  # the file holds the whole plate, drawn from its front left corner
        far = (int(found.plate["width_mm"]) * 1000, int(found.plate["depth_mm"]) * 1000)
        return outlines.outline(
            found.file_digest, found.layer_um, layer, layers=found.layers_planned, box=((0, 0), far)
        )
    row = found.orders.first()
    file = parts.approved_file(row.part, row.revision) if row else None
    if file is None or file.digest != found.file_digest:
        return None
    box = file.verdict.get("box") or {}
    low, high = box.get("low", (0, 0, 0)), box.get("high", (1, 1, 1))
    corners = ((round(low[0] * 1000), round(low[1] * 1000)), (round(high[0] * 1000), round(high[1] * 1000)))
    return outlines.outline(
        found.file_digest, found.layer_um, layer, layers=found.layers_planned, box=corners
    )


def _mark(fact: Any) -> dict[str, Any]:
    told = queries.told(fact)
    said = words.fact_sentence(fact.what, told["data"])
    return {"at": fact.recorded_at, "what": said, "who": hooks.name_of(fact.by), "note": told["reason"]}


app_name = "monitoring"
urlpatterns = [
    path("fabrications/<str:code>/couches/", layers, name="layers"),
    path("fabrications/<str:code>/couches/faites/", made, name="made"),
    path("fabrications/<str:code>/couches/une/", one, name="one"),
]
