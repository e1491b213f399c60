"""Where one lands: the next thing to do for this person, then what is going on, then what waits."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.builds import path
from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of
from strate.workshop.handover import queries as handover
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.monitoring import queries as layers
from strate.workshop.notices import queries as notices
from strate.workshop.orders import queries as orders
from strate.workshop.people import queries as people
from strate.workshop.procedures import queries as procedures
from strate.workshop.procedures import showing as gestures

FLOOR = {"operator", "shift_leader"}
LEADING = {"shift_leader", "trainer", "hse"}
QUEUE_SHOWN = 6
# Each asks what its next gesture is: more than these are counted, and lie one tap away.
BUILDS_SHOWN = 6


@dataclass(frozen=True)
class Next:
    """The big button: one gesture, where it is done, why now."""

    title: str
    url: str
    note: str = ""


def board(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows."""
    by = actor_of(request)
    live = builds.builds().filter(state__in=build_rules.LIVE)
    running = [_build_card(build, by) for build in live[:BUILDS_SHOWN]]
    return {
        "next": _next(by, running),
        "running": running,
        "more_running": max(0, live.count() - BUILDS_SHOWN) if len(running) == BUILDS_SHOWN else 0,
        "queue": list(orders.queue()[:QUEUE_SHOWN]),
        "runs": [(run, gestures.title(run.procedure)) for run in procedures.open_runs(by=by.person)],
        "due": _due(),
        "notices": notices.unread(by)[:5],
        "anomalies": anomalies.waiting_for(by)[:5],
        "places": handover.pending(""),
        **_ending(by),
    }


def _ending(by: Actor) -> dict[str, Any]:
    """What ends soon: the person's own records, and for who leads a team how many others."""
    today = timezone.localdate(clock.now())
    shown = {"my_ending": people.ending_soon(on=today, person=by.person)[:3]} if by.person else {}
    if by.roles & LEADING:
        team = people.team_of(by.person)
        shown["ending_count"] = len(people.ending_soon(on=today, team=team.code if team else ""))
    return shown


def _build_card(build: Any, by: Actor) -> dict[str, Any]:
    return {
        "build": build,
        "next": path.next_gesture(path.one_by_one(build, by)),
        "strata": [(run.state, run.count) for run in layers.strata(build.code, build.layers_planned)],
        "layer": layers.last_layer(build.code)[0],
    }


def _due() -> list[tuple[Any, Any, str]]:
    """The readings due now, with what they are about."""
    due = procedures.readings_due(clock.now())
    return [(watched, slot, hooks.title_of(watched.thing)) for watched, slot in due]


def _next(by: Actor, running: list[dict[str, Any]]) -> Next | None:
    """The shift first; then the gesture under way; then the build that waits; then the queue."""
    if by.roles & FLOOR and not handover.taken(by.person, at=clock.now(), place="hall"):
        return Next(
            _("Take over the shift"), reverse("handover:board"), _("What the last shift left for you")
        )
    for run in procedures.open_runs(by=by.person):
        return Next(_("Go on with the gesture under way"), reverse("procedures:run", args=[run.pk]))
    for watched, _slot, named in _due() if by.roles & FLOOR else ():
        return Next(
            _("Fill in the reading sheet"), reverse("procedures:reading_sheet", args=[watched.pk]), named
        )
    for card in running:
        gesture = card["next"]
        if gesture and gesture.state in (path.NOW, path.WAITING) and by.roles & FLOOR:
            return Next(str(gesture.title), gesture.url, f"{card['build'].code} · {gesture.note}".strip(" ·"))
    if by.roles & FLOOR and orders.queue().exists():
        return Next(_("Prepare a build"), reverse("builds:new"), _("From the queue of orders"))
    return None
