"""The page of notices: what waits for whoever holds the tablet; a tap leads to the thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.notices import actions, queries
from strate.workshop.notices.forms import WorkForm
from strate.workshop.work import actions as work
from strate.workshop.work import queries as queue


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """What was told to this person, newest first."""
    found = queries.recent(actor_of(request))
    rows = [{"notice": n, "says": queries.sentence(n)} for n in found]
    return show(request, "notices/list.html", rows=rows, unread=sum(not n.seen for n in found))


@require_POST
@signed_in
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark it read and go to the thing it speaks of."""
    actor = actor_of(request)
    actions.mark_read(by=actor, notice=notice)
    found = queries.meant_for(actor).filter(pk=notice).first()
    return redirect("things:thing", ref=found.about) if found else redirect("notices:list")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_all_read(by=actor_of(request))
    return redirect("notices:list")


# The work queue lies below the doors of the house: its page and its verbs for programs are kept here.
GESTURES = {"retry": work.retry, "give_up": work.give_up}


@signed_in
def server_work(request: HttpRequest) -> HttpResponse:
    """What the server could not do: an administrator has it tried again, or gives it up with a reason."""
    outcome, verb = None, GESTURES.get(request.POST.get("gesture", ""))
    if request.method == "POST" and verb is not None:
        form = WorkForm(request.POST)
        if form.is_valid():
            outcome = carry_out(request, verb, **form.cleaned_data)
            if outcome.done:
                return redirect("notices:work")
    context = {
        "failed": queue.failed(),
        "counts": queue.counts(),
        "administers": "admin" in actor_of(request).roles,
    }
    return show(request, "notices/work.html", outcome=outcome, **context)


app_name = "notices"
urlpatterns = [
    path("avis/", notices, name="list"),
    path("avis/<int:notice>/", open_notice, name="open"),
    path("avis/tout-lu/", read_all, name="read_all"),
    path("travaux/", server_work, name="work"),
]
