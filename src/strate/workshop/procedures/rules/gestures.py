"""The laws of a guided gesture: the order of steps, the bounds of a measure, who may approve a version."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from strate.workshop.journal.refusals import Reason, RuleBroken

DRAFT, SUBMITTED, APPROVED, RETIRED = "draft", "submitted", "approved", "retired"
VERSION_MOVES: dict[str, set[str]] = {
    DRAFT: {SUBMITTED, RETIRED},
    SUBMITTED: {DRAFT, APPROVED},
    APPROVED: {RETIRED},
    RETIRED: set(),
}
OPEN, INTERRUPTED, DONE, ABANDONED = "open", "interrupted", "done", "abandoned"
RUN_MOVES: dict[str, set[str]] = {
    OPEN: {INTERRUPTED, DONE, ABANDONED},
    INTERRUPTED: {OPEN, ABANDONED},
    DONE: set(),
    ABANDONED: set(),
}
FORGOTTEN_AFTER = timedelta(hours=2)
CODE = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")
_NUMBER = re.compile(r"^[+-]?\d{1,12}([.,]\d{1,6})?$")

Step = Mapping[str, Any]


def must_move(moves: Mapping[str, set[str]], state: str, to: str, *, noun: str, **values: Any) -> None:
    """Refuse a change of state the table does not allow, saying the present one (`run_is_done`)."""
    if to not in moves[state]:
        raise RuleBroken(f"{noun}_is_{state}", **values)


def read_number(text: Any) -> Decimal:
    """A number as typed on the floor, with a comma or a point; what could be read two ways is refused."""
    typed = re.sub(r"[\s\u00a0\u202f]", "", str(text if text is not None else ""))
    if not typed:
        raise RuleBroken("measure_missing")
    if not _NUMBER.match(typed):
        raise RuleBroken("number_not_understood", typed=str(text)[:40])
    return Decimal(typed.replace(",", "."))


def bound(spec: Step, name: str, values: Mapping[str, str]) -> Decimal | None:
    """A limit of a step: what the job asks for (`max_from` names it), else what the procedure says."""
    asked = values.get(str(spec.get(f"{name}_from", "")), "")
    given = asked if asked not in ("", None) else spec.get(name)
    return None if given in ("", None) else Decimal(str(given).replace(",", "."))


def out_of_bounds(value: Decimal, low: Decimal | None, high: Decimal | None, spec: Step) -> Reason | None:
    """Whether a value is outside its limits; the limits themselves are still good."""
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    values = {
        "measure": spec.get("name") or spec.get("signal") or spec["code"],
        "value": value,
        "unit": spec.get("unit", ""),
        "low": low,
        "high": high,
    }
    return Reason(
        "measure_out_of_bounds", values, source=str(spec.get("source", "")), lifted_by=("shift_leader",)
    )


def next_index(steps: Sequence[Step], done: Iterable[str], left_out: Iterable[str] = ()) -> int:
    """Where the gesture stands: the first step that is not done and concerns this job."""
    passed = {*done, *left_out}
    return next((i for i, step in enumerate(steps) if step["code"] not in passed), len(steps))


def must_be_next(steps: Sequence[Step], done: Iterable[str], step: str, left_out: Iterable[str] = ()) -> Step:
    """The step about to be done, refused when it is unknown or when another comes first."""
    found = next((s for s in steps if s["code"] == step), None)
    if found is None:
        raise RuleBroken("no_such_step", step=step)
    index = next_index(steps, done, left_out)
    if index >= len(steps) or steps[index]["code"] != step:
        expected = steps[index]["code"] if index < len(steps) else ""
        raise RuleBroken("step_not_next", step=step, expected=expected)
    return found


def must_be_another(authors: Iterable[str], approver: str) -> None:
    """A version is approved by somebody who wrote nothing in it (separation of duties)."""
    if approver in authors:
        raise RuleBroken("procedure_approved_by_its_author", author=approver)


def must_not_be(step: Step, by: str, doers: Mapping[str, str], hands: Iterable[str] = ()) -> None:
    """A second person's check is done by a second person.

    `other_than` names the steps of the first; `second_person` means everybody who had a hand in the gesture.
    """
    for other in step.get("other_than", ()):
        if doers.get(other) == by:
            raise RuleBroken("second_person_needed", step=step["code"], other=other, person=by)
    if step.get("second_person") and by in hands:
        raise RuleBroken("second_person_is_the_first", step=step["code"], person=by)


def goes_round(calls: Mapping[str, Iterable[str]], start: str) -> list[str]:
    """The way by which a procedure would call itself; empty when it never does."""

    def walk(code: str, way: tuple[str, ...]) -> list[str]:
        for called in calls.get(code, ()):
            if called == start:
                return [*way, code, called]
            if called not in way:
                found = walk(called, (*way, code))
                if found:
                    return found
        return []

    return walk(start, ())


def forgotten(last_activity_at: datetime, *, at: datetime, after: timedelta = FORGOTTEN_AFTER) -> bool:
    """Whether to ask « still working? »: nothing was done in this gesture for a long time."""
    return at - last_activity_at > after


def heading(
    kind: str, title_fr: str, title_en: str, applies_to: Sequence[str], every_min: int | None
) -> dict[str, Any]:
    """The head of a version as it is kept; an empty period is not written."""
    found = {"title_fr": title_fr, "title_en": title_en, "kind": kind, "applies_to": list(applies_to)}
    return found | ({"every_min": every_min} if every_min else {})


def faults(steps: Any) -> list[Reason]:
    """What is wrong with the list of steps as a whole; each step's own faults are its kind's business."""
    if not isinstance(steps, list) or not steps or not all(isinstance(s, dict) for s in steps):
        return [Reason("steps_missing")]
    codes = [str(s.get("code", "")) for s in steps]
    found = [Reason("step_code_not_usable", {"step": c}) for c in codes if not CODE.match(c)]
    found += [
        Reason("step_code_twice", {"step": c}) for c in sorted({c for c in codes if codes.count(c) > 1})
    ]
    for i, step in enumerate(steps):
        for other in named_steps(step):
            if other not in codes[:i]:
                found.append(Reason("step_not_before", {"step": codes[i], "other": other}))
    return found


def named_steps(step: Step) -> list[str]:
    """The other steps that a step speaks of: all of them come before it."""
    when = step.get("when") or ()
    asked = (
        [c["step"] for c in when if isinstance(c, dict) and c.get("step")] if isinstance(when, list) else []
    )
    others = step.get("other_than") or ()
    since = [step["since"]] if step.get("since") else []
    return [str(name) for name in [*(others if isinstance(others, list) else ()), *since, *asked]]
