"""What traceability brings to the rooms below: rights, the recall as a thing, a way to the trace from every page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import registry as builds
from strate.workshop.builds.queries import Build
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import ADMIN, HSE, QUALITY, SHIFT_LEADER, declare
from strate.workshop.site import settings
from strate.workshop.site.fields import WHOLE, Field
from strate.workshop.things.registry import Gesture, Kind, Thing, gesture, register
from strate.workshop.traceability.queries import recall

declare("traceability.recall", QUALITY, SHIFT_LEADER)
declare("traceability.see_people", QUALITY, SHIFT_LEADER, HSE, ADMIN)
TRACED = ("lot", "build", "piece", "order", "part", "container", "machine", "silo")

settings.register(
    Field(
        "trace_lines",
        WHOLE,
        5_000_000,
        _("Pours kept in memory for tracing"),
        _("Each process keeps the family tree of powder, 16 bytes a pour; beyond, the database is asked."),
        settings.SITE,
        "production",
        **settings.bounded(0, 50_000_000),
    )
)


@gesture
def follow(ref: str, by: Actor) -> Gesture | None:
    """From the page of anything made of powder, or holding some, to where it comes from and where it went."""
    if ref.partition(":")[0] not in TRACED:
        return None
    return Gesture(_("Where it comes from, where it went"), reverse("traceability:trace", args=[ref]))


def _recall(number: str) -> Thing | None:
    try:
        found = recall.recall(number)
    except NotFound:
        return None
    standing = recall.counted(found)["placed"]
    lines = [(_("Lot"), found.lot), (_("Reason"), found.reason), (_("Still stopped"), str(standing))]
    url = reverse("traceability:recall", args=[found.number])
    return Thing(found.ref, f"{found.number} · {found.lot}", url, "held" if standing else "closed", lines)


register(Kind("recall", _("Recall"), find=_recall, icon="hold"))


@dataclass(frozen=True)
class Shown:
    """What the page of a build shows of its powder."""

    template: str
    context: dict[str, Any]


@builds.panel
def traced(build: Build) -> Shown:
    """On the page of a build: the way to where its powder comes from and where it went."""
    return Shown("traceability/panel.html", {"ref": build.ref})
