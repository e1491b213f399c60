"""Reading what was done to the parts of a build after it."""

from typing import Any

from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.queries import Build
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.post_processing import rules
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


def cycle_for_update(found: FurnaceCycle) -> FurnaceCycle:
    """The same cycle inside an act: it is recorded once."""
    return FurnaceCycle.objects.select_for_update().get(pk=found.pk)


def wanted(build: Build) -> list[str]:
    """The finishings that the routing of a build asks for."""
    return rules.wanted_finishings(build.routing.get("content", {}))


def cycles(build: str) -> list[FurnaceCycle]:
    return list(FurnaceCycle.objects.filter(build=build))


def in_furnace(furnace: str) -> FurnaceCycle | None:
    """The charge that is in a furnace now."""
    return FurnaceCycle.objects.filter(furnace=furnace, ended_at=None).first()


def finishings(build: str) -> dict[str, Finishing]:
    return {f.operation: f for f in Finishing.objects.filter(build=build)}


def means_of(build: Build, operation: str) -> str:
    """The means that the routing names for an operation: what is proposed."""
    operations = build.routing.get("content", {}).get("operations") or []
    named = next((op.get("means") or [] for op in operations if op.get("kind") == operation), [])
    return str(named[0]) if named else ""


def missing(build_code: str) -> list[Reason]:
    """What the routing asks of the parts after the build and is not done yet."""
    found = builds.build(build_code)
    reasons = []
    if recipe_of(found) and not any(c.ended_at for c in cycles(found.code)):
        reasons.append(Reason("furnace_cycle_missing", {"build": found.ref}, lifted_by=("operator",)))
    done, source = finishings(found.code), build_rules.routing_name(found.routing)
    for operation in wanted(found):
        if operation not in done:
            values = {"build": found.ref, "finishing": operation}
            reasons.append(Reason("finishing_missing", values, source, ("operator",)))
    return reasons
