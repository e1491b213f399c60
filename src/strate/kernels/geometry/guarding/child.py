"""The child that reads an untrusted file: bound before it opens it, it answers in JSON and ends."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from strate.kernels.geometry.guarding.sandbox import shut
from strate.kernels.geometry.guarding.tasks import TASKS
from strate.kernels.geometry.refusal import FileRefused, Limits


def answer(request: dict[str, Any]) -> dict[str, Any]:
    limits = Limits(**request["limits"])
    shut(limits)
    try:
        return {"answer": TASKS[request["task"]](Path(request["path"]), request["asked"], limits)}
    except FileRefused as refused:
        return {"refused": {"code": refused.code, "values": refused.values}}
    except MemoryError:
        return {"refused": {"code": "needs_too_much_memory", "values": {"memory_mb": limits.memory_mb}}}


def spoken(request: dict[str, Any]) -> str:
    """The answer as it is sent; one too long to be sent is a refusal."""
    text, most = json.dumps(answer(request)), Limits(**request["limits"]).max_answer_bytes
    if len(text) <= most:
        return text
    return json.dumps({"refused": {"code": "answer_too_long", "values": {"limit_bytes": most}}})


if __name__ == "__main__":
    # It ends with its answer: looking for what may be forgotten costs more, in a crowd of small things, than the rest.
    gc.disable()
    sys.stdout.write(spoken(json.load(sys.stdin)))
