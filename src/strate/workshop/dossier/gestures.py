"""The last gesture of a build: the dossiers of its orders are sealed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.builds import rules
from strate.workshop.builds.path import AHEAD, DONE, NOW, Gesture, on_the_path
from strate.workshop.builds.queries import Build
from strate.workshop.dossier import queries
from strate.workshop.journal.actor import Actor


@on_the_path(720)
def seal(build: Build, by: Actor) -> Gesture | None:
    """One dossier for each order of the plate; the page is that of the first one not sealed yet."""
    if build.state == rules.ABANDONED:
        return None
    orders = [row.order for row in build.orders.all()]
    left = [order for order in orders if queries.state_of(order) == queries.OPEN]
    state = DONE if not left else NOW if build.state == rules.CLOSED else AHEAD
    url = reverse("dossier:dossier", args=[(left or orders)[0]])
    return Gesture("close", "dossier", _("Seal the dossier"), state, url, ", ".join(left))
