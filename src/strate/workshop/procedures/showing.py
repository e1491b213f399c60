"""How a gesture is shown: texts in the reader's language, what was entered, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, moment, number
from strate.workshop.doors.wording import meaning
from strate.workshop.people.roles import AUTHORISATIONS, ROLES
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.effects import materials_of
from strate.workshop.procedures.kinds import KINDS, conditions, said
from strate.workshop.procedures.kinds.base import signs_known
from strate.workshop.procedures.models import Procedure, ProcedureRun, StepDone
from strate.workshop.safety import queries as safety
from strate.workshop.things.registry import kinds


def title(procedure: Procedure) -> str:
    """The name of a procedure in the reader's language."""
    return procedure.title_en if (get_language() or "fr").startswith("en") else procedure.title_fr


@dataclass(frozen=True)
class Card:
    """A step as it is shown: its card, and what was done of it if it is done."""

    number: int
    spec: dict[str, Any]
    done: StepDone | None
    current: bool
    min: Decimal | None = None
    max: Decimal | None = None
    digest: str = ""
    # Whether it concerns this job; one that does not is shown as such, never asked.
    concerns: bool = True
    # The steps of the whole procedure, when a condition speaks of one of them.
    among: tuple[dict[str, Any], ...] = ()

    @property
    def code(self) -> str:
        return str(self.spec.get("code", ""))

    @property
    def kind(self) -> str:
        return str(self.spec.get("kind", ""))

    @property
    def editable(self) -> bool:
        """A draft brought in as a text may name its steps in a way no address can hold."""
        return bool(rules.CODE.match(self.code))

    @property
    def label(self) -> str:
        return str(KINDS[self.kind].label) if self.kind in KINDS else self.kind

    @property
    def template(self) -> str:
        return KINDS[self.kind].template if self.kind in KINDS else KINDS["acknowledge"].template

    @property
    def when(self) -> list[str]:
        conditions_of = [c for c in self.spec.get("when") or () if isinstance(c, dict)]
        return [condition_words(c, self.among) for c in conditions_of]

    @property
    def place(self) -> str:
        return said(self.spec.get("place"))

    @property
    def needs(self) -> list[str]:
        """Who may do it, in words."""
        found = [str(ROLES[role])] if (role := self.spec.get("role")) in ROLES else []
        for need in self.spec.get("authorisation") or ():
            if isinstance(need, list | tuple) and len(need) == 2:
                found.append(f"{AUTHORISATIONS.get(need[0], need[0])} {need[1]}".strip())
        if self.spec.get("second_person") or self.spec.get("other_than"):
            found.append(gettext("a second person"))
        zone = self.spec.get("zone")
        return found + ([gettext("zone %(place)s") % {"place": zone}] if zone else [])

    @property
    def calls(self) -> str:
        """The title of the procedure that this step calls."""
        called = Procedure.objects.filter(code=self.spec.get("procedure", "")).first()
        return title(called) if called else str(self.spec.get("procedure") or "")

    @property
    def text(self) -> str:
        return said(self.spec.get("text"))

    @property
    def why(self) -> str:
        return said(self.spec.get("why"))

    @property
    def source(self) -> str:
        return said(self.spec.get("source"))

    @property
    def ppe(self) -> list[str]:
        return list(self.spec.get("ppe") or ()) if signs_known(self.spec.get("ppe")) else []

    @property
    def signed(self) -> bool:
        return KINDS[self.kind].signed or bool(self.spec.get("signed"))

    @property
    def required(self) -> bool:
        return bool(self.spec.get("required", True))

    @property
    def options(self) -> list[dict[str, Any]]:
        given = [o for o in self.spec.get("options") or () if isinstance(o, dict)]
        return [o | {"said": said(o.get("text")) or o.get("value")} for o in given]

    @property
    def measure(self) -> str:
        return said(self.spec.get("name")) or self.text

    @property
    def unit(self) -> str:
        return str(self.spec.get("unit") or "")

    @property
    def step_size(self) -> str:
        """What + and − change: one, or the last decimal the instrument shows."""
        decimals = int(self.spec.get("decimals") or 0)
        return "1" if not decimals else f"0.{'0' * (min(decimals, 3) - 1)}1"

    @property
    def scan_label(self) -> str:
        expects = self.spec.get("expects")
        kind = str(expects.get("kind", "")) if isinstance(expects, dict) else ""
        known = kinds().get(kind)
        return str(known.label) if known else kind

    @property
    def meaning(self) -> str:
        return meaning(f"step_{self.spec.get('meaning') or 'done'}")

    @property
    def who(self) -> str:
        return str(hooks.name_of(self.done.by)) if self.done else ""

    @property
    def value(self) -> str:
        return entered(self.spec, self.done) if self.done else ""

    @property
    def bounds(self) -> str:
        unit = f"{NARROW}{self.unit}" if self.unit else ""
        low, high = (number(v) if v is not None else "" for v in (self.min, self.max))
        if low and high:
            return gettext("from %(low)s to %(high)s") % {"low": low, "high": high} + unit
        return f"≥ {low}{unit}" if low else f"≤ {high}{unit}" if high else ""


def cards(run: ProcedureRun) -> list[Card]:
    """Every step of a run, in order."""
    past, seen, specs = queries.steps_done(run), queries.situation(run), tuple(run.steps)
    shown = []
    for i, spec in enumerate(run.steps):
        low, high = (rules.bound(spec, side, seen.values) for side in ("min", "max"))
        concerns = spec["code"] in past or conditions.concerns(spec, seen)
        done = past.get(spec["code"])
        if i == run.index and spec.get("effect") == "safety.confirm_ppe":
            spec = spec | {"ppe": _worn(run, spec)}
        shown.append(Card(i + 1, spec, done, i == run.index, low, high, concerns=concerns, among=specs))
    return shown


def _worn(run: ProcedureRun, spec: dict[str, Any]) -> list[str]:
    """The sheet of what is at hand commands, then the procedure; the zone adds its own."""
    operation = str(spec.get("operation") or "powder")
    materials, usual = materials_of(run), spec.get("ppe") or ()
    return list(safety.ppe_of_step(operation, usual, materials, things=run.about, place=run.place))


def head(card: Card, cards: list[Card]) -> dict[str, Any]:
    """What stands above the field of a step: where we are, what to do, why, what to wear."""
    asked = [c for c in cards if c.concerns]
    return {
        "title": card.text,
        "why": card.why,
        "source": card.source,
        "ppe": card.ppe,
        "number": asked.index(card) + 1 if card in asked else card.number,
        "count": len(asked),
        "layers": ["done" if c.done else "current" if c.current else "ahead" for c in asked],
        "kind_word": card.label,
        "blocking": bool(card.spec.get("blocking", True)),
    }


def previewed(cards: list[Card], index: int) -> dict[str, Any]:
    """A step as the tablet will show it, with what a machine, a clock or another gesture would say."""
    shown = [replace(c, current=i == index, concerns=True) for i, c in enumerate(cards)]
    card = shown[index]
    live: dict[str, Any] = {"waiting": True, "ready_at": None, "previewed": True}
    return {"card": card, "step": head(card, shown), "live": live, "typed": {}, "action": action_word(card)}


def action_word(card: Card) -> str:
    """What the big button says for this kind of step."""
    words = {
        "check": gettext("Conforming"),
        "means": gettext("In its place"),
        "acknowledge": gettext("Acknowledged"),
        "sign": gettext("Sign"),
    }
    return words.get(card.kind, gettext("Done, next"))


def condition_words(each: dict[str, Any], among: Iterable[dict[str, Any]] = ()) -> str:
    """« matière réactive : oui », as the floor says it; a name of the site's own stays as it is."""
    names = {
        "reactive": gettext("reactive material"),
        "family": gettext("family"),
        "material": gettext("material"),
        "cmr": gettext("CMR material"),
        "container_kg": gettext("mass of the container (kg)"),
    }
    answers = {"yes": gettext("yes"), "no": gettext("no"), **_family_words()}
    name = names.get(str(each.get("value")), str(each.get("value", "")))
    asked = next((s for s in among if s.get("code") == each.get("step")), None) if each.get("step") else None
    if each.get("step"):
        name = f"« {said(asked.get('text')) if asked else each['step']} »"
        options = (asked.get("options") or ()) if asked else ()
        answers |= {o["value"]: said(o.get("text")) for o in options if isinstance(o, dict) and o.get("text")}
    found = []
    for key, sign in (("is", ""), ("is_not", "≠"), ("at_least", "≥"), ("at_most", "≤")):
        if key in each:
            wanted = each[key] if isinstance(each[key], list) else [each[key]]
            words = gettext(" or ").join(answers.get(str(w), str(w)) for w in wanted)
            found.append(f"{sign} {words}".strip())
    return gettext("%(name)s: %(answers)s") % {"name": name, "answers": ", ".join(found)}


def _family_words() -> dict[str, str]:
    return {"metal": gettext("metal"), "polymer": gettext("polymer"), "sand": gettext("sand")}


def families(codes: Iterable[str]) -> str:
    """For which families a procedure is: « métal, sable »; empty for all of them."""
    words = _family_words()
    return ", ".join(words.get(code, code) for code in codes)


def entered(spec: dict[str, Any], done: StepDone) -> str:
    """What was entered, as it is said: « 20,5 °C », « conforme », the thing scanned."""
    values = done.outcome
    if "skipped" in values:
        return gettext("Not done: %(reason)s") % {"reason": values["skipped"]}
    if "value" in values:
        unit = f"{NARROW}{values['unit']}" if values.get("unit") else ""
        shown = f"{number(values['value'])}{unit}"
        return gettext("%(value)s (typed)") % {"value": shown} if values.get("typed") else shown
    if "ok" in values:
        verdict = gettext("conforming") if values["ok"] else gettext("not conforming")
        return f"{verdict} — {values['note']}" if values.get("note") else verdict
    if "choice" in values:
        chosen = next((o for o in spec.get("options") or () if o["value"] == values["choice"]), None)
        return (said(chosen.get("text")) if chosen else "") or str(values["choice"])
    if "ref" in values:
        return str(values["ref"]).partition(":")[2]
    return str(KINDS[done.kind].label)


def left(time: timedelta) -> str:
    """What is left of a wait: « 1 h 05 min 30 s »; the tablet counts on from there."""
    seconds = max(int(time.total_seconds()), 0)
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    parts = [f"{hours}{NARROW}h"] if hours else []
    return " ".join([*parts, f"{minutes:02}{NARROW}min", f"{seconds % 60:02}{NARROW}s"])


def note(card: Card) -> str:
    """Who did a step, when, and what was entered."""
    if card.done is None:
        return card.bounds
    who = hooks.name_of(card.done.by)
    return f"{card.value} · {who} · {moment(card.done.at)}"
