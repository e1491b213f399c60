"""A round: one step of a guided gesture for each care that is due."""

from typing import Any

from strate.workshop.maintenance.models import MaintenanceTask

EFFECT = "maintenance.done"
PREFIX = "task-"


def step_of(task: MaintenanceTask) -> dict[str, Any]:
    """The step of a round for one care; its answer is written in the machine's book."""
    entry = dict(task.entry or {})
    step: dict[str, Any] = {
        "code": step_code(task.code),
        "kind": entry.pop("kind", "check"),
        "text": {"fr": task.title_fr, "en": task.title_en},
        "why": {"fr": task.why_fr, "en": task.why_en},
        "ppe": list(task.ppe),
        "blocking": False,
        "source": task.source,
        "effect": EFFECT,
        "task": task.code,
    }
    if task.procedure:
        step |= {"kind": "procedure", "procedure": task.procedure}
    return step | entry


def step_code(task: str) -> str:
    return f"{PREFIX}{task}"[:40]
