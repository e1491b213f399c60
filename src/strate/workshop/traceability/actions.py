"""The verb of traceability: recall a lot, which stops everything made of it in one act."""

from collections.abc import Sequence
from typing import Literal

from strate.workshop.doors.texts import Code, Paragraph
from strate.workshop.feedstock import genealogy
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock.genealogy import Lot
from strate.workshop.holds import actions as holds
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import HSE, QUALITY, SHIFT_LEADER, permit
from strate.workshop.traceability.models import Recall
from strate.workshop.traceability.queries.recall import Concerned, concerned, stopped_already

Kind = Literal["lots", "builds", "pieces"]
EVERYTHING: tuple[Kind, ...] = ("lots", "builds", "pieces")


def recall(*, by: Actor, lot: Code, reason: Paragraph, stop: Sequence[Kind] = EVERYTHING) -> Recall:
    """Recall a lot: signed, with the reason; all that is made of it is stopped, each thing by a hold of its own.

    Recalled again, only what was made since is stopped: nobody holds a thing twice for the same lot.
    """
    permit(by, "traceability.recall")
    if not reason.strip():
        raise RuleBroken("recall_needs_a_reason")
    each = feedstock.lot(lot)
    with act("traceability.recalled", by=by, reason=reason, meaning="recalled") as done:
        # Two people may recall the same lot at once: the second one sees what the first has stopped.
        each = genealogy.lock(each)
        of, before = concerned(each), stopped_already(each)
        things = [ref for ref in of.things(*dict.fromkeys(stop)) if ref not in before]
        if not things:
            raise RuleBroken("recall_stops_nothing", recall=_last(each))
        counts = _counts(of, things)
        made = Recall.objects.create(
            lot=each.code,
            reason=reason.strip(),
            counts=counts,
            by=by.person,
            at=done.happened_at or clock.now(),
        )
        why = {"code": "recalled", "text": reason.strip(), "values": {"lot": each.ref}}
        holds.place_on_all(by=by, about=things, origin=made.ref, **why)
        to = [f"role:{role}" for role in (QUALITY, SHIFT_LEADER, HSE)]
        notify(by=by, to=to, about=made.ref, code="lot_recalled", lot=each.ref, count=len(things))
        done.tell(each, made, lot=each.ref, recall=made.ref, count=len(things), **counts)
    return made


def _last(lot: Lot) -> str:
    last = Recall.objects.filter(lot=lot.code).first()
    return last.ref if last else ""


def _counts(of: Concerned, things: Sequence[str]) -> dict[str, int]:
    """How many of each kind are stopped, and how many parts there are in all."""
    kinds = [ref.partition(":")[0] for ref in things]
    counts = {f"{kind}s": kinds.count(kind) for kind in ("lot", "build", "piece")}
    return {**counts, "parts": of.parts}
