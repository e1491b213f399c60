"""Reading what was done to the parts of a build after it."""

from typing import Any

from strate.workshop.builds import queries as builds
from strate.workshop.builds.queries import Build
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.post_processing.models import Finishing, FurnaceCycle


def recipe_of(build: Build) -> dict[str, Any]:
    """The furnace cycle that the routing of a build asks; empty when it asks none."""
    content: dict[str, Any] = build.routing.get("content", {})
    return dict(content.get("furnace") or {})


def cycle(pk: int) -> FurnaceCycle:
    found = FurnaceCycle.objects.filter(pk=pk).first()
    if not found:
        raise NotFound("no_such_cycle", cycle=pk)
    return found


def cycles(build: str) -> list[FurnaceCycle]:
    return list(FurnaceCycle.objects.filter(build=build))


def in_furnace(furnace: str) -> FurnaceCycle | None:
    """The charge that is in a furnace now."""
    return FurnaceCycle.objects.filter(furnace=furnace, ended_at=None).first()


def finishings(build: str) -> dict[str, Finishing]:
    return {f.operation: f for f in Finishing.objects.filter(build=build)}


def missing(build_code: str) -> list[Reason]:
    """What the routing asks of the parts after the build and is not done yet."""
    found = builds.build(build_code)
    reasons = []
    if recipe_of(found) and not any(c.ended_at for c in cycles(found.code)):
        reasons.append(Reason("furnace_cycle_missing", {"build": found.ref}, lifted_by=("operator",)))
    if "separation" not in finishings(found.code):
        reasons.append(Reason("separation_missing", {"build": found.ref}, lifted_by=("operator",)))
    return reasons
