"""The end of a build: open when it is cool, give the powder back to the ledger, close when nothing is missing."""

from strate.workshop.builds import queries, registry, rules
from strate.workshop.builds.models import Build
from strate.workshop.builds.rules import BuildCode, Code, Mass, Text
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.notices import actions as notices
from strate.workshop.people.roles import permit


def open_chamber(*, by: Actor, build: BuildCode) -> Build:
    """Open the chamber: refused while it is too hot, or while the room's oxygen is low."""
    permit(by, "builds.open")
    found = queries.build(build)
    rules.move(found.state, rules.OPENED)
    reasons = queries.open_reasons(found)
    if reasons:
        raise Refused(reasons)
    with act("builds.opened", by=by) as done:
        found = queries.for_update(found)
        found.state, found.opened_at = rules.move(found.state, rules.OPENED), clock.now()
        found.save()
        readings = queries.readings_for_fact(found, ("plate_celsius", "room_oxygen_percent"))
        done.tell(found, found.machine_ref, **readings)
    return found


def weigh_back(
    *,
    by: Actor,
    build: BuildCode,
    recovered_mg: Mass,
    oversize_mg: Mass = 0,
    sample_mg: Mass = 0,
    waste_mg: Mass = 0,
    supports_mg: Mass = 0,
    residual_mg: Mass = 0,
    lot: Code = "",
    container: Code = "",
    reason: Text = "",
) -> Build:
    """Weigh the powder back after depowdering; the mass balance is worked out and what cannot be explained is told.

    Beyond the tolerance of the family a reason is needed, and quality is told.
    """
    permit(by, "builds.weigh_back")
    weighed = {"recovered_mg": recovered_mg, "oversize_mg": oversize_mg, "sample_mg": sample_mg}
    weighed |= {"waste_mg": waste_mg, "residual_mg": residual_mg}
    found = queries.build(build)
    rules.move(found.state, rules.DEPOWDERED)
    balance = queries.balance(found, supports_mg=supports_mg, **weighed)
    if balance.reasons and not reason.strip():
        raise Refused(balance.reasons)
    with act("builds.depowdered", by=by, reason=reason) as done:
        found = queries.for_update(found)
        rules.move(found.state, rules.DEPOWDERED)
        fused_mg = found.parts_mg + supports_mg
        _give_back(by, found, weighed, fused_mg=fused_mg, lot=lot, container=container)
        found.state, found.balance = rules.DEPOWDERED, queries.balance_for_fact(balance)
        found.save()
        done.tell(found, found.machine_ref, **found.balance)
        if balance.reasons:
            _tell_quality(by, found)
    return found


def _give_back(
    by: Actor, build: Build, weighed: dict[str, int], *, fused_mg: int, lot: str, container: str
) -> None:
    """The powder returns to the ledger, under a lot named after the build when none is given."""
    feedstock.weigh_back(
        by=by,
        machine=build.machine,
        build=build.ref,
        lot=lot or f"{build.code}-R",
        fused_mg=fused_mg,
        container=container,
        **weighed,
    )


def _tell_quality(by: Actor, build: Build) -> None:
    values = {name: build.balance[name] for name in ("unexplained_mg", "unexplained_share")}
    notices.notify(by=by, to="role:quality", about=build.ref, code="balance_not_explained", **values)


def close(*, by: Actor, build: BuildCode) -> Build:
    """Close a build when nothing is missing any more: interruptions decided, powder weighed, readings kept."""
    permit(by, "builds.close")
    found = queries.build(build)
    missing = queries.missing_to_close(found)
    if missing:
        raise Refused(missing)
    with act("builds.closed", by=by) as done:
        found = queries.for_update(found)
        found.state = rules.move(found.state, rules.CLOSED)
        found.save()
        done.tell(found, found.machine_ref, *(f"order:{row.order}" for row in found.orders.all()))
        registry.closing(by, found)
    return found
