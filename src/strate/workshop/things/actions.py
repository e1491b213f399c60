"""The verb of things in general: correct what was written about them."""

from strate.workshop.doors.texts import Paragraph, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.things import corrections, queries
from strate.workshop.things.corrections import Correction


def correct(*, by: Actor, event: Word, field: Word, value: Paragraph, reason: Paragraph) -> None:
    """Correct an entry: « I typed 12,5 for 125 »; the first one stays, with who corrected it and why."""
    fact = queries.fact(event)
    if by.person != fact.by or not by.person:
        permit(by, "things.correct")
    reasons = corrections.objections(fact)
    if reasons:
        raise Refused(reasons)
    envelope, kind = queries.told(fact), corrections.of(fact.what)
    if kind is None or field not in kind.fields:
        raise RuleBroken("field_not_correctable", field=field)
    if not reason.strip():
        raise RuleBroken("correction_needs_a_reason")
    old, new = queries.standing_value(fact, field), kind.fields[field](value)
    if queries.same(old, new):
        raise RuleBroken("correction_changes_nothing", value=value)
    # What was signed is corrected by signing again.
    meaning = "corrected" if envelope["signature"] else ""
    things = tuple(envelope["things"])
    with act("things.corrected", by=by, corrects=event, reason=reason.strip()[:500], meaning=meaning) as done:
        kind.apply(Correction(fact, field, old, new, reason, by, envelope["data"], things))
        done.tell(*things, corrected=fact.what, field=field, old=old, new=new)
