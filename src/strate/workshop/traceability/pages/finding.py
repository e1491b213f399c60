"""Find anything by its code, its supplier lot, its heat, its order or its customer: one field across the rooms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, show
from strate.workshop.feedstock import genealogy
from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import may
from strate.workshop.things import registry
from strate.workshop.things.registry import Thing
from strate.workshop.traceability.plugs import TRACED

EACH = 20


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """A label read exactly opens its trace; several, or something like it, are shown by kind."""
    text, by = request.GET.get("q", "").strip(), actor_of(request)
    exact = [t for t in registry.matching(text) if _allowed(t, by)] if text else []
    if len(exact) == 1 and _traced(exact[0]):
        return redirect("traceability:trace", ref=exact[0].ref)
    groups = found(text, exact, by) if text else []
    if len(groups) == 1 and len(groups[0]["things"]) == 1 and groups[0]["exact"]:
        return redirect(groups[0]["things"][0]["url"])
    page = show(request, "traceability/search.html", text=text, groups=groups, allowed=by.rights)
    page.status_code = 404 if text and not groups else 200
    return page


def found(text: str, exact: list[Thing], by: Actor) -> list[dict[str, Any]]:
    """What answers, by kind: what bears exactly this name first."""
    groups: list[dict[str, Any]] = []
    if exact:
        groups.append(_group(_("Bears exactly this name"), exact, exact=True))
    bought = [registry.find(ref) for ref in genealogy.bought_as(text)]
    if bought:
        groups.append(_group(_("Came under this supplier lot or heat"), bought, exact=not exact))
    known = {thing.ref for thing in (*exact, *bought)}
    kinds = registry.kinds()
    by_kind: dict[str, list[Thing]] = {}
    for thing in registry.search(text, EACH):
        if thing.ref not in known and _allowed(thing, by):
            by_kind.setdefault(thing.ref.partition(":")[0], []).append(thing)
    return groups + [_group(str(kinds[kind].label), things) for kind, things in by_kind.items()]


def _group(title: str, things: list[Thing], *, exact: bool = False) -> dict[str, Any]:
    rows = [{"thing": thing, "url": url_of(thing), "traced": _traced(thing)} for thing in things]
    return {"title": title, "things": rows, "exact": exact, "full": len(things) >= EACH}


def url_of(thing: Thing) -> str:
    """To its trace when it has one, else to its own page."""
    return reverse("traceability:trace" if _traced(thing) else "things:thing", args=[thing.ref])


def _traced(thing: Thing) -> bool:
    return thing.ref.partition(":")[0] in TRACED


def _allowed(thing: Thing, by: Actor) -> bool:
    """Who has done what is asked on the things; people themselves are looked up by those who may."""
    return (
        not thing.ref.startswith("person:")
        or may(by, "traceability.see_people")
        or thing.ref == f"person:{by.person}"
    )
