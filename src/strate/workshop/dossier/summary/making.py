"""How it was made: the machine, the routing and its limits, the parameters, the layers, what came after."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.queries import Build
from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, moment, number, percent, speak
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.summary.words import grouped, line, names
from strate.workshop.dossier.wording import FINISHINGS
from strate.workshop.journal.rules import stamp
from strate.workshop.machines import queries as machines
from strate.workshop.monitoring import queries as layer_book
from strate.workshop.post_processing import queries as furnace
from strate.workshop.routings.rules import LIMITS

# What the layers are called on paper: a layer nobody heard, or never made, is « no data », never « fine ».
STATES = {"unseen": "no_data", "planned": "no_data"}


def machine(gathered: Gathered) -> list[dict[str, str]]:
    """Each machine used, what was fitted on it at the launch."""
    found = []
    for code in dict.fromkeys(build.machine for build in gathered.made):
        each = machines.machine(code)
        said = [each.title, each.model, f"n° {each.serial}" if each.serial else ""]
        found.append(line(_("Machine"), " · ".join(part for part in said if part)))
    for _fact, told in gathered.of_kind("builds.launched"):
        fitted = told["data"].get("fitted", [])
        found.append(line(_("Fitted at the launch"), names(hooks.title_of(ref) for ref in fitted)))
    return found


def routing(gathered: Gathered) -> list[dict[str, str]]:
    """The routing as it was when the order was opened, with each limit and where it comes from."""
    snapshot = gathered.order.routing
    by, at = str(snapshot.get("approved_by") or ""), str(snapshot.get("approved_at") or "")
    approved = (
        _("approved by %(by)s on %(at)s") % {"by": hooks.name_of(by), "at": moment(at)} if by and at else "—"
    )
    values = {"code": snapshot.get("code", ""), "number": snapshot.get("number", "")}
    name = _("%(code)s version %(number)s") % values
    content = snapshot.get("content", {})
    found = [
        line(_("Routing"), f"{name} · {approved}"),
        line(_("Digest of the routing"), grouped(str(snapshot.get("digest", "")))),
    ]
    for limit, raw in content.get("limits", {}).items():
        found.append(line(wording.vocabulary("LIMIT_NAMES").get(limit, limit), _limit(limit, raw)))
    return found


def _limit(name: str, raw: dict[str, Any]) -> str:
    value = Decimal(str(raw["value"]))
    unit, builds = LIMITS.get(name, ""), _("builds")
    said = (
        percent(value)
        if unit == "share"
        else f"{number(value)}{NARROW}{builds if unit == 'builds' else unit}"
    )
    return f"{said} ({raw['source']})" if raw.get("source") else said


def parameters(gathered: Gathered) -> list[dict[str, str]]:
    """What the routing asked and what the machine gave back, for each build."""
    found = []
    for build in gathered.made:
        asked = build_rules.wanted(build.routing).parameters
        for name, value in asked.items():
            read = build.machine_parameters.get(name)
            found.append(
                {
                    "name": str(wording.vocabulary("PARAMETERS").get(name, name))
                    + (f" · {build.code}" if len(gathered.made) > 1 else ""),
                    "asked": _plain(value),
                    "read": "—" if read is None else _plain(Decimal(str(read))),
                    "verdict": "ok" if read is not None and Decimal(str(read)) == value else "out",
                }
            )
    return found


def _plain(value: Decimal) -> str:
    return number(f"{value.normalize():f}")


def layers(gathered: Gathered) -> list[list[Any]]:
    """The layers of the builds, from the plate up, as run lengths of what happened in them."""
    runs: list[list[Any]] = []
    for build in gathered.made:
        for run in layer_book.strata(build.code, build.layers_planned):
            state = STATES.get(run.state, run.state)
            if runs and runs[-1][0] == state:
                runs[-1][1] += run.count
            else:
                runs.append([state, run.count])
    return runs


def interruptions(gathered: Gathered) -> list[dict[str, str]]:
    """Each stop with what was decided, by whom and why."""
    return [
        {
            "layer": str(stop.layer),
            "at": stamp(stop.started_at),
            "reason": _cause(stop.cause),
            "decision": f"{_decision(stop.decision)} · {stop.reason}" if stop.decision else "—",
            "by": hooks.name_of(stop.decided_by) if stop.decided_by else "—",
        }
        for build in gathered.made
        for stop in build.interruptions.all()
    ]


def _cause(code: str) -> str:
    """An alarm by its word on the floor; a code that nobody worded is shown as the machine wrote it."""
    return str(wording.vocabulary("CAUSES").get(code, code or "—"))


def _decision(code: str) -> str:
    return str(wording.vocabulary("DECISIONS").get(code, code))


def post_processing(gathered: Gathered) -> list[dict[str, str]]:
    """Furnace cycles against their recipe, then what freed the parts."""
    return [each for build in gathered.made for each in (*_cycles(build), *_finishings(build))]


def _cycles(build: Build) -> list[dict[str, str]]:
    found = []
    for cycle in furnace.cycles(build.code):
        recipe = cycle.recipe
        asked = [
            speak("celsius", None) if not recipe else f"{number(str(recipe['celsius']))}{NARROW}°C",
            f"{number(str(recipe.get('minutes', '—')))}{NARROW}min",
            str(recipe.get("atmosphere") or ""),
        ]
        held = "—"
        if cycle.ended_at:
            held = f"{speak('soak_celsius', cycle.soak_celsius)}, {speak('soak_min', cycle.soak_min)}"
            held += " · " + (_("conform") if cycle.conform else _("out of the recipe"))
        found.append(
            {
                "name": str(FINISHINGS["stress_relief"]),
                "machine": cycle.furnace,
                "program": ", ".join(part for part in asked if part),
                "at": stamp(cycle.ended_at or cycle.charged_at),
                "result": held,
                "by": hooks.name_of(cycle.ended_by or cycle.charged_by),
            }
        )
    return found


def _finishings(build: Build) -> list[dict[str, str]]:
    return [
        {
            "name": str(FINISHINGS.get(done.operation, done.operation)),
            "machine": done.means or "—",
            "program": hooks.title_of(done.plate) if done.plate else "—",
            "at": stamp(done.at),
            "result": _("plate left %(um)s") % {"um": speak("left_um", done.plate_left_um)}
            if done.plate_left_um
            else "—",
            "by": hooks.name_of(done.by),
        }
        for done in furnace.finishings(build.code).values()
    ]
