"""Samples are not acts of a person: the raw batches are named by their digest in a fact when a build ends."""

from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.procedures import registry as procedures
from strate.workshop.telemetry import queries

leave_ungoverned("strate_signalnow", "strate_signalbatch", "strate_spoolmark")
procedures.machine_value(queries.reading)
