"""The addresses of the house: each room brings its own pages; the API is under /api/."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from strate.rooms import room_modules
from strate.web import pages
from strate.web.api import api


def room_addresses() -> list[URLPattern | URLResolver]:
    """The pages of every room that has some, under the room's name."""
    found: list[URLPattern | URLResolver] = []
    for name in room_modules("pages"):
        room, module = name.split(".")[-2], import_module(name)
        patterns = getattr(module, "urlpatterns", None)
        if patterns:
            found.append(path("", include((patterns, room), namespace=room)))
    return found


urlpatterns = [
    path("", pages.home, name="home"),
    path("sante/", pages.health, name="health"),
    path("specimen/", pages.specimen, name="specimen"),
    path("langue/", pages.language, name="language"),
    path("api/", api.urls),
    *room_addresses(),
]
handler404 = "strate.web.pages.not_found"
handler500 = "strate.web.pages.broken"
