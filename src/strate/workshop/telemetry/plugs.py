"""Samples are not acts of a person: the raw batches are named by their digest in a fact when a build ends."""

from decimal import Decimal, InvalidOperation

from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.procedures import registry as gestures
from strate.workshop.telemetry import queries

leave_ungoverned("strate_signalnow", "strate_signalbatch", "strate_spoolmark")


@gestures.machine_value
def read(machine: str, signal: str) -> gestures.Reading | None:
    """A signal as a step reads it: a number, with whether it can be believed now."""
    found = queries.reading(machine, signal)
    if found is None or found.value is None:
        return None
    try:
        value = Decimal(str(found.value))
    except InvalidOperation:
        return None
    return gestures.Reading(value, found.at, found.unit, found.good)
