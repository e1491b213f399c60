"""What the parts bring to the rooms below: rights and labels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import NotFound
from strate.workshop.parts import queries, views
from strate.workshop.people.roles import DESIGN, METHODS, declare
from strate.workshop.things.registry import Kind, Thing, register
from strate.workshop.work import registry as work

declare("parts.enter", METHODS, DESIGN)
declare("parts.add_file", METHODS, DESIGN)
declare("parts.approve_file", METHODS)


@work.handler("parts.prepare_views")
def prepare_views(payload: dict[str, Any]) -> None:
    """A file just taken in is drawn before somebody asks to see it."""
    views.prepare(payload["digest"], payload["layer_um"])


work.routine("parts.prune_views", every_s=3600)(views.prune)


def _thing(part: Any) -> Thing:
    return Thing(part.ref, f"{part.code} · {part.title}", reverse("parts:part", args=[part.code]))


def find(code: str) -> Thing | None:
    try:
        return _thing(queries.part(code))
    except NotFound:
        return None


def search(text: str, limit: int) -> list[Thing]:
    return [_thing(p) for p in queries.parts(text)[:limit]]


register(Kind("part", _("Part"), find, search, icon="part"))
