"""What the parts bring to the rooms below: rights and labels."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.parts.models import Part
from strate.workshop.people.roles import DESIGN, METHODS, declare
from strate.workshop.things.registry import Kind, Thing, register

declare("parts.enter", METHODS, DESIGN)
declare("parts.add_file", METHODS, DESIGN)
declare("parts.approve_file", METHODS)


def _thing(part: Part) -> Thing:
    return Thing(part.ref, f"{part.code} · {part.title}", reverse("parts:part", args=[part.code]))


def find(code: str) -> Thing | None:
    found = Part.objects.filter(code=code).first()
    return _thing(found) if found else None


def search(text: str, limit: int) -> list[Thing]:
    found = Part.objects.filter(code__icontains=text) | Part.objects.filter(title__icontains=text)
    return [_thing(p) for p in found[:limit]]


register(Kind("part", _("Part"), find, search, icon="part"))
