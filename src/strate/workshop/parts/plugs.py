"""What the parts bring to the rooms below: rights and labels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import NotFound
from strate.workshop.parts import queries
from strate.workshop.people.roles import DESIGN, METHODS, declare
from strate.workshop.things.registry import Kind, Thing, register

declare("parts.enter", METHODS, DESIGN)
declare("parts.add_file", METHODS, DESIGN)
declare("parts.approve_file", METHODS)


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
