"""The pages of maintenance: what is due on each machine, its round, its book."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.machines import queries as machines
from strate.workshop.machines import wording as hall
from strate.workshop.maintenance import actions, plugs, queries, rules, wording
from strate.workshop.maintenance.forms import TaskForm
from strate.workshop.maintenance.models import MaintenanceTask
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may


@signed_in
def board(request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
    """Every machine with what is due on it, those that are stopped by it first."""
    at, rows = clock.now(), []
    for each in machines.machines():
        due = queries.due(each.code, at)
        rows.append({"machine": each, "due": len(due), "blocking": sum(s.task.blocking for s in due)})
    rows.sort(key=lambda row: (-row["blocking"], -row["due"], row["machine"].code))
    asked = [
        {"request": r, "title": plugs.title(r.task), "who": hooks.name_of(r.by)} for r in queries.requests()
    ]
    may_write = may(actor_of(request), "maintenance.write_task")
    return show(
        request,
        "maintenance/board.html",
        outcome=outcome,
        rows=rows,
        asked=asked,
        may_write=may_write,
        any_task=bool(queries.tasks()),
    )


@signed_in
def machine(request: HttpRequest, code: str, outcome: Outcome | None = None) -> HttpResponse:
    """The cares of one machine: due, to come, asked of maintenance; and what was done."""
    try:
        on = machines.machine(code)
    except NotFound as unknown:
        raise Http404 from unknown
    level = rules.highest_level(actor_of(request).roles)
    rows = [_row(s, level) for s in queries.standings(code, clock.now())]
    history = [
        {
            "at": d.at,
            "what": plugs.title(d.task),
            "who": hooks.name_of(d.by),
            "note": " ".join(filter(None, (d.value, d.note))),
            "tone": "warn" if d.outcome == "deviation" else "ok",
        }
        for d in queries.history(on.ref, 20)
    ]
    mine = sum(row["mine"] for row in rows)
    context = {"machine": on, "rows": rows, "history": history, "mine": mine}
    return show(request, "maintenance/machine.html", outcome=outcome, **context)


def _row(standing: queries.Standing, level: int) -> dict[str, Any]:
    task = standing.task
    return {
        "standing": standing,
        "title": plugs.title(task),
        "trigger": wording.TRIGGERS[task.trigger],
        "mine": standing.due and task.level <= level,
        "above": standing.due and task.level > level,
        "who": hooks.name_of(standing.last.by) if standing.last else "",
    }


@signed_in
@require_POST
def start_round(request: HttpRequest, code: str) -> HttpResponse:
    """The round: one guided gesture with a step for each care due."""
    outcome = carry_out(request, actions.start_round, machine=code)
    if outcome.done:
        return (
            redirect("procedures:run", run=outcome.result.pk)
            if outcome.result
            else redirect("procedures:gestures")
        )
    return machine(request, code, outcome)


@signed_in
@require_POST
def ask(request: HttpRequest, code: str, task: str) -> HttpResponse:
    """Ask maintenance for a care above one's level."""
    outcome = carry_out(request, actions.request, task=task, machine=code, note=request.POST.get("note", ""))
    return redirect("maintenance:machine", code=code) if outcome.done else machine(request, code, outcome)


@signed_in
def new_task(request: HttpRequest) -> HttpResponse:
    """Write a care, or write it anew (`?task=`)."""
    form = TaskForm(request.POST or None, initial=_initial(request.GET.get("task", "")))
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.write_task, **form.values())
        if outcome.done:
            return redirect("maintenance:tasks")
    return show(request, "maintenance/task.html", outcome=outcome, form=form)


def _initial(code: str) -> dict[str, Any]:
    if not code:
        return {}
    try:
        task = queries.task(code)
    except NotFound as unknown:
        raise Http404 from unknown
    return {name: getattr(task, name) for name in TaskForm.base_fields}


@signed_in
def tasks(request: HttpRequest) -> HttpResponse:
    """Every care in service, at a desk."""
    rows = [
        {"task": t, "title": plugs.title(t), "trigger": wording.TRIGGERS[t.trigger], "where": _where(t)}
        for t in queries.tasks()
    ]
    may_write = may(actor_of(request), "maintenance.write_task")
    return show(request, "maintenance/tasks.html", rows=rows, may_write=may_write)


def _where(task: MaintenanceTask) -> str:
    """Which machines a care is for: one of them, or a kind, in the words of the hall."""
    words = [hall.KINDS.get(task.machine_kind, ""), hall.FAMILIES.get(task.family, "")]
    said = [task.machine, *(str(word) for word in words if word)]
    return " · ".join(word for word in said if word) or "—"


@signed_in
@require_POST
def defaults(request: HttpRequest) -> HttpResponse:
    """Propose the usual cares."""
    outcome = carry_out(request, actions.load_defaults)
    return redirect("maintenance:tasks") if outcome.done else board(request, outcome)


app_name = "maintenance"
urlpatterns = [
    path("maintenance/", board, name="board"),
    path("maintenance/taches/", tasks, name="tasks"),
    path("maintenance/taches/nouvelle/", new_task, name="new_task"),
    path("maintenance/taches/defauts/", defaults, name="defaults"),
    path("maintenance/<str:code>/", machine, name="machine"),
    path("maintenance/<str:code>/ronde/", start_round, name="round"),
    path("maintenance/<str:code>/demander/<str:task>/", ask, name="ask"),
]
