"""What the frame around every page shows: who is writing, where, and what waits for them."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from strate.web import navigation
from strate.workshop.notices import queries as notices
from strate.workshop.site import queries as site


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
        "notices_count": notices.count_unread(actor) if person and actor else 0,
    }
