"""What differs between two versions, and how a list of steps is rearranged."""

from dataclasses import dataclass
from typing import Any

from strate.workshop.procedures.kinds import said

Step = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A step that was added, removed, moved or changed, and in which fields."""

    what: str
    code: str
    text: str
    fields: tuple[tuple[str, str, str], ...] = ()


def changes(before: list[Step], after: list[Step]) -> list[Change]:
    """Everything that differs, in the order of the new version."""
    old = {s["code"]: (i, s) for i, s in enumerate(before)}
    new = {s.get("code", ""): s for s in after}
    kept = [s["code"] for s in before if s["code"] in new]
    found = []
    for step in after:
        code = step.get("code", "")
        if code not in old:
            found.append(Change("added", code, said(step.get("text"))))
            continue
        fields = _fields(old[code][1], step)
        order = [s.get("code", "") for s in after if s.get("code", "") in old]
        if fields:
            found.append(Change("changed", code, said(step.get("text")), fields))
        elif order.index(code) != kept.index(code):
            found.append(Change("moved", code, said(step.get("text"))))
    found += [Change("removed", s["code"], said(s.get("text"))) for s in before if s["code"] not in new]
    return found


def _fields(old: Step, new: Step) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple((n, _shown(old.get(n)), _shown(new.get(n))) for n in names if old.get(n) != new.get(n))


def _shown(value: Any) -> str:
    if isinstance(value, dict) and ("fr" in value or "en" in value):
        return said(value)
    return "—" if value in (None, "", []) else str(value)


def moved(steps: list[Step], index: int | None, move: str) -> list[Step]:
    """The steps with one moved up, down, or removed."""
    arranged = list(steps)
    if index is None:
        return arranged
    step = arranged.pop(index)
    if move != "remove":
        arranged.insert(max(0, index - 1) if move == "up" else index + 1, step)
    return arranged


def placed(steps: list[Step], index: int | None, card: Step | None) -> list[Step]:
    """The steps with a card written over one of them, or added at the end."""
    arranged = list(steps)
    if card is None:
        return arranged
    if index is None:
        return [*arranged, card]
    arranged[index] = card
    return arranged
