"""What a machine says, to be looked at: its signals now and their last minutes."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines import queries as hall
from strate.workshop.telemetry import queries, shown

SPANS = {"5": timedelta(minutes=5), "15": timedelta(minutes=15), "60": timedelta(hours=1)}


@require_safe
@signed_in
def signals(request: HttpRequest, code: str) -> HttpResponse:
    """Every signal of a machine with its unit, age and quality; refreshed while it is looked at."""
    try:
        machine = hall.machine(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
    line, now = queries.hall_now([machine.code])[machine.code]
    minutes = request.GET.get("minutes", "15")
    span = SPANS.get(minutes, SPANS["15"])
    names = {n for n in shown.CURVES if n in now}
    points = queries.curves(machine.code, names, since=span) if names else {}
    curves = [shown.curve(n, now[n].unit, points[n], since=span) for n in shown.CURVES if n in names]
    context = {
        "machine": machine,
        "line": line,
        "silence": "" if line.live else shown.silence(line.why),
        "rows": shown.rows(now, at=clock.now()),
        "curves": [c for c in curves if c],
        "minutes": minutes if minutes in SPANS else "15",
        "spans": list(SPANS),
        "width": shown.WIDTH,
        "height": shown.HEIGHT,
    }
    watching = request.GET.get("live") == "1"
    return show(request, "telemetry/_signals.html" if watching else "telemetry/signals.html", **context)


app_name = "telemetry"
urlpatterns = [path("machines/<str:code>/signaux/", signals, name="signals")]
