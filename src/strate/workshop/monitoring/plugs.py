"""What the layers bring to the rooms below: they listen to the machines, and a build is closed only with its layers kept."""

from typing import Any

from strate.workshop.builds import registry as builds
from strate.workshop.builds.queries import Build
from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.monitoring import following, queries
from strate.workshop.people.roles import METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.telemetry import registry as telemetry

# Written as the machine counts; their digest becomes a fact when the build is over (`monitoring.layers_kept`).
leave_ungoverned("strate_layerrecord")
declare("monitoring.mark", OPERATOR, SHIFT_LEADER, METHODS, QUALITY)
telemetry.listen(following.follow)


@builds.layers_from
def layers(build: Build) -> dict[str, Any]:
    """The strata of a build and its last layer."""
    last, at = queries.last_layer(build.code)
    runs = queries.strata(build.code, build.layers_planned)
    return {"last": last, "at": at, "planned": build.layers_planned, "runs": [(r.state, r.count) for r in runs]}
