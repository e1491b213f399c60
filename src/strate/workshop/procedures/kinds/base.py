"""What every kind of step has in common: its texts, its means, and the verdict on what was entered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import ROLES, rights
from strate.workshop.procedures import registry
from strate.workshop.safety.rules import SIGNS

# A wait of a year in minutes, an age of a month in seconds: beyond that it is a slip of the hand.
LONGEST = 600_000
NAMED = re.compile(r"\{(\w+)\}")
DIGEST = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True)
class Past:
    """A step already done in this run."""

    by: str
    at: datetime
    outcome: Mapping[str, Any]


@dataclass(frozen=True)
class Situation:
    """What a step may look at: what the run is about, what is known of it, what was already done."""

    about: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[str, Past] = field(default_factory=dict)
    started_at: datetime | None = None
    run: int = 0

    def thing(self, kind: str) -> str:
        """The first thing of that kind, as `kind:code`."""
        return next((ref for ref in self.about if ref.startswith(f"{kind}:")), "")

    def fill(self, template: str) -> str:
        """`{machine}` becomes the code of the machine the run is about; what is not known becomes empty."""
        codes = {ref.partition(":")[0]: ref.partition(":")[2] for ref in reversed(self.about)}
        known = {k: str(v).partition(":")[2] or str(v) for k, v in self.values.items()} | codes
        return NAMED.sub(lambda found: known.get(found[1], ""), str(template))


@dataclass(frozen=True)
class Outcome:
    """What was entered, as it will be kept; a deviation is recorded, never hidden."""

    values: dict[str, Any] = field(default_factory=dict)
    deviation: Reason | None = None
    things: tuple[str, ...] = ()


class StepKind:
    """A kind of step: how its card is checked, how an entry is judged, which partial shows it."""

    code: str = ""
    label: Any = ""
    signed = False
    # What doing such a step sets in motion, when its card names nothing else.
    effect: str = ""
    fields: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"procedures/kinds/{self.code}.html"

    def validate_spec(self, spec: dict[str, Any]) -> list[Reason]:
        """What is wrong with the card of a step of this kind."""
        found = [Reason("step_text_missing", {"step": spec["code"]})] if not _texts(spec.get("text")) else []
        right, effect = spec.get("right"), spec.get("effect")
        if right and right not in rights():
            found.append(Reason("step_right_unknown", {"step": spec["code"], "right": right}))
        if effect and effect not in registry.effects():
            found.append(Reason("step_effect_unknown", {"step": spec["code"], "effect": effect}))
        for need in spec.get("authorisation") or ():
            if not isinstance(need, list | tuple) or len(need) != 2:
                found.append(Reason("step_field_wrong", {"step": spec["code"], "field": "authorisation"}))
        found += [wrong(spec, name) for name, good in _means_make_sense(spec).items() if not good]
        return found + self.own_faults(spec)

    def own_faults(self, spec: dict[str, Any]) -> list[Reason]:
        return []

    def judge(
        self, spec: dict[str, Any], entry: Mapping[str, Any], situation: Situation, at: datetime
    ) -> Outcome:
        """The verdict on what was entered: an outcome, or a refusal that says what and why."""
        raise TypeError(f"{type(self).__name__} must say how it judges an entry")

    def settle(
        self, spec: dict[str, Any], values: dict[str, Any], reason: Reason | None, *things: str
    ) -> Outcome:
        """Outside the limits: a blocking step refuses, the others record the deviation to be reported."""
        if reason and spec.get("blocking", True):
            raise Refused([reason])
        return Outcome(values, reason, tuple(things))


def said(text: Any) -> str:
    """A text of a card in the language of the person who reads it; the other one when it lacks."""
    if not isinstance(text, Mapping):
        return str(text or "")
    language = (get_language() or "fr")[:2]
    return str(text.get(language) or text.get("fr") or text.get("en") or "")


def spoken(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The card as a rule quotes it: its measure and its source in the reader's language."""
    return {**spec, "name": said(spec.get("name")), "source": said(spec.get("source"))}


def _texts(text: Any) -> bool:
    return isinstance(text, dict) and bool(text.get("fr")) and bool(text.get("en"))


def _means_make_sense(spec: dict[str, Any]) -> dict[str, bool]:
    """What every card may say besides its text: the reason in both languages or none, signs, role, picture."""
    why, role, picture = spec.get("why"), spec.get("role"), spec.get("picture")
    words = isinstance(why, dict) and bool(why.get("fr")) == bool(why.get("en"))
    return {
        "why": not why or words,
        "ppe": signs_known(spec.get("ppe")),
        "role": not role or role in ROLES,
        "picture": not picture or bool(DIGEST.match(str(picture))),
        "other_than": isinstance(spec.get("other_than") or [], list),
    }


def skipped(spec: dict[str, Any], entry: Mapping[str, Any]) -> Outcome | None:
    """A step that is not required may be passed, with a reason."""
    reason = str(entry.get("skip") or "").strip()
    if not reason:
        return None
    if spec.get("required", True):
        raise RuleBroken("step_required", step=spec["code"])
    return Outcome({"skipped": reason[:300]})


def signs_known(signs: Any) -> bool:
    """Whether these are signs the house can draw."""
    return signs is None or (isinstance(signs, list) and all(sign in SIGNS for sign in signs))


def a_number(value: Any) -> bool:
    """Whether a card's number is one, and positive."""
    try:
        return 0 < float(str(value)) <= LONGEST
    except ValueError:
        return False


def wrong(spec: dict[str, Any], name: str) -> Reason:
    return Reason("step_field_wrong", {"step": spec["code"], "field": name})
