"""What the layers bring to the rooms below: they listen to the machines, and draw the strata of a build."""

from dataclasses import dataclass
from typing import Any

from strate.workshop.builds import registry as builds
from strate.workshop.builds.queries import Build
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.guard import leave_ungoverned
from strate.workshop.monitoring import actions, following, queries
from strate.workshop.people.roles import METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.telemetry import registry as telemetry


@dataclass(frozen=True)
class Panel:
    """What this room shows on the page of a build."""

    template: str
    context: dict[str, Any]


# Written as the machine counts; their digest becomes a fact when the build is over (`monitoring.layers_kept`).
leave_ungoverned("strate_layerrecord")
declare("monitoring.mark", OPERATOR, SHIFT_LEADER, METHODS, QUALITY)
declare("monitoring.decide", METHODS, QUALITY)
declare("monitoring.keep", OPERATOR, SHIFT_LEADER, METHODS, QUALITY)
telemetry.listen(following.follow)


@builds.when_closing
def keep(by: Actor, build: Build) -> None:
    """The digest of the layers joins the closing of the build, unless it was kept already and nothing changed since."""
    if queries.kept_digest(build.ref) != queries.summary(build.code)["sha256"]:
        actions.keep_layers(by=by, build=build.code)


@builds.panel
def panel(build: Build) -> Panel | None:
    """The strata on the page of a build, from its first layer on."""
    if build.launched_at is None:
        return None
    found = layers(build)
    return Panel("monitoring/panel.html", {"build": build, **found})


@builds.layers_from
def layers(build: Build) -> dict[str, Any]:
    """The strata of a build and its last layer."""
    last, at = queries.last_layer(build.code)
    runs = queries.strata(build.code, build.layers_planned)
    return {
        "last": last,
        "at": at,
        "planned": build.layers_planned,
        "runs": [(r.state, r.count) for r in runs],
    }
