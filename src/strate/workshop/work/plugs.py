"""What the work queue plugs in: its leases are not facts; the promise is made inside the act that calls for it."""

from strate.workshop.journal import guard

guard.leave_ungoverned("strate_job")
