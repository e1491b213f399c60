"""A limit passed over: only where its rule allows, by somebody with the right, signed, and shown for ever."""

from collections.abc import Sequence

from strate.workshop.feedstock import registry, rules
from strate.workshop.feedstock.models import Lot, PassedOver
from strate.workshop.journal.actions import Done
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.people.roles import permit

# What the signature of who passes over a limit means.
MEANING = "powder_limit_passed_over"


def free_or_passed(done: Done, reasons: Sequence[Reason], override: str) -> list[str]:
    """Nothing stands in the way, or all of it may be passed over by this person, who says why; else every reason.

    Inside the act: what is passed over makes it a signature, with its reason.
    """
    by = done.by
    if not reasons:
        return []
    passable = all(r.overridable and r.code in rules.OVERRIDABLE for r in reasons)
    if not override.strip() or not passable:
        raise Refused(reasons)
    permit(by, "feedstock.override")
    beyond = [r for r in reasons if r.lifted_by and not by.roles & set(r.lifted_by)]
    if beyond:
        raise Refused(beyond)
    done.signed_as(MEANING)
    done.reason = override.strip()
    return sorted({r.code for r in reasons})


def keep(done: Done, lot: Lot, place: str, codes: Sequence[str], reason: str) -> None:
    """Write what was passed over, where the build that is poured for and its dossier show it."""
    if not codes:
        return
    PassedOver.objects.create(
        lot=lot,
        place=place,
        build=registry.job_on(place).build,
        codes=list(codes),
        reason=reason.strip()[:400],
        by=done.by.person,
        at=done.happened_at,
        event=done.event,
    )
