"""What procedures plug into the rooms below: who may write, approve, follow them; how they are scanned."""

from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.people.roles import (
    HSE,
    MAINTENANCE,
    METHODS,
    OPERATOR,
    QUALITY,
    SHIFT_LEADER,
    TRAINER,
    declare,
    may,
)
from strate.workshop.procedures import actions, effects, queries, showing
from strate.workshop.things.registry import Gesture, Kind, gesture, register
from strate.workshop.work.registry import routine

SUBJECTS = ("machine", "build", "lot", "container", "part")

declare("procedures.author", METHODS, QUALITY, HSE, MAINTENANCE, SHIFT_LEADER)
declare("procedures.approve", METHODS, QUALITY, HSE, SHIFT_LEADER)
declare("procedures.run", OPERATOR, SHIFT_LEADER, METHODS, QUALITY, HSE, MAINTENANCE, TRAINER, "system")
declare("procedures.correct", SHIFT_LEADER, QUALITY)


@routine("procedures.forgotten", every_s=300)
def _still_working() -> None:
    """« Still working? » is asked about every gesture that seems forgotten."""
    actions.ask_still_working(by=SYSTEM)


register(Kind("procedure", _("Procedure"), find=showing.find_procedure, search=showing.search_procedures))
register(Kind("run", _("Guided gesture"), find=showing.find_run))


@gesture
def _go_on(ref: str, by: Actor) -> Gesture | None:
    """What is under way about a scanned thing comes first."""
    under_way = queries.open_runs(about=ref)
    if not under_way:
        return None
    name = showing.title(under_way[0].procedure)
    return Gesture(gettext("Go on: %(gesture)s") % {"gesture": name}, f"/gestes/{under_way[0].pk}/")


@gesture
def _start(ref: str, by: Actor) -> Gesture | None:
    """Any thing may be the subject of a guided gesture."""
    if ref.partition(":")[0] not in SUBJECTS or not may(by, "procedures.run"):
        return None
    return Gesture(_("Guided gestures"), f"/gestes/?{urlencode({'about': ref})}")


__all__ = ["effects"]
