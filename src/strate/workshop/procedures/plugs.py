"""What procedures plug into the rooms below: who may write, approve, follow them; how they are scanned."""

from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.refusals import NotFound
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
from strate.workshop.procedures import actions, effects, queries, rules, showing
from strate.workshop.procedures.models import Procedure
from strate.workshop.procedures.registry import context
from strate.workshop.safety import queries as sheets
from strate.workshop.safety import registry as spills
from strate.workshop.safety.queries import Spill
from strate.workshop.things.registry import Gesture, Kind, Thing, gesture, register
from strate.workshop.work.registry import routine

SUBJECTS = ("machine", "build", "lot", "container", "part")

declare("procedures.author", METHODS, QUALITY, HSE, MAINTENANCE, SHIFT_LEADER)
declare("procedures.approve", METHODS, QUALITY, HSE, SHIFT_LEADER)
declare("procedures.run", OPERATOR, SHIFT_LEADER, METHODS, QUALITY, HSE, MAINTENANCE, TRAINER, "system")
declare("procedures.correct", SHIFT_LEADER, QUALITY)
declare("procedures.cut_wait", SHIFT_LEADER, QUALITY, METHODS)
# Hazard statements of what burns by itself, with water, or as a solid (CLP, annex III).
REACTIVE = {"H228", "H250", "H251", "H252", "H260", "H261"}


@context("lot")
@context("container")
def what_it_holds(ref: str) -> dict[str, str]:
    """The material of a lot or of a container: what is known of the material follows."""
    held = spills.matters_of([ref])
    return {"material": f"material:{held[0].material}"} if held else {}


@context("material")
def nature_of(ref: str) -> dict[str, str]:
    """Its family, and whether it burns or reacts with water as its sheets say; what is unknown stays so."""
    code = ref.removeprefix("material:")
    known = sheets.in_force([code]) if code else []
    codes = {code.split("+")[0].strip() for sheet in known for code in sheet.hazards}
    found = {"reactive": "yes" if codes & REACTIVE else "no"} if known else {}
    return found | ({"family": family} if code and (family := spills.family_of(code)) else {})


@routine("procedures.forgotten", every_s=300)
def _still_working() -> None:
    """« Still working? » is asked about every gesture that seems forgotten."""
    actions.ask_still_working(by=SYSTEM)


@routine("procedures.readings", every_s=60)
def _missed_readings() -> None:
    """A reading whose time ran out is told missed, once."""
    actions.tell_missed_readings(by=SYSTEM)


def find_procedure(code: str) -> Thing | None:
    procedure = Procedure.objects.filter(code=code).first()
    if not procedure:
        return None
    current = procedure.versions.filter(state=rules.APPROVED).first()
    state = rules.APPROVED if current else rules.DRAFT
    return Thing(procedure.ref, showing.title(procedure), f"/modes-operatoires/{code}/", state)


def search_procedures(text: str, limit: int) -> list[Thing]:
    shown = (find_procedure(p.code) for p in queries.called(text).order_by("code")[:limit])
    return [thing for thing in shown if thing]


def find_run(code: str) -> Thing | None:
    try:
        run = queries.run(int(code.removeprefix("G"))) if code.startswith("G") else None
    except (ValueError, NotFound):
        return None
    if run is None:
        return None
    url = f"/gestes/{run.pk}/"
    gestures = [Gesture(gettext("Go on"), url)] if run.state in (rules.OPEN, rules.INTERRUPTED) else []
    return Thing(run.ref, f"{showing.title(run.procedure)} n° {run.pk}", url, run.state, [], gestures)


register(Kind("procedure", _("Procedure"), find=find_procedure, search=search_procedures))
register(Kind("run", _("Guided gesture"), find=find_run))


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
