"""Steps answered by the person: read, check, measure, choose, photograph, sign."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.procedures import registry, rules
from strate.workshop.procedures.kinds.base import DIGEST, Outcome, Situation, StepKind, said, spoken, wrong

MEANINGS = ("done", "checked", "approved", "released", "witnessed")


class Acknowledge(StepKind):
    """Read and acknowledge."""

    code, label = "acknowledge", _("Read and acknowledge")

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        return Outcome({"acknowledged": True})


class Check(StepKind):
    """Look, and say whether it is as it must be."""

    code, label = "check", _("Check")

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        answer = entry.get("ok")
        if answer not in (True, False, "yes", "no"):
            raise RuleBroken("check_not_answered", step=spec["code"])
        good = answer in (True, "yes")
        note = str(entry.get("note") or "").strip()[:300]
        reason = None
        if not good:
            reason = Reason(
                "check_not_ok",
                {"step": said(spec["text"]), "note": note},
                source=said(spec.get("source")),
                lifted_by=("shift_leader",),
            )
        return self.settle(spec, {"ok": good} | ({"note": note} if note else {}), reason)


class Measure(StepKind):
    """Read an instrument; the limits are shown before the value is typed."""

    code, label = "measure", _("Measure")
    fields = ("name", "unit", "min", "max", "decimals", "min_from", "max_from")

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        return (
            []
            if spec.get("unit") is not None and limits_make_sense(spec)
            else [wrong(spec, "unit, min, max")]
        )

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        value = rules.read_number(entry.get("value"))
        low, high = (rules.bound(spec, side, situation.values) for side in ("min", "max"))
        values: dict[str, Any] = {"value": str(value), "unit": spec.get("unit", "")}
        values |= {k: str(v) for k, v in (("min", low), ("max", high)) if v is not None}
        gauge = str(entry.get("gauge") or "").strip()
        if gauge:
            values["gauge"] = gauge[:120]
        reason = rules.out_of_bounds(value, low, high, spoken(spec))
        return self.settle(spec, values, reason, *([gauge] if ":" in gauge else []))


class Means(StepKind):
    """A document, a tool, a gauge is in its place; missing, it is reported at once and the gesture goes on."""

    code, label, effect = "means", _("Means in its place"), "anomalies.means_missing"
    fields = ("place", "thing")

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        answer = entry.get("ok")
        if answer not in (True, False, "yes", "no"):
            raise RuleBroken("check_not_answered", step=spec["code"])
        thing = situation.fill(str(spec.get("thing") or ""))
        things, note = ((thing,) if ":" in thing else ()), str(entry.get("note") or "").strip()[:300]
        if answer in (True, "yes"):
            wrong_with = registry.wrong_with(thing) if things else []
            if wrong_with:
                raise Refused(wrong_with)
            return Outcome({"ok": True} | ({"thing": thing} if things else {}), things=things)
        values = {"means": said(spec["text"]), "place": said(spec.get("place")), "note": note}
        reason = Reason("means_missing", values, source=said(spec.get("source")))
        return Outcome({"ok": False} | ({"note": note} if note else {}), reason, things)


class Choose(StepKind):
    """Pick one answer; some answers are deviations."""

    code, label = "choose", _("Choose")
    fields = ("options",)

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        options = spec.get("options")
        good = (
            isinstance(options, list)
            and options
            and all(isinstance(o, dict) and o.get("value") for o in options)
        )
        return [] if good else [wrong(spec, "options")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        chosen = next((o for o in spec["options"] if o["value"] == entry.get("choice")), None)
        if chosen is None:
            raise RuleBroken("step_choice_missing", step=spec["code"])
        reason = None
        if not chosen.get("ok", True):
            values = {"step": said(spec["text"]), "choice": said(chosen.get("text")) or chosen["value"]}
            reason = Reason("choice_is_a_deviation", values, source=said(spec.get("source")))
        return self.settle(spec, {"choice": chosen["value"]}, reason)


class Photo(StepKind):
    """Take a picture in place; it was stored before the step, here is its digest."""

    code, label = "photo", _("Photo")

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        digest = str(entry.get("digest") or "")
        if not DIGEST.match(digest):
            raise RuleBroken("step_photo_missing", step=spec["code"])
        return Outcome({"digest": digest})


class Sign(StepKind):
    """Prove again who you are, and say what the signature means."""

    code, label = "sign", _("Sign")
    signed = True
    fields = ("meaning",)

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        return [] if spec.get("meaning") in MEANINGS else [wrong(spec, "meaning")]

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        return Outcome({"meaning": spec["meaning"]})


def limits_make_sense(spec: dict[str, Any]) -> bool:
    """Whether the limits are numbers, the low one below the high one."""
    try:
        low, high = (rules.bound(spec, side, {}) for side in ("min", "max"))
    except ArithmeticError:
        return False
    return low is None or high is None or low <= high
