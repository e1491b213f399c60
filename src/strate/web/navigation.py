"""The way around the house at a desk: the rooms in the order of the process, those of the person's trade."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor

Way = tuple[str | Promise, str, str]
EVERYBODY: frozenset[str] = frozenset()

SECTIONS: tuple[tuple[str | Promise, frozenset[str], tuple[Way, ...]], ...] = (
    (
        _("Workshop"),
        EVERYBODY,
        (
            (_("Next"), "home", "arrow"),
            (_("Handover"), "handover:board", "shift"),
            (_("Orders"), "orders:queue", "order"),
            (_("Builds"), "builds:list", "layer"),
            (_("Machines"), "machines:hall", "machine"),
            (_("Feedstock"), "feedstock:lots", "powder"),
            (_("Gestures"), "procedures:gestures", "check"),
            (_("Maintenance"), "maintenance:board", "settings"),
            (_("Safety"), "safety:sheets", "warn"),
        ),
    ),
    (
        _("Quality"),
        EVERYBODY,
        (
            (_("Traceability"), "traceability:search", "blend"),
            (_("Anomalies"), "anomalies:list", "warn"),
            (_("Holds"), "holds:list", "hold"),
            (_("Gauges"), "inspection:gauges", "gauge"),
            (_("Dossiers"), "dossier:dossiers", "document"),
        ),
    ),
    (
        _("Qualification"),
        EVERYBODY,
        (
            (_("Candidates"), "qualification:files", "user"),
            (_("Juries"), "qualification:juries", "sign"),
            (_("References"), "qualification:references", "document"),
        ),
    ),
    (
        _("Methods"),
        frozenset({"methods", "quality", "design", "hse", "maintenance", "shift_leader", "admin"}),
        (
            (_("Parts and files"), "parts:parts", "part"),
            (_("Routings"), "routings:routings", "order"),
            (_("Procedures"), "procedures:list", "document"),
            (_("Materials"), "feedstock:materials", "powder"),
        ),
    ),
    (
        _("Administration"),
        frozenset({"admin", "shift_leader", "quality", "hse"}),
        (
            (_("People"), "people:people", "user"),
            (_("Skills"), "people:matrix", "badge"),
            (_("What ends soon"), "people:authorisations", "clock"),
            (_("Personal data"), "people:retentions", "lock"),
            (_("Tablets"), "people:stations", "settings"),
            (_("Places"), "site:places", "machine"),
            (_("Settings"), "site:settings", "settings"),
            (_("Background work"), "notices:work", "wait"),
            (_("Health"), "health", "check"),
        ),
    ),
)


def rooms(actor: Actor | None, path: str) -> list[dict[str, Any]]:
    """The sections this person sees, each with its rooms; the current one is marked."""
    mine = actor.roles if actor else frozenset()
    here = _current(path)
    shown = []
    for title, roles, ways in SECTIONS:
        if roles and not roles & mine:
            continue
        shown.append({"title": title, "rooms": [_way(way, here) for way in ways]})
    return shown


def _current(path: str) -> str:
    """The room one is in: of those whose address begins like the page's, the nearest."""
    addresses = [reverse(name) for _title, _roles, ways in SECTIONS for _label, name, _icon in ways]
    return max((a for a in addresses if path == a or (a != "/" and path.startswith(a))), key=len, default="")


def _way(way: Way, here: str) -> dict[str, Any]:
    label, name, icon = way
    url = reverse(name)
    return {"label": label, "url": url, "icon": icon, "current": url == here}
