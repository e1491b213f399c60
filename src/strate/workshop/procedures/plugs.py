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
from strate.workshop.procedures.registry import context
from strate.workshop.safety import queries as sheets
from strate.workshop.safety import registry as spills
from strate.workshop.safety.queries import Spill
from strate.workshop.things.registry import Gesture, Kind, gesture, register
from strate.workshop.work.registry import routine

SUBJECTS = ("machine", "build", "lot", "container", "part")

declare("procedures.author", METHODS, QUALITY, HSE, MAINTENANCE, SHIFT_LEADER)
declare("procedures.approve", METHODS, QUALITY, HSE, SHIFT_LEADER)
declare("procedures.run", OPERATOR, SHIFT_LEADER, METHODS, QUALITY, HSE, MAINTENANCE, TRAINER, "system")
declare("procedures.correct", SHIFT_LEADER, QUALITY)
declare("procedures.cut_wait", SHIFT_LEADER, QUALITY, METHODS)
# Hazard statements of what burns by itself, with water, or as a solid (CLP, annex III).
REACTIVE = {"H228", "H250", "H251", "H252", "H260", "H261"}


@context("material")
def is_reactive(ref: str) -> dict[str, str]:
    """Whether a material burns or reacts with water, as its safety data sheets say; unknown without a sheet."""
    code = ref.removeprefix("material:")
    known = sheets.in_force([code]) if code else []
    codes = {code.split("+")[0].strip() for sheet in known for code in sheet.hazards}
    return {"reactive": "yes" if codes & REACTIVE else "no"} if known else {}


@routine("procedures.forgotten", every_s=300)
def _still_working() -> None:
    """« Still working? » is asked about every gesture that seems forgotten."""
    actions.ask_still_working(by=SYSTEM)


@routine("procedures.readings", every_s=60)
def _missed_readings() -> None:
    """A reading whose time ran out is told missed, once."""
    actions.tell_missed_readings(by=SYSTEM)


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


@spills.guide
def _guide_the_spill(by: Actor, spill: Spill, about: list[str], context: dict[str, str]) -> str:
    """The approved procedure for this family of matter, opened by what the sheets order."""
    if not may(by, "procedures.run"):
        return ""
    family = spills.family_of(spill.material.partition(",")[0])
    ready = queries.ready("spill", family) or queries.ready("spill")
    if not ready:
        return ""
    steps = [sheets.spill_step(spill), *ready[0].steps]
    started = actions.open_run(
        by=by, version=ready[0], about=about, context=context, place=spill.place, own_steps=steps
    )
    return started.ref


@spills.at_work
def _in_hand(by: Actor) -> list[str]:
    """What this person's gestures under way are about."""
    return [ref for run in queries.open_runs(by=by.person) for ref in run.about]


__all__ = ["effects"]
