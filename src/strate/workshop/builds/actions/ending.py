"""The end of a build: open when it is cool, give the powder back to the ledger, close when nothing is missing."""

from strate.workshop.builds import queries, rules
from strate.workshop.builds.models import Build
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.feedstock.rules import mass_balance
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit


def open_chamber(*, by: Actor, build: str) -> Build:
    """Open the chamber: refused while it is too hot, or while the room's oxygen is low."""
    permit(by, "builds.open")
    found = queries.build(build)
    rules.move(found.state, rules.OPENED)
    reasons = queries.open_reasons(found)
    if reasons:
        raise Refused(reasons)
    with act("builds.opened", by=by) as done:
        found.state, found.opened_at = rules.move(found.state, rules.OPENED), clock.now()
        found.save()
        readings = queries.readings_for_fact(found, ("plate_celsius", "room_oxygen_percent"))
        done.tell(found, found.machine_ref, **readings)
    return found


def weigh_back(
    *,
    by: Actor,
    build: str,
    recovered_mg: int,
    oversize_mg: int = 0,
    sample_mg: int = 0,
    waste_mg: int = 0,
    supports_mg: int = 0,
    residual_mg: int = 0,
    lot: str = "",
    container: str = "",
    reason: str = "",
) -> Build:
    """Weigh the powder back after depowdering; the mass balance is worked out and what cannot be explained is told.

    Beyond the tolerance of the family a reason is needed, and quality is told.
    """
    permit(by, "builds.weigh_back")
    found = queries.build(build)
    rules.move(found.state, rules.DEPOWDERED)
    balance = queries.balance(
        found,
        recovered_mg=recovered_mg,
        oversize_mg=oversize_mg,
        sample_mg=sample_mg,
        waste_mg=waste_mg,
        supports_mg=supports_mg,
        residual_mg=residual_mg,
    )
    if balance.reasons and not reason.strip():
        raise Refused(balance.reasons)
    with act("builds.depowdered", by=by, reason=reason) as done:
        feedstock.weigh_back(
            by=by,
            machine=found.machine,
            build=found.ref,
            lot=lot or f"{found.code}-R",
            recovered_mg=recovered_mg,
            fused_mg=found.parts_mg + supports_mg,
            oversize_mg=oversize_mg,
            sample_mg=sample_mg,
            waste_mg=waste_mg,
            residual_mg=residual_mg,
            container=container,
        )
        found.state = rules.move(found.state, rules.DEPOWDERED)
        found.balance = queries.balance_for_fact(balance)
        found.save()
        done.tell(found, found.machine_ref, **found.balance)
    return found


def close(*, by: Actor, build: str) -> Build:
    """Close a build when nothing is missing any more: interruptions decided, powder weighed, readings kept."""
    permit(by, "builds.close")
    found = queries.build(build)
    missing = queries.missing_to_close(found)
    if missing:
        raise Refused(missing)
    with act("builds.closed", by=by) as done:
        found.state = rules.move(found.state, rules.CLOSED)
        found.save()
        done.tell(found, found.machine_ref, *(f"order:{row.order}" for row in found.orders.all()))
    return found


__all__ = ["RuleBroken", "close", "mass_balance", "open_chamber", "powder", "weigh_back"]
