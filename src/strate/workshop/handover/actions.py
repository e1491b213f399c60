"""The verbs of handover: leave a note, acknowledge one, take over the shift."""

from collections.abc import Sequence

from strate.workshop.doors.texts import Page, Sentence, Title, Word
from strate.workshop.handover import queries, registry, rules
from strate.workshop.handover.models import HandoverNote, ShiftTaken
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.journal.rules import plain
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import OPERATOR, SHIFT_LEADER, permit

LONGEST = 4000


def write_handover(
    *,
    by: Actor,
    text: Page,
    place: Title = "",
    machines: Sequence[Title] = (),
    watch: Sequence[Sentence] = (),
) -> HandoverNote:
    """Leave a note to the next shift, with what to watch; signed, with the machines as they stand."""
    permit(by, "handover.write")
    if not text.strip():
        raise RuleBroken("note_needs_words")
    standing = registry.states(place)
    states = {ref: standing.get(ref, {}) for ref in machines} if machines else standing
    shift = queries.shift_at(clock.now())
    with act("handover.written", by=by, meaning="handed_over") as done:
        note = HandoverNote.objects.create(
            place=place,
            machines=list(states),
            text=text.strip()[:LONGEST],
            watch=[line.strip()[:300] for line in watch if line.strip()],
            states=plain(states),
            author=by.person,
            written_at=done.happened_at,
            shift=shift.code,
        )
        to = [f"role:{OPERATOR}", f"role:{SHIFT_LEADER}"]
        notify(by=by, to=to, about=note.ref, code="handover_written")
        done.tell(note, place, *states, shift=shift.code, text=note.text, watch=note.watch, states=states)
    return note


def acknowledge(*, by: Actor, note: Word) -> HandoverNote:
    """Acknowledge what was left: read and understood; signed, by another person than its author."""
    permit(by, "handover.take_over")
    found = queries.one(note)
    _acknowledge(by, [found])
    found.refresh_from_db()
    return found


def take_over(*, by: Actor, place: Title = "", notes: Sequence[Word] = ()) -> ShiftTaken:
    """Take over the shift: signed, having read every note left for this place (`notes` are those shown)."""
    permit(by, "handover.take_over")
    at = clock.now()
    waiting = queries.for_person(by.person, place)
    if reasons := rules.unseen([n.ref for n in waiting], [queries.one(n).ref for n in notes]):
        raise Refused(reasons)
    shift = queries.shift_at(at + rules.SLACK)
    items = registry.unfinished(place)
    shown = [{"group": str(i.group), "title": i.title, "ref": i.ref, "state": i.state} for i in items]
    with act("handover.taken_over", by=by, meaning="taken_over") as done:
        if waiting:
            _acknowledge(by, waiting)
        row = ShiftTaken.objects.create(
            place=place,
            person=by.person,
            at=done.happened_at,
            shift=shift.code,
            shift_starts_at=shift.starts_at,
            shift_ends_at=shift.ends_at,
            shown=shown,
        )
        refs = list(dict.fromkeys(i.ref for i in items if i.ref))
        done.tell(
            row, place, *waiting, shift=f"shift:{shift.code}", notes=[n.ref for n in waiting], unfinished=refs
        )
    return row


def _acknowledge(by: Actor, found: Sequence[HandoverNote]) -> None:
    reasons = [
        reason
        for n in found
        for reason in rules.why_not_acknowledge(
            note=n.ref,
            author=n.author,
            person=by.person,
            acknowledged_by=n.acknowledged_by,
            at=n.acknowledged_at,
        )
    ]
    if reasons:
        raise Refused(reasons)
    with act("handover.acknowledged", by=by, meaning="acknowledged") as done:
        pks = [n.pk for n in found]
        free = HandoverNote.objects.filter(pk__in=pks, acknowledged_by="")
        if free.update(acknowledged_by=by.person, acknowledged_at=done.happened_at) != len(pks):
            raise RuleBroken("note_acknowledged_meanwhile")
        for n in found:
            notify(by=by, to=f"person:{n.author}", about=n.ref, code="handover_acknowledged")
        done.tell(*found, notes=[n.ref for n in found])
