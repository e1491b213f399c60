"""How a build is shown: its parameters as wanted against those read back, and how long it should take."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from strate.templatetags import _quantities as q
from strate.workshop.builds import pace, powder, rules, wording
from strate.workshop.builds.models import Build
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, number
from strate.workshop.doors.wording import vocabulary
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock import shown as powder_shown
from strate.workshop.journal import queries as journal


@dataclass(frozen=True)
class Compared:
    """A parameter as the routing wants it and as the machine holds it; `equal` is None while it was not read."""

    name: str
    wanted: Decimal
    found: Decimal | None
    equal: bool | None


def compared_parameters(found: Build) -> list[Compared]:
    """The parameter set, wanted against read back."""
    held = found.machine_parameters
    rows = []
    for name, value in rules.wanted(found.routing).parameters.items():
        read = held.get(name)
        number = None if read is None else Decimal(str(read))
        rows.append(Compared(name, value, number, None if number is None else number == value))
    return rows


@dataclass(frozen=True)
class DurationShown:
    """How long a build should take, and how sure that is; or why nobody can tell."""

    said: str
    note: str


def duration(found: Build) -> DurationShown:
    """The time foretold with its error, in words."""
    told = pace.duration(found)
    if told.foretold is None or told.span is None or told.error is None:
        values: dict[str, Any] = {"builds": told.builds, "needed": told.needed}
        return DurationShown(str(wording.UNKNOWN_TIMES[told.why_not]) % values, "")
    note = _("learnt from builds of this machine: %(builds)s; mean error %(percent)s") % {
        "builds": told.builds,
        "percent": f"{number(told.foretold.error_percent)}{NARROW}%",
    }
    if told.foretold.beyond:
        note += " · " + _("much larger than any build before")
    return DurationShown(f"{_clock(told.span)} ± {_clock(told.error)}", note)


def _clock(span: timedelta) -> str:
    """Hours and minutes; a span under a minute is one."""
    minutes = max(round(span.total_seconds() / 60), 1)
    hours, left = divmod(minutes, 60)
    return f"{hours}{NARROW}h{NARROW}{left:02d}" if hours else f"{left}{NARROW}min"


def balance(kept: dict[str, Any]) -> dict[str, Any]:
    """A mass balance as a table: what went in, where it was found, what is missing, how far that is tolerated."""
    rows = [
        {"name": wording.BALANCE_LINES[name], "mass_mg": mass_mg, "share": _part(mass_mg, kept["input_mg"])}
        for name, mass_mg in powder.balance_rows(kept)
    ]
    found = sum(row["mass_mg"] for row in rows)
    unexplained, tolerance = Decimal(kept["unexplained_share"]), Decimal(kept["tolerance_share"])
    beside = tolerance if unexplained >= 0 else -tolerance
    return {
        **kept,
        "rows": rows,
        "found_mg": found,
        "unexplained_share": unexplained,
        "unexplained_said": q.share(unexplained, 3, beside=beside),
        "tolerance_share": tolerance,
        "yield_share": Decimal(kept["yield_share"]),
        "out": abs(unexplained) > tolerance,
        "anomaly": kept.get("alarm", ""),
        "reason": kept.get("reason", ""),
        "reason_by": hooks.name_of(kept["reason_by"]) if kept.get("reason_by") else "",
    }


def _part(mass_mg: int, whole_mg: int) -> Decimal | None:
    return Decimal(mass_mg) / whole_mg if whole_mg else None


def need_lines(build: Build) -> list[dict[str, Any]]:
    """The arithmetic of the powder, each line with what it is."""
    return [{**line, "name": wording.NEED_LINES.get(line["what"], "")} for line in build.need_lines]


def past(build: Build) -> dict[str, Any]:
    """What past builds of the same machine and material took, as it was known when the powder was reckoned."""
    kept = dict(build.past)
    for name in ("mean", "spread", "low", "high"):
        if name in kept:
            kept[name] = Decimal(kept[name])
    return kept


def derogations(build: Build) -> list[dict[str, Any]]:
    """Every limit passed over for this build, at the powder or at the launch: by whom, why; never forgotten."""
    rows = [powder_shown.passed(row) for row in feedstock.passed_over(build=build.ref)]
    for fact in journal.of(build.ref, what="builds.launched"):
        told = journal.told(fact)
        if codes := told["data"].get("passed_over"):
            names = vocabulary("PASSED")
            rows.append(
                {
                    "at": fact.happened_at,
                    "who": hooks.name_of(fact.by),
                    "reason": told["reason"],
                    "lot": None,
                    "limits": [str(names.get(code, code)) for code in codes],
                }
            )
    return rows
