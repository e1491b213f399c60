"""What the machines say, lent to the rooms below: values for steps of a gesture, states for the hall."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.journal.refusals import Reason
from strate.workshop.machines import registry as hall
from strate.workshop.procedures import registry as gestures
from strate.workshop.telemetry import actions, queries, rules, shown
from strate.workshop.work.registry import routine

# Samples are not acts of a person: the raw batches are named by their digest in a fact when a build ends.
leave_ungoverned("strate_signalnow", "strate_signalbatch", "strate_spoolmark")


@routine("telemetry.thinned", every_s=3600)
def _make_old_signals_light() -> None:
    """What the machines said long ago is kept by the minute; the facts stay whole."""
    actions.thin()


@gestures.machine_value
def read(machine: str, signal: str) -> gestures.Reading | None:
    """A signal as a step reads it: a number, with whether it can be believed now."""
    found = queries.reading(machine, signal)
    if found is None or found.value is None or isinstance(found.value, bool):
        return None
    try:
        value = Decimal(str(found.value))
    except InvalidOperation:
        return None
    return gestures.Reading(value, found.at, found.unit, found.good)


@hall.heard_by
def heard(codes: Sequence[str]) -> dict[str, hall.Heard]:
    """The state of each machine for its card, when it can be believed."""
    return {code: shown.heard(line, now) for code, (line, now) in queries.hall_now(codes).items()}


@hall.objection("power_off")
def not_while_at_work(machine: str) -> list[Reason]:
    """The power is not cut under a running build."""
    line, now = queries.hall_now([machine])[machine]
    state = now.get("state")
    if not line.live or state is None or state.value not in rules.AT_WORK:
        return []
    values = {"machine": f"machine:{machine}", "machine_state": state.value}
    return [Reason("machine_at_work", values, lifted_by=("shift_leader",))]
