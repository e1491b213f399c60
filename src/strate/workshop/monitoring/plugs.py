"""What the layers bring to the rooms below: they listen to the machines, and a build is closed only with its layers kept."""

from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.monitoring import following
from strate.workshop.people.roles import METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.telemetry import registry as telemetry

# Written as the machine counts; their digest becomes a fact when the build is over (`monitoring.layers_kept`).
leave_ungoverned("strate_layerrecord")
declare("monitoring.mark", OPERATOR, SHIFT_LEADER, METHODS, QUALITY)
telemetry.listen(following.follow)
