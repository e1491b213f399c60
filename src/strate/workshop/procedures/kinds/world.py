"""Steps answered by the world: a thing scanned, time passed, a machine read, another procedure done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import Reason, RuleBroken
from strate.workshop.procedures import registry, rules
from strate.workshop.procedures.kinds.base import Outcome, Situation, StepKind, a_number, said, spoken, wrong
from strate.workshop.procedures.kinds.hand import limits_make_sense
from strate.workshop.things import registry as things


class Scan(StepKind):
    """Scan the right thing, in the right state: exact match, ABC-1 is not ABC-10."""

    code, label = "scan", _("Scan")
    fields = ("expects",)

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        expects = spec.get("expects")
        return [] if isinstance(expects, dict) and expects.get("kind") else [wrong(spec, "expects")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        expects = spec["expects"]
        scanned = str(entry.get("ref") or "").strip()
        if not scanned:
            raise RuleBroken("scan_missing", step=spec["code"])
        ref = scanned if ":" in scanned else f"{expects['kind']}:{scanned}"
        if ref.partition(":")[0] != expects["kind"]:
            raise RuleBroken("scan_wrong_kind", thing=ref, expected=expects["kind"])
        thing = things.find(ref)
        reason = _wrong_thing(expects, thing, situation)
        return self.settle(spec, {"ref": thing.ref}, reason, thing.ref)


def _wrong_thing(expects: dict[str, Any], thing: things.Thing, situation: Situation) -> Reason | None:
    states = expects.get("state") or []
    states = [states] if isinstance(states, str) else states
    if states and thing.state not in states:
        return Reason(
            "scan_wrong_state", {"thing": thing.ref, "state": thing.state, "expected": list(states)}
        )
    key = expects.get("same_as", "")
    wanted = situation.values.get(key, "") if key else ""
    if key and not wanted:
        wanted = situation.thing(key)
    if wanted and thing.ref not in (wanted, f"{expects['kind']}:{wanted}"):
        return Reason("scan_not_the_expected_thing", {"thing": thing.ref, "expected": wanted})
    return None


class Wait(StepKind):
    """Let time pass: minutes after a step, or until a known moment."""

    code, label = "wait", _("Wait")
    fields = ("minutes", "since", "until", "early")

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        return [] if a_number(spec.get("minutes")) or spec.get("until") else [wrong(spec, "minutes")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        ready = ready_at(spec, situation)
        if ready and at < ready:
            return _too_early(spec, entry, ready, int((ready - at).total_seconds() // 60) + 1)
        return Outcome({"waited": True})


def _too_early(spec: dict[str, Any], entry: Mapping[str, Any], ready: datetime, left_min: int) -> Outcome:
    """Before its hour a wait is refused; where the card allows it, cut short with a reason, as a deviation."""
    why = str(entry.get("early") or "").strip()[:300]
    source = said(spec.get("source"))
    if not why:
        raise RuleBroken("wait_not_over", ready_at=ready, left_min=left_min, source=source)
    if not spec.get("early"):
        raise RuleBroken("wait_cannot_be_cut", ready_at=ready, left_min=left_min, source=source)
    reason = Reason("wait_cut_short", {"left_min": left_min, "note": why}, source=source)
    return Outcome({"waited": False, "left_min": left_min, "note": why}, reason)


def ready_at(spec: dict[str, Any], situation: Situation) -> datetime | None:
    """When a wait is over: minutes after the step it names (else the one before, else the start)."""
    until = situation.values.get(str(spec.get("until") or ""), "")
    if until:
        return parse_datetime(until)
    if not spec.get("minutes"):
        return None
    since = situation.done.get(str(spec.get("since") or ""))
    start = since.at if since else max((p.at for p in situation.done.values()), default=situation.started_at)
    return start + timedelta(minutes=float(spec["minutes"])) if start else None


class MachineValue(StepKind):
    """A value the machine gives itself: nobody types it unless the card allows it and it cannot be read."""

    code, label = "machine_value", _("Machine value")
    fields = ("signal", "unit", "min", "max", "max_age_s", "typed_if_silent")

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        good_age = spec.get("max_age_s") in (None, "") or a_number(spec["max_age_s"])
        return [] if spec.get("signal") and good_age and limits_make_sense(spec) else [wrong(spec, "signal")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        machine = situation.thing("machine")
        if not machine:
            raise RuleBroken("machine_not_named", step=spec["code"])
        reading = registry.read_machine(machine, spec["signal"])
        low, high = (rules.bound(spec, side, situation.values) for side in ("min", "max"))
        limits = {k: str(v) for k, v in (("min", low), ("max", high)) if v is not None}
        named = spoken(spec)
        named["name"] = named["name"] or said(spec["text"])
        if fresh(reading, spec, at):
            assert reading is not None
            values = {
                "value": str(reading.value),
                "unit": spec.get("unit") or reading.unit,
                "read_at": str(reading.at),
            }
            return self.settle(
                spec, values | limits, rules.out_of_bounds(reading.value, low, high, named), machine
            )
        if not spec.get("typed_if_silent") or entry.get("value") in (None, ""):
            raise RuleBroken(
                "machine_is_silent", thing=machine, signal=spec["signal"], lifted_by=("maintenance",)
            )
        typed = rules.read_number(entry.get("value"))
        values = {"value": str(typed), "unit": spec.get("unit", ""), "typed": True}
        return self.settle(spec, values | limits, rules.out_of_bounds(typed, low, high, named), machine)


def fresh(reading: registry.Reading | None, spec: dict[str, Any], at: datetime) -> bool:
    """Whether a reading can be used: known, good, not older than the card allows (60 s by default)."""
    if reading is None or not reading.good:
        return False
    return at - reading.at <= timedelta(seconds=float(spec.get("max_age_s") or 60))


class SubProcedure(StepKind):
    """Another procedure, done inside this one."""

    code, label = "procedure", _("Sub-procedure")
    fields = ("procedure",)

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        return [] if spec.get("procedure") else [wrong(spec, "procedure")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        # The engine puts there the finished run of the sub-procedure started from this very step.
        done = situation.values.get(f"_sub_{spec['code']}", "")
        if not done:
            raise RuleBroken("sub_procedure_not_done", procedure=f"procedure:{spec['procedure']}")
        return Outcome({"run": done}, things=(f"run:G{done}",))
