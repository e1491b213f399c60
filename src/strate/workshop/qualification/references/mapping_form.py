"""A table of evidence written in the browser, one competence at a time: each criterion its reach and its entries."""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from strate.workshop.qualification.references.mapping import GESTURE, REACHES, several

EMPTY_ROWS = 2
MOST_BOXES = 80
Row = dict[str, Any]


def rows(line: Mapping[str, Any]) -> list[Row]:
    """The entries of a criterion as boxes: one gesture a box; what else an entry must hold travels with its box."""
    found: list[Row] = []
    for fact in line.get("facts", ()):
        when = fact.get("when", {})
        if not isinstance(when, dict):
            # Not what the page sent: shown as it came, beside its refusal.
            found.append({"what": fact["what"], "gesture": "", "besides": str(when)})
            continue
        when = dict(when)
        gestures = several(when.pop(GESTURE, [])) or ("",)
        besides = json.dumps(when, ensure_ascii=False) if when else ""
        found += [{"what": fact["what"], "gesture": gesture, "besides": besides} for gesture in gestures]
    return found


def with_competence(
    content: Mapping[str, Any], targets: Iterable[str], given: Mapping[str, str]
) -> dict[str, Any]:
    """The table with these criteria as typed; one left without a reach is not in it."""
    new = copy.deepcopy(dict(content))
    for target in targets:
        new["criteria"].pop(target, None)
        reach = given.get(f"reach-{target}", "")
        if reach in REACHES:
            new["criteria"][target] = _line(target, reach, given)
    return new


def _line(target: str, reach: str, given: Mapping[str, str]) -> dict[str, Any]:
    line: dict[str, Any] = {"reach": reach}
    if given.get(f"attest-{target}"):
        line["attest"] = True
    facts: list[dict[str, Any]] = []
    for rank in range(MOST_BOXES):
        what = given.get(f"what-{target}-{rank}", "").strip()
        if what:
            gesture = given.get(f"gesture-{target}-{rank}", "").strip()
            _add(facts, what, gesture, _held(given.get(f"besides-{target}-{rank}", "")))
    return line | ({"facts": facts} if facts else {})


def _held(text: str) -> Any:
    """What came with a box; anything else than what the page sent is refused by the form of the table."""
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return text


def _add(facts: list[dict[str, Any]], what: str, gesture: str, held: Any) -> None:
    """Boxes of the same kind that must hold the same things besides are one entry, with several gestures."""
    if not isinstance(held, dict):
        facts.append({"what": what, "when": held})
        return
    for fact in facts:
        when = fact.get("when", {})
        others = {k: v for k, v in when.items() if k != GESTURE}
        if gesture and GESTURE in when and (fact["what"], others) == (what, held):
            when[GESTURE] = list(dict.fromkeys([*when[GESTURE], gesture]))
            return
    when = held | ({GESTURE: [gesture]} if gesture else {})
    facts.append({"what": what} | ({"when": when} if when else {}))
