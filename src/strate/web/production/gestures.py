"""Following a procedure as a person would: each step gets an answer that is true in the demo shop."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from strate.web.production.stage import Stage, wait_for
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.procedures import actions as procedures
from strate.workshop.procedures import queries

if TYPE_CHECKING:
    from strate.workshop.procedures.models import ProcedureRun

PATIENCE = timedelta(seconds=90)
# What a demo person reads on a dial when no machine gives the value.
DIALS = {
    "%": "20.8",
    "bar": "7.0",
    "°C": "20.5",
    "mbar": "6.0",
    "µm": "10",
    "mm": "0.02",
    "kg": "0.4",
    "h": "212",
}


def photo(stage: Stage, by: Actor, about: str, caption: str) -> str:
    """A picture drawn for the demo, kept like one taken by a tablet; returns its digest."""
    image = Image.new("RGB", (640, 420), "#cfc8bb")
    draw = ImageDraw.Draw(image)
    for y in range(0, 420, 6):
        draw.line((0, y, 640, y + 2), fill="#b9b1a2" if y % 12 else "#d8d2c6")
    draw.rectangle((210, 130, 430, 300), fill="#8d8f94", outline="#5c5e63", width=3)
    draw.ellipse((290, 185, 350, 245), fill="#cfc8bb", outline="#5c5e63", width=3)
    draw.text((16, 390), f"DEMO {caption}"[:80], fill="#3a3631")
    raw = io.BytesIO()
    image.save(raw, "JPEG", quality=85)
    stored = store.keep(raw.getvalue(), "photo.jpg")
    attachments.attach(by=by, stored=stored, about=about, caption=caption)
    return str(stored.digest)


def follow(stage: Stage, run: ProcedureRun, by: Actor, phase: str, scans: dict[str, str]) -> ProcedureRun:
    """Do every step of a run; `scans` gives the label to scan for each kind of thing."""
    while (spec := queries.current_step(run)) is not None:
        _do(stage, run, spec, by, phase, scans)
        run = queries.run(run.pk)
        if run.state != "open":
            break
    stage.say(phase, f"mode opératoire « {run.procedure.code} » : {len(run.steps)} étapes faites")
    return run


def _do(
    stage: Stage, run: ProcedureRun, spec: dict[str, Any], by: Actor, phase: str, scans: dict[str, str]
) -> None:
    entry = answer(stage, run, spec, by, scans)
    if spec["kind"] != "machine_value":
        procedures.do_step(by=by, run=run.pk, step=spec["code"], entry=entry)
        return

    def read() -> bool:
        """The machine inerts, heats, cools: the step is tried until its value is within bounds."""
        try:
            procedures.do_step(by=by, run=run.pk, step=spec["code"], entry=entry)
        except Refused:
            return False
        return True

    wait_for(f"{spec['signal']} within bounds", read, seconds=PATIENCE.total_seconds(), every=0.3)


def answer(
    stage: Stage, run: ProcedureRun, spec: dict[str, Any], by: Actor, scans: dict[str, str]
) -> dict[str, Any]:
    """What a person answers to a step."""
    match spec["kind"]:
        case "check":
            return {"ok": True}
        case "measure":
            return {"value": _within(spec)}
        case "choose":
            return {"choice": next(o["value"] for o in spec["options"] if o.get("ok", True))}
        case "scan":
            return {"ref": scans[spec["expects"]["kind"]]}
        case "photo":
            return {"digest": photo(stage, by, run.ref, spec["code"])}
        case _:
            return {}


def _within(spec: dict[str, Any]) -> str:
    """A value between the bounds of the step, or what the dial of that unit shows."""
    low, high = spec.get("min"), spec.get("max")
    if low is not None and high is not None:
        return str((float(low) + float(high)) / 2)
    if low is not None:
        return str(float(low) * 1.2)
    if high is not None:
        return str(float(high) * 0.5)
    return DIALS.get(str(spec.get("unit", "")), "1")
