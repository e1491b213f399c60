"""What traceability brings to the rooms below: rights, the recall as a thing, a way to the trace from every page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import ADMIN, HSE, QUALITY, SHIFT_LEADER, declare
from strate.workshop.site import settings
from strate.workshop.site.fields import WHOLE, Field
from strate.workshop.things.registry import Gesture, gesture

declare("traceability.recall", QUALITY, SHIFT_LEADER)
declare("traceability.see_people", QUALITY, SHIFT_LEADER, HSE, ADMIN)
TRACED = ("lot", "build", "piece", "order", "part", "container", "machine", "silo")

settings.register(
    Field(
        "trace_lines",
        WHOLE,
        5_000_000,
        _("Pours kept in memory for tracing"),
        _(
            "Each process of the server keeps the family tree of powder, 16 bytes a pour; beyond, the database is asked."
        ),
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
