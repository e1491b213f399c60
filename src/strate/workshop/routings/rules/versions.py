"""The life of a version: draft, submitted, approved by a second person, retired; and what changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strate.workshop.journal.refusals import Reason
from strate.workshop.routings.rules.content import Content

DRAFT, SUBMITTED, APPROVED, RETIRED = "draft", "submitted", "approved", "retired"
MOVES: dict[str, frozenset[str]] = {
    DRAFT: frozenset({SUBMITTED, RETIRED}),
    SUBMITTED: frozenset({DRAFT, APPROVED}),
    APPROVED: frozenset({RETIRED}),
    RETIRED: frozenset(),
}


def check_move(version: str, state: str, to: str) -> list[Reason]:
    """Whether the version may pass to that state now."""
    return [] if to in MOVES[state] else [Reason("routing_version_not_in_state", {"version": version})]


def check_complete(content: Content) -> list[Reason]:
    """What a routing still lacks before it can be submitted; every limit carries its source (handbook 12)."""
    reasons = [
        Reason("routing_lacks", {"field": name})
        for name, there in (
            ("material", content.material),
            ("machine_models", content.machine_models),
            ("operations", content.operations),
            ("parameters.layer_um", content.parameters.layer_um),
            ("parameters.source", content.parameters.source),
            ("operations.build", any(o.kind == "build" for o in content.operations)),
            ("limits.used_share_ceiling", "used_share_ceiling" in content.limits),
        )
        if not there
    ]
    reasons += [
        Reason("limit_without_source", {"name": name})
        for name, each in content.limits.items()
        if not each.source
    ]
    furnace_due = any(o.kind == "stress_relief" for o in content.operations)
    if furnace_due and content.furnace is None:
        reasons.append(Reason("routing_lacks", {"field": "furnace"}))
    if content.furnace is not None and not content.furnace.source:
        reasons.append(Reason("limit_without_source", {"name": "furnace"}))
    return reasons


def check_approval(*, by: str, authors: Sequence[str], version: str) -> list[Reason]:
    """A routing is approved by someone who did not write it (separation of duties, EN 9100 8.3)."""
    if by and by in authors:
        return [
            Reason(
                "routing_approved_by_its_author",
                {"person": by, "version": version},
                lifted_by=("methods", "quality"),
            )
        ]
    return []


@dataclass(frozen=True)
class Change:
    """One thing that differs between two versions: where, what it was, what it is."""

    path: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Everything that differs between two contents, in the order of reading."""
    old, new = _flat(before), _flat(after)
    paths = list(dict.fromkeys([*old, *new]))
    return [
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in sorted(paths, key=_reading_order)
        if old.get(path, "") != new.get(path, "")
    ]


def _reading_order(path: str) -> list[tuple[int, str]]:
    return [(int(step), "") if step.isdigit() else (-1, step) for step in path.split(".")]


def _flat(value: Any, path: str = "") -> dict[str, str]:
    """Each leaf by its path; named or numbered things go by that, so that inserting one moves no other."""
    if isinstance(value, Mapping):
        items = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        items = [(str(each.get("number", each.get("name", i))), each) for i, each in enumerate(value)]
    else:
        text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        return {path: text}
    found: dict[str, str] = {}
    for key, each in items:
        found |= _flat(each, f"{path}.{key}" if path else key)
    return found
