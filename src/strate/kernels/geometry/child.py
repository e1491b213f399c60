"""The child that reads an untrusted file: bound before it opens it, it answers in JSON and ends."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from strate.kernels.geometry.refusal import FileRefused, Limits
from strate.kernels.geometry.tasks import TASKS


def bind(limits: Limits) -> None:
    """Memory, processor time, core dumps and written files: none beyond what was granted."""
    memory = limits.memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    limits = Limits(**request["limits"])
    bind(limits)
    try:
        return {"answer": TASKS[request["task"]](Path(request["path"]), request["asked"], limits)}
    except FileRefused as refused:
        return {"refused": {"code": refused.code, "values": refused.values}}
    except MemoryError:
        return {"refused": {"code": "needs_too_much_memory", "values": {"memory_mb": limits.memory_mb}}}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
