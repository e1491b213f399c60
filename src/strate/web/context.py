"""What the frame around every page shows: who is writing, where, and what waits for them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from strate.web import health, navigation
from strate.workshop.journal.actor import Actor
from strate.workshop.notices import queries as notices
from strate.workshop.site import queries as site


def _disk_warning(actor: Actor | None) -> str:
    """Told to those who can make room; the page of health tells it to everybody."""
    return health.disk_warning() if actor and "admin" in actor.roles else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The header's values; a page drawn before the people room has spoken (an error page) shows nobody."""
    actor = getattr(request, "actor", None)
    person = getattr(request, "person", None)
    return {
        "actor": actor,
        "person": person,
        "station": getattr(request, "station", None),
        "site_name": site.value("name"),
        "rooms": SimpleLazyObject(lambda: navigation.rooms(actor, request.path)) if person else [],
        "disk_warning": _disk_warning(actor) if request.path != reverse("health") else "",
        "notices_count": notices.count_unread(actor) if person and actor else 0,
    }
