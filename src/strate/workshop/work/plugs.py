"""What the work queue plugs in: its leases are no facts; a promise is made inside an act."""

from strate.workshop.journal import guard

guard.leave_ungoverned("strate_job")
