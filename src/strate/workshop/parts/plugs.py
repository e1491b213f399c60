"""What the parts bring to the rooms below: rights and labels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound
from strate.workshop.parts import queries, rules, views
from strate.workshop.parts.models import ExchangeFile
from strate.workshop.people.roles import DESIGN, METHODS, declare
from strate.workshop.things.registry import Gesture, Kind, Thing, doable, register
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


@doable
def with_a_part(ref: str, by: Actor) -> list[Gesture]:
    """A new file is added to a part; a verified one is approved by somebody else than its author."""
    if not ref.startswith("part:") or (found := find(ref.partition(":")[2])) is None:
        return []
    code = found.ref.partition(":")[2]
    to_approve = [file for file in queries.files(code) if file.state == rules.VERIFIED]
    return [*(_approval(file, by) for file in to_approve), _adding(code)]


def _adding(code: str) -> Gesture:
    return Gesture(_("Add an exchange file"), reverse("parts:upload", args=[code]), "parts.add_file")


def _approval(file: ExchangeFile, by: Actor) -> Gesture:
    sound = rules.may_be_printed(file.verdict, file.digest)
    known = {"name": file.name, "state": file.state, "sound": sound, "added_by": file.added_by}
    label = _("Approve %(file)s, revision %(revision)s") % {"file": file.name, "revision": file.revision}
    url = reverse("parts:approve", args=[file.part.code, file.revision, file.digest])
    return Gesture(label, url, "parts.approve_file", tuple(rules.approval_reasons(by=by.person, **known)))


register(Kind("part", _("Part"), find, search, icon="part"))
