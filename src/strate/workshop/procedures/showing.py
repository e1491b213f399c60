"""How a gesture is shown: texts in the reader's language, what was entered, what comes next."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import NARROW, moment, number
from strate.workshop.doors.wording import meaning
from strate.workshop.journal.refusals import NotFound
from strate.workshop.procedures import queries, rules
from strate.workshop.procedures.kinds import KINDS, said
from strate.workshop.procedures.kinds.base import signs_known
from strate.workshop.procedures.models import Procedure, ProcedureRun, StepDone
from strate.workshop.things.registry import Gesture, Thing, kinds


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
        return KINDS[self.kind].template

    @property
    def text(self) -> str:
        return said(self.spec.get("text"))

    @property
    def why(self) -> str:
        return said(self.spec.get("why"))

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
        return str(self.spec.get("name") or self.text)

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
    past, seen = queries.steps_done(run), queries.situation(run)
    shown = []
    for i, spec in enumerate(run.steps):
        low, high = (rules.bound(spec, side, seen.values) for side in ("min", "max"))
        shown.append(Card(i + 1, spec, past.get(spec["code"]), i == run.index, low, high))
    return shown


def entered(spec: dict[str, Any], done: StepDone) -> str:
    """What was entered, as it is said: « 20,5 °C », « conforme », the thing scanned."""
    values = done.outcome
    if "skipped" in values:
        return gettext("Not done: %(reason)s") % {"reason": values["skipped"]}
    if "value" in values:
        unit = f"{NARROW}{values['unit']}" if values.get("unit") else ""
        typed = f" ({gettext('typed')})" if values.get("typed") else ""
        return f"{number(values['value'])}{unit}{typed}"
    if "ok" in values:
        verdict = gettext("conforming") if values["ok"] else gettext("not conforming")
        return f"{verdict} — {values['note']}" if values.get("note") else verdict
    if "choice" in values:
        chosen = next((o for o in spec.get("options") or () if o["value"] == values["choice"]), None)
        return (said(chosen.get("text")) if chosen else "") or str(values["choice"])
    if "ref" in values:
        return str(values["ref"]).partition(":")[2]
    return str(KINDS[done.kind].label)


def note(card: Card) -> str:
    """Who did a step, when, and what was entered."""
    if card.done is None:
        return card.bounds
    who = hooks.name_of(card.done.by)
    return f"{card.value} · {who} · {moment(card.done.at)}"


def find_procedure(code: str) -> Thing | None:
    procedure = Procedure.objects.filter(code=code).first()
    if not procedure:
        return None
    current = procedure.versions.filter(state=rules.APPROVED).first()
    state = rules.APPROVED if current else rules.DRAFT
    return Thing(procedure.ref, title(procedure), f"/modes-operatoires/{code}/", state)


def search_procedures(text: str, limit: int) -> list[Thing]:
    found = Procedure.objects.filter(title_fr__icontains=text) | Procedure.objects.filter(
        code__icontains=text
    )
    shown = (find_procedure(p.code) for p in found.order_by("code")[:limit])
    return [thing for thing in shown if thing]


def find_run(code: str) -> Thing | None:
    try:
        run = queries.run(int(code.removeprefix("G"))) if code.startswith("G") else None
    except (ValueError, NotFound):
        return None
    if run is None:
        return None
    url = f"/gestes/{run.pk}/"
    gestures = [Gesture(gettext("Go on"), url)] if run.state in (rules.OPEN, rules.INTERRUPTED) else []
    return Thing(run.ref, f"{title(run.procedure)} n° {run.pk}", url, run.state, [], gestures)
