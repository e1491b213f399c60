"""What holds plug in: who may stop a thing, how a hold is found, what a thing shows of its holds."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.hooks import hooks
from strate.workshop.holds import queries
from strate.workshop.holds.models import PLACED
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people import roles
from strate.workshop.things import registry

# Anybody who sees that something is wrong may stop it; letting it go is another matter.
roles.declare("holds.place", *(role for role in roles.ROLES if role != roles.AUDITOR))


def _find(code: str) -> registry.Thing | None:
    try:
        hold = queries.one(code)
    except NotFound:
        return None
    lines = [
        (_("Thing"), hooks.title_of(hold.about)),
        (_("Who can lift it"), ", ".join(str(hooks.role_label(role)) for role in hold.liftable_by)),
    ]
    return registry.Thing(
        hold.ref,
        f"{hold.number} · {queries.why(hold)}",
        url=reverse("holds:hold", args=[hold.number]),
        state="held" if hold.state == PLACED else "closed",
        lines=lines,
    )


registry.register(registry.Kind("hold", _("Hold"), find=_find, icon="hold"))


@registry.panel
def holds_of(ref: str, by: Actor) -> registry.Panel | None:
    """What stops this thing now."""
    rows = [{"hold": h, "why": queries.why(h)} for h in queries.on(ref)]
    return registry.Panel(_("On hold"), "holds/panel.html", {"rows": rows}, rank=0) if rows else None


@registry.gesture
def stop_it(ref: str, by: Actor) -> registry.Gesture | None:
    """Anything can be stopped from its own page."""
    if not roles.may(by, "holds.place") or ref.startswith("hold:"):
        return None
    return registry.Gesture(_("Put on hold"), f"{reverse('holds:place')}?{urlencode({'about': ref})}")
