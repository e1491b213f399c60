"""The end of a build: open when it is cool, give the powder back to the ledger, close when nothing is missing."""

from strate.workshop.anomalies import actions as anomalies
from strate.workshop.builds import powder, queries, registry, rules
from strate.workshop.builds.models import Build
from strate.workshop.builds.powder import WeighedBack
from strate.workshop.builds.rules import BuildCode, Code, Mass, Text
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock.rules import Balance
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
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
    overflow_mg: Mass = 0,
    parts_mg: Mass | None = None,
    lot: Code = "",
    container: Code = "",
    overflow_container: Code = "",
    tool: Code = "",
    reason: Text = "",
) -> Build:
    """Weigh the powder back after depowdering; the mass balance is worked out and what cannot be explained is told.

    What only passed over the bed (`overflow_mg`) becomes a lot of its own. Beyond the tolerance of the family an
    anomaly is opened at once, and the build is not closed before somebody has said why.
    """
    permit(by, "builds.weigh_back")
    weighed = WeighedBack(
        recovered_mg=recovered_mg,
        oversize_mg=oversize_mg,
        sample_mg=sample_mg,
        waste_mg=waste_mg,
        supports_mg=supports_mg,
        residual_mg=residual_mg,
        overflow_mg=overflow_mg,
        parts_mg=parts_mg,
    )
    found = queries.build(build)
    rules.move(found.state, rules.DEPOWDERED)
    with act("builds.depowdered", by=by, reason=reason) as done:
        found = queries.for_update(found)
        rules.move(found.state, rules.DEPOWDERED)
        balance = powder.balance(found, weighed)
        back = _back(found, weighed, balance, lot or f"{found.code}-R", container, overflow_container, tool)
        feedstock.give_back(by=by, machine=found.machine, back=back)
        found.state, found.balance = rules.DEPOWDERED, powder.balance_for_fact(balance)
        if balance.reasons:
            _alarm(by, found, reason.strip())
        found.save()
        done.tell(found, found.machine_ref, **found.balance)
    return found


def _back(
    found: Build,
    weighed: WeighedBack,
    balance: Balance,
    lot: str,
    container: str,
    overflow_container: str,
    tool: str,
) -> feedstock.Back:
    """The powder returns to the ledger in its streams, as hot and as long as this build was."""
    out = {
        "fused": weighed.parts_of(found) + weighed.supports_mg,
        "recovered": weighed.recovered_mg,
        "oversize": weighed.oversize_mg,
        "sample": weighed.sample_mg,
        "waste": weighed.waste_mg,
    }
    allowed = powder.limits(found).overflow_weight
    weight = feedstock.overflow_weight_of(found.machine) if allowed is None else allowed
    return feedstock.Back(
        build=found.ref,
        lot=lot,
        out=out,
        residual_mg=weighed.residual_mg,
        overflow_mg=weighed.overflow_mg,
        overflow_weight=weight,
        hours=powder.hours_at_temperature(found.launched_at, found.ended_at),
        container=container,
        overflow_container=overflow_container,
        # Scales and the masses of the file disagree by grams: a gain within the tolerance is written as one.
        gain_mg=int(balance.tolerance_share * balance.weighed.input_mg),
        using=feedstock.air(tool, None, None),
    )


def _alarm(by: Actor, build: Build, reason: str) -> None:
    """Out of tolerance: an anomaly at once, to quality; the build waits for a reason before it is closed."""
    values = {name: build.balance[name] for name in ("unexplained_mg", "unexplained_share")}
    anomaly = anomalies.report(
        by=by,
        about=[build.ref, build.machine_ref],
        kind="mass_differs",
        text=reason,
        severity="major",
    )
    build.balance |= {"alarm": anomaly.ref, "reason": reason, "reason_by": by.person if reason else ""}
    notices.notify(by=by, to="role:quality", about=build.ref, code="balance_not_explained", **values)


def explain_balance(*, by: Actor, build: BuildCode, reason: Text) -> Build:
    """Say why the mass balance of a build is out of its tolerance: only then may it be closed."""
    permit(by, "builds.explain_balance")
    if not reason.strip():
        raise RuleBroken("reason_missing")
    with act("builds.balance_explained", by=by, reason=reason.strip()) as done:
        found = queries.for_update(queries.build(build))
        if not powder.unexplained(found):
            raise RuleBroken("balance_needs_no_reason", build=found.ref)
        found.balance |= {"reason": reason.strip(), "reason_by": by.person}
        found.save()
        told = {"unexplained_mg": found.balance["unexplained_mg"], "anomaly": found.balance["alarm"]}
        done.tell(found, found.balance["alarm"], **told)
    return found


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
