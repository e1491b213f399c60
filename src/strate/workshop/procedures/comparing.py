"""What differs between two versions, and what follows when a step takes another code."""

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


def head_changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What differs in the head of two versions: titles, kind, families, period."""
    fields = _fields(before, after)
    return [Change("changed", "", "", fields)] if fields else []


def _fields(old: Step, new: Step) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple((n, _shown(old.get(n)), _shown(new.get(n))) for n in names if old.get(n) != new.get(n))


def _shown(value: Any) -> str:
    if isinstance(value, dict) and ("fr" in value or "en" in value):
        return said(value)
    return "—" if value in (None, "", []) else str(value)


def renamed(steps: list[Step], before: str, code: str) -> list[Step]:
    """When a step takes another code, the steps that name it name it by its new one."""
    if not before or before == code:
        return steps
    return [_following(step, before, code) for step in steps]


def _following(step: Step, before: str, code: str) -> Step:
    changed = dict(step)
    for field in ("since", "stream_step", "mass_step"):
        if changed.get(field) == before:
            changed[field] = code
    if isinstance(changed.get("other_than"), list):
        changed["other_than"] = [code if other == before else other for other in changed["other_than"]]
    if isinstance(changed.get("when"), list):
        changed["when"] = [
            {**c, "step": code} if isinstance(c, dict) and c.get("step") == before else c
            for c in changed["when"]
        ]
    return changed
