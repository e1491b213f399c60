"""The verbs of holds: stop a thing, let it go."""

from collections.abc import Sequence
from typing import Any

from strate.workshop.doors.texts import Paragraph, Title, Word
from strate.workshop.holds import queries, rules
from strate.workshop.holds.models import LIFTED, PLACED, Hold
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.journal.rules import plain
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import QUALITY, ROLES, permit

# Things named by one fact: a fact of ten thousand names would be too long to read.
TOGETHER = 500


def place(
    *,
    by: Actor,
    about: str,
    code: str = "stopped_by_hand",
    text: str = "",
    liftable_by: Sequence[str] = (QUALITY,),
    origin: str = "",
    by_another: bool = True,
    values: dict[str, Any] | None = None,
) -> Hold:
    """Stop a thing until somebody with the right lets it go.

    `by_another`: whoever stops it cannot let it go alone. A room that waits for a paper or a count of its own
    passes False.
    """
    permit(by, "holds.place")
    if code == "stopped_by_hand" and not text.strip():
        raise RuleBroken("hold_needs_a_reason")
    if not liftable_by or set(liftable_by) - set(ROLES):
        raise RuleBroken("hold_needs_a_lifter")
    with act("holds.placed", by=by) as done:
        hold = Hold.objects.create(
            about=about,
            code=code,
            values=plain(values or {}),
            text=text[:500],
            origin=origin,
            placed_by=by.person,
            placed_at=clock.now(),
            liftable_by=sorted(set(liftable_by)),
            by_another=by_another,
        )
        roles = [f"role:{role}" for role in hold.liftable_by]
        notify(by=by, to=roles, about=about, code="hold_placed", hold=hold.ref)
        done.tell(about, hold, origin, code=code, text=hold.text, liftable_by=hold.liftable_by)
    return hold


def place_on_all(
    *,
    by: Actor,
    about: Sequence[str],
    code: str,
    text: str,
    origin: str,
    values: dict[str, Any] | None = None,
    liftable_by: Sequence[str] = (QUALITY,),
) -> int:
    """Stop many things for one reason, in one act; each hold is then lifted by itself.

    One fact for each batch of things; whoever called tells the people, once.
    """
    permit(by, "holds.place")
    roles = sorted(set(liftable_by))
    if not roles or set(roles) - set(ROLES):
        raise RuleBroken("hold_needs_a_lifter")
    things = list(dict.fromkeys(about))
    for start in range(0, len(things), TOGETHER):
        some = things[start : start + TOGETHER]
        with act("holds.placed", by=by) as done:
            common = {"code": code, "text": text[:500], "origin": origin, "liftable_by": roles}
            mine = {"values": plain(values or {}), "placed_by": by.person, "placed_at": clock.now()}
            Hold.objects.bulk_create([Hold(about=ref, **mine, **common) for ref in some])
            done.tell(*some, origin, **{**common, "count": len(some)})
    return len(things)


def stop(*, by: Actor, about: Title, text: Paragraph, liftable_by: Sequence[Word] = (QUALITY,)) -> Hold:
    """Stop a thing by hand, saying why and which roles may let it go."""
    return place(by=by, about=about, text=text, liftable_by=liftable_by)


def lift(*, by: Actor, hold: Word, reason: Paragraph) -> Hold:
    """Let a thing go: signed, by a role named on the hold."""
    found = queries.one(hold)
    reasons = rules.why_not_lift(queries.standing(found), person=by.person, roles=by.roles)
    if reasons:
        raise Refused(reasons)
    if not reason.strip():
        raise RuleBroken("lifting_needs_a_reason")
    with act("holds.lifted", by=by, reason=reason[:500], meaning="lifted") as done:
        changes = {
            "state": LIFTED,
            "lifted_by": by.person,
            "lifted_at": clock.now(),
            "lift_reason": reason[:500],
        }
        if not Hold.objects.filter(pk=found.pk, state=PLACED).update(**changes):
            raise RuleBroken("hold_already_lifted", hold=found.ref)
        if found.placed_by:
            notify(
                by=by, to=f"person:{found.placed_by}", about=found.about, code="hold_lifted", hold=found.ref
            )
        done.tell(found.about, found, found.origin, code=found.code, text=found.text)
    found.refresh_from_db()
    return found
