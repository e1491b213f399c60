"""What anomalies plug in: anybody may report; what a thing shows of its anomalies, how to report one."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.anomalies import queries
from strate.workshop.anomalies.models import Anomaly
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people import roles
from strate.workshop.things import registry

roles.declare("anomalies.report", *(role for role in roles.ROLES if role != roles.AUDITOR))
roles.declare("anomalies.administer", roles.ADMIN, roles.QUALITY)


def _thing(anomaly: Anomaly) -> registry.Thing:
    return registry.Thing(
        anomaly.ref,
        f"{anomaly.number} · {queries.kind_title(anomaly.kind)}",
        url=reverse("anomalies:anomaly", args=[anomaly.number]),
        state=anomaly.state,
        lines=[
            (_("Recipient"), queries.recipient_title(anomaly.recipient)),
            (_("What was seen"), anomaly.text),
        ],
    )


def _find(code: str) -> registry.Thing | None:
    try:
        return _thing(queries.one(code))
    except NotFound:
        return None


def _search(text: str, limit: int) -> list[registry.Thing]:
    return [_thing(a) for a in queries.listed(state="all", text=text, limit=limit)]


def _find_recipient(code: str) -> registry.Thing | None:
    shown = next((r for r in queries.recipients(also_closed=True) if r.code == code), None)
    return (
        registry.Thing(f"recipient:{code}", shown.title, url=reverse("anomalies:recipients"))
        if shown
        else None
    )


registry.register(registry.Kind("anomaly", _("Anomaly"), find=_find, search=_search, icon="warn"))
registry.register(registry.Kind("recipient", _("Recipient"), find=_find_recipient, icon="user"))


@registry.panel
def anomalies_of(ref: str, by: Actor) -> registry.Panel | None:
    """What was reported on this thing and is not closed."""
    rows = [{"anomaly": a, "title": queries.kind_title(a.kind)} for a in queries.on(ref)]
    return registry.Panel(_("Anomalies"), "anomalies/panel.html", {"rows": rows}, rank=10) if rows else None


@registry.gesture
def report_it(ref: str, by: Actor) -> registry.Gesture | None:
    """An anomaly is reported from the page of any thing."""
    if ref.startswith("anomaly:") or not roles.may(by, "anomalies.report"):
        return None
    return registry.Gesture(
        _("Report an anomaly"), f"{reverse('anomalies:report')}?{urlencode({'about': ref})}"
    )
