"""When a step concerns this job: only for reactive powder, only for polymer, only after this answer."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from strate.workshop.journal.refusals import Reason
from strate.workshop.procedures.kinds.base import Situation, wrong

# How a value is compared; `is` and `is_not` take one word or several.
WORDS, BOUNDS = ("is", "is_not"), ("at_least", "at_most")
_CONDITION = re.compile(r"^\s*(step:)?([\w-]+)\s*(=|≠|!=|>=|≥|<=|≤)\s*(.+?)\s*$")
_SIGNS = {"=": "is", "≠": "is_not", "!=": "is_not", ">=": "at_least", "≥": "at_least"}
_SIGNS |= {"<=": "at_most", "≤": "at_most"}
_SHOWN = {"is": "=", "is_not": "≠", "at_least": "≥", "at_most": "≤"}


def left_out(steps: list[dict[str, Any]], situation: Situation) -> list[str]:
    """The steps that do not concern this job, by what is known of it and what was answered."""
    return [step["code"] for step in steps if step.get("when") and not concerns(step, situation)]


def concerns(step: dict[str, Any], situation: Situation) -> bool:
    """Whether every condition of a step holds; what nobody knows keeps the step: that is the safe side."""
    return all(_holds(each, situation) for each in step.get("when") or ())


def _holds(condition: Mapping[str, Any], situation: Situation) -> bool:
    found = _found(condition, situation)
    if found == "":
        return True
    plain = found.partition(":")[2] or found
    if "is" in condition and not {found, plain} & _several(condition["is"]):
        return False
    if "is_not" in condition and {found, plain} & _several(condition["is_not"]):
        return False
    return _within(condition, plain)


def _found(condition: Mapping[str, Any], situation: Situation) -> str:
    """What is known: a value of the job, or the answer of an earlier step; empty when unknown."""
    if condition.get("value"):
        return str(situation.values.get(str(condition["value"]), ""))
    past = situation.done.get(str(condition.get("step", "")))
    if past is None:
        return ""
    answer = past.outcome
    if "ok" in answer:
        return "yes" if answer["ok"] else "no"
    return str(next((answer[name] for name in ("choice", "value", "ref") if name in answer), ""))


def _several(wanted: Any) -> set[str]:
    return {str(w) for w in wanted} if isinstance(wanted, list | tuple) else {str(wanted)}


def _within(condition: Mapping[str, Any], found: str) -> bool:
    if not any(bound in condition for bound in BOUNDS):
        return True
    try:
        value = Decimal(found.replace(",", "."))
        low, high = (Decimal(str(condition[b])) if b in condition else None for b in BOUNDS)
    except InvalidOperation:
        return True
    return (low is None or value >= low) and (high is None or value <= high)


def faults(spec: dict[str, Any]) -> list[Reason]:
    """What is wrong with the conditions on the card of a step."""
    when = spec.get("when")
    if when in (None, []):
        return []
    if not isinstance(when, list) or not all(isinstance(c, dict) for c in when):
        return [wrong(spec, "when")]
    known = {"value", "step", *WORDS, *BOUNDS}
    good = all(
        bool(c.get("value")) != bool(c.get("step")) and set(c) <= known and set(c) & {*WORDS, *BOUNDS}
        for c in when
    )
    return [] if good and all(_numbers(c) for c in when) else [wrong(spec, "when")]


def _numbers(condition: Mapping[str, Any]) -> bool:
    try:
        [Decimal(str(condition[bound])) for bound in BOUNDS if bound in condition]
    except InvalidOperation:
        return False
    return True


def understood(line: str) -> dict[str, Any]:
    """« family = metal, sand »; a line that is none is kept as typed, and told when the draft is submitted."""
    read = _CONDITION.match(line)
    if read is None:
        return {"value": line.strip()[:120]}
    of_step, name, sign, value = read.groups()
    several = [word.strip() for word in value.split(",") if word.strip()]
    wanted: Any = several if len(several) > 1 else value.strip()
    if _SIGNS[sign] in ("at_least", "at_most"):
        wanted = value.strip().replace(",", ".")
    return {"step" if of_step else "value": name, _SIGNS[sign]: wanted}


def typed(each: Mapping[str, Any]) -> str:
    """A condition as it is typed."""
    name = f"step:{each['step']}" if each.get("step") else str(each.get("value", ""))
    said_parts = []
    for key, sign in _SHOWN.items():
        if key in each:
            wanted = each[key]
            words = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
            said_parts.append(f"{name} {sign} {words}")
    return said_parts[0] if said_parts else name
