"""What handover plugs in: who hands over, what lower rooms leave unfinished, and the look before a launch."""

from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.builds import registry as builds
from strate.workshop.doors.hooks import hooks
from strate.workshop.handover import queries, registry
from strate.workshop.handover.registry import Item
from strate.workshop.holds import queries as holds
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.machines import queries as machines
from strate.workshop.machines import registry as hall
from strate.workshop.people import roles
from strate.workshop.procedures import queries as procedures
from strate.workshop.site import queries as site
from strate.workshop.things.registry import Kind, Thing, register

HANDS = (roles.OPERATOR, roles.SHIFT_LEADER, roles.MAINTENANCE, roles.METHODS, roles.QUALITY)
roles.declare("handover.write", *HANDS, roles.HSE, "system")
roles.declare("handover.take_over", *HANDS, "system")


def _find(code: str) -> Thing | None:
    try:
        note = queries.one(code)
    except NotFound:
        return None
    title = f"{note.number} · {Truncator(note.text).chars(60)}"
    state = "done" if note.acknowledged_by else "to_check"
    return Thing(note.ref, title, url=reverse("handover:note", args=[note.number]), state=state)


def _find_shift(code: str) -> Thing | None:
    day, _sep, start = code.partition("T")
    try:
        starts = datetime.combine(date.fromisoformat(day), time.fromisoformat(start))
    except ValueError:
        return None
    return Thing(f"shift:{code}", date_format(starts, "SHORT_DATETIME_FORMAT"), url=reverse("handover:board"))


register(Kind("note", _("Shift note"), find=_find, icon="shift"))
register(Kind("shift", _("Shift"), find=_find_shift, icon="shift"))


@registry.contribute
def _anomalies(place: str) -> list[Item]:
    return [
        Item(
            _("Anomalies"),
            f"{a.number} · {anomalies.kind_title(a.kind)}",
            a.ref,
            reverse("anomalies:anomaly", args=[a.number]),
            a.state,
            ", ".join(hooks.title_of(ref) for ref in anomalies.things_of(a)),
            rank=20,
        )
        for a in anomalies.unsettled(limit=50)
    ]


@registry.contribute
def _holds(place: str) -> list[Item]:
    return [
        Item(
            _("On hold"),
            hooks.title_of(h.about),
            h.about,
            reverse("holds:hold", args=[h.number]),
            "held",
            holds.why(h),
            rank=10,
        )
        for h in holds.standing_now(limit=50)
    ]


@registry.contribute
def _runs(place: str) -> list[Item]:
    return [
        Item(
            _("Work under way"),
            hooks.title_of(run.ref),
            run.ref,
            reverse("things:thing", args=[run.ref]),
            "interrupted" if run.state == "interrupted" else "running",
            hooks.name_of(run.started_by),
            rank=30,
        )
        for run in procedures.open_runs()[:50]
    ]


@registry.machine_states
def _machines(place: str) -> dict[str, dict[str, Any]]:
    found = machines.machines()
    here = found.filter(place__in=(place, place.removeprefix("place:"))) if place else found
    heard = hall.heard([m.code for m in here])
    return {m.ref: _stands(m, heard[m.code]) for m in here}


def _stands(machine: Any, heard: hall.Heard) -> dict[str, Any]:
    """What is heard of a machine now; what was last declared only of one that is not heard."""
    now = {"machine_state": heard.state} if heard.live and heard.state else {"power": machine.power}
    return now | {"material": f"material:{machine.material}" if machine.material else ""}


@builds.before_launch
def _shift_is_taken_over(build: Any) -> list[Reason]:
    """As the site decided: a launch waits for somebody to have taken over the shift, or only warns."""
    gate, at = site.value("handover_gate"), clock.now()
    if gate == "warn" or queries.taken_by_anybody(at=at):
        return []
    values = {"starts_at": queries.shift_at(at).starts_at}
    lifted_by = (roles.OPERATOR, roles.SHIFT_LEADER)
    return [Reason("shift_not_taken_over", values, lifted_by=lifted_by, overridable=gate == "override")]
