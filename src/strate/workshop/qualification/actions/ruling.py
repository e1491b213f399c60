"""What the centre decides of the jury where no text does: a value, its source, a signature."""

from datetime import date
from typing import Any, Literal

from strate.workshop.doors.texts import Code, Page, Paragraph, Sentence, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import CentreValue
from strate.workshop.qualification.queries import references, ruling
from strate.workshop.qualification.rules import independence
from strate.workshop.qualification.rules.jury import EMPLOYER, UNION, entering

MOST = 3660


def enter_jury_rule(
    *,
    by: Actor,
    rule: Code,
    value: Sentence,
    source: Paragraph,
    origin: Literal["text", "house"],
    seen: int = 0,
) -> CentreValue:
    """Give a rule of the jury its value, with the text it comes from or as a house rule (signed); versions are kept.

    `seen` is the version the writer had before their eyes: another one entered meanwhile is read first.
    """
    permit(by, "qualification.enter_jury_rule")
    known = ruling.one(rule)
    if reasons := entering(ruling.written()[rule], origin):
        raise Refused(reasons)
    read = _read(known.kind, value, rule)
    if not source.strip():
        raise RuleBroken("jury_rule_needs_a_source", rule=rule)
    with act("qualification.jury_rule_entered", by=by, meaning="jury_rule_entered") as done:
        done.in_turn(f"jury-rule-{rule}")
        before = ruling.entered(rule)
        if seen != (before.pk if before else 0):
            raise RuleBroken("jury_rule_changed_meanwhile", rule=rule)
        row = CentreValue.objects.create(
            key=ruling.PREFIX + rule,
            value={"value": read, "origin": origin},
            source=source.strip(),
            set_by=by.person,
            set_at=done.happened_at,
            event=done.event,
        )
        done.tell(f"jury_rule:{rule}", rule=rule, value=read, origin=origin, source=source.strip())
    return row


def _read(kind: str, text: str, rule: str) -> Any:
    """The value as its kind wants it."""
    typed = text.strip()
    if kind == "yes_no" and typed in ("yes", "no"):
        return typed == "yes"
    if kind == "side" and typed in (EMPLOYER, UNION):
        return typed
    if kind == "ties":
        ties = [each for each in typed.replace(",", " ").split() if each != "none"]
        if typed and set(ties) <= set(independence.MAY_EXCLUDE):
            return sorted(set(ties))
    least = 1 if kind == "people" else 0
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(MOST)) else -1
    if kind in ("days", "months", "years", "people") and least <= number <= MOST:
        return number
    raise RuleBroken("jury_rule_not_understood", rule=rule, typed=typed)


def enter_registration(
    *, by: Actor, reference: Word, number: Code, since: date, until: date | None = None, source: Page
) -> CentreValue:
    """Enter the RNCP registration of a certificate, with its dates (signed): its blocks may be issued from then on."""
    permit(by, "qualification.enter_jury_rule")
    code = references.reference(reference).code
    if not number.strip() or not source.strip():
        raise RuleBroken("registration_incomplete", reference=code)
    if until is not None and until < since:
        raise RuleBroken("registration_dates_crossed", since_on=since, until_on=until)
    with act("qualification.registration_entered", by=by, meaning="registration_entered") as done:
        told = {
            "number": number.strip(),
            "since": since.isoformat(),
            "until": until.isoformat() if until else "",
        }
        row = CentreValue.objects.create(
            key=ruling.RNCP,
            about=code,
            value=told,
            source=source.strip(),
            set_by=by.person,
            set_at=done.happened_at,
            event=done.event,
        )
        done.tell(f"reference:{code}", reference=code, **told, source=source.strip())
    return row
