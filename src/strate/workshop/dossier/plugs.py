"""What dossiers bring to the rooms below: who seals, who files, what is never corrected any more."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.dossier import actions, queries, wording
from strate.workshop.dossier import gestures as _path  # noqa: F401  its gesture joins the path as it is read
from strate.workshop.dossier.models import Dossier
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.queries import Fact
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import QUALITY, declare
from strate.workshop.things import corrections
from strate.workshop.things.registry import Gesture, Kind, Thing, gesture, register
from strate.workshop.work import registry as work

declare("dossier.seal", QUALITY)


@work.handler("dossier.file")
def file_later(payload: dict[str, Any]) -> None:
    """The server makes the files of a sealed dossier; interrupted, it begins again."""
    actions.file_away(dossier=payload["dossier"])


@corrections.object_when
def sealed(fact: Fact) -> list[Reason]:
    """A fact told by a sealed dossier stays as it is."""
    found = queries.sealed_with(str(fact.event))
    return [Reason("dossier_is_sealed", {"order": f"order:{each.order}"}, each.code) for each in found]


def _thing(each: Dossier) -> Thing:
    word = str(wording.DOSSIER_STATES[each.state][0])
    return Thing(
        each.ref, each.code, reverse("dossier:dossier", args=[each.order]), each.state, [(_("State"), word)]
    )


def find(code: str) -> Thing | None:
    found = Dossier.objects.filter(code=code).first()
    return _thing(found) if found else None


def search(text: str, limit: int) -> list[Thing]:
    return [_thing(each) for each in queries.dossiers().filter(code__icontains=text)[:limit]]


register(Kind("dossier", _("Manufacturing dossier"), find, search, icon="document"))


@gesture
def of_an_order(ref: str, by: Actor) -> Gesture | None:
    """From the page of an order to its dossier."""
    if not ref.startswith("order:"):
        return None
    return Gesture(_("Its dossier"), reverse("dossier:dossier", args=[ref.removeprefix("order:")]))
