"""Starting a gesture: what is under way, what is due, what can be started; every gesture ever made."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.procedures import actions, queries, showing, wording
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages.common import PAGE, narrowed_by
from strate.workshop.procedures.registry import families_here


@signed_in
def gestures(request: HttpRequest) -> HttpResponse:
    """What is under way, and what can be started."""
    about = request.GET.get("about", "")
    ready, here = queries.ready(applies_to=_family_of(about)), families_here()
    under_way = [(run, showing.title(run.procedure)) for run in queries.open_runs(about=about)]
    return show(
        request,
        "procedures/gestures.html",
        under_way=under_way,
        ready=_by_kind([v for v in ready if _made_here(v, here)]),
        due=_due(about),
        about=about,
    )


def _made_here(version: ProcedureVersion, here: set[str]) -> bool:
    """A hall without a sand machine is not offered the procedures for sand."""
    families = set(version.procedure.applies_to)
    return not families or not here or bool(families & here)


def _family_of(about: str) -> str:
    """The family of what is at hand, when the rooms know it: sand needs no procedure for metal."""
    return queries.known_of([about]).get("family", "") if about else ""


def _by_kind(versions: list[ProcedureVersion]) -> list[tuple[Any, list[tuple[ProcedureVersion, str]]]]:
    """The procedures that can be started, under the word of their kind, in the order of a working day."""
    found: dict[str, list[tuple[ProcedureVersion, str]]] = {}
    for version in versions:
        found.setdefault(version.procedure.kind, []).append((version, showing.title(version.procedure)))
    order = list(wording.PROCEDURE_KINDS)
    ranked = sorted(found, key=lambda kind: order.index(kind) if kind in order else len(order))
    return [(wording.PROCEDURE_KINDS.get(kind, kind), found[kind]) for kind in ranked]


def _due(about: str) -> list[tuple[Any, Any, str]]:
    """The readings due now, with what they are about."""
    due = queries.readings_due(clock.now())
    return [
        (watched, slot, hooks.title_of(watched.thing))
        for watched, slot in due
        if not about or about in watched.about
    ]


@signed_in
def every(request: HttpRequest) -> HttpResponse:
    """Every gesture ever made, the last first, by pages; found by procedure, thing, state."""
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ("q", "etat", "genre")}
    page = Paginator(queries.all_runs(asked["q"], asked["etat"], asked["genre"]), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(run, showing.title(run.procedure), hooks.name_of(run.started_by)) for run in page]
    picks = [
        narrowed_by("genre", _("Kind"), wording.PROCEDURE_KINDS.items(), asked),
        narrowed_by("etat", _("State"), wording.RUN_STATES.items(), asked),
    ]
    return show(request, "procedures/every.html", page=page, rows=rows, asked=asked, picks=picks)


@signed_in
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Start a gesture about the things named in `about` (one or several)."""
    about = [ref for ref in [*request.GET.getlist("about"), *request.POST.getlist("about")] if ref]
    outcome = None
    if request.method == "POST" and request.POST.get("regular"):
        outcome = carry_out(request, actions.watch, procedure=code, about=list(dict.fromkeys(about)))
        if outcome.done:
            return redirect("procedures:readings")
    elif request.method == "POST":
        outcome = carry_out(request, actions.start, procedure=code, about=list(dict.fromkeys(about)))
        if outcome.done:
            return (
                redirect("procedures:run", run=outcome.result.pk)
                if outcome.result
                else redirect("procedures:gestures")
            )
    try:
        procedure = queries.procedure(code)
    except NotFound as unknown:
        raise Http404 from unknown
    title = showing.title(procedure)
    return show(
        request,
        "procedures/start.html",
        outcome=outcome,
        heading=title,
        procedure=procedure,
        about=about,
        named=[hooks.title_of(ref) for ref in about],
    )


@signed_in
@require_POST
def spill(request: HttpRequest) -> HttpResponse:
    """One tap: what was spilt is told to HSE; its guided gesture starts from there."""
    about = urlencode([("about", ref) for ref in request.POST.getlist("about") if ref])
    return redirect(f"{reverse('safety:spill_report')}?{about}")
