"""Saying what happened in layers, and keeping their digest when the build is over."""

from typing import Literal

from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.rules import BuildCode, Text
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.monitoring import queries, rules
from strate.workshop.monitoring.models import LayerRecord
from strate.workshop.monitoring.rules import Layer
from strate.workshop.people.roles import permit


def mark_layers(
    *,
    by: Actor,
    build: BuildCode,
    first: Layer,
    last: Layer,
    state: Literal["suspected", "decided", "fine"],
    reason: Text,
) -> int:
    """Say that something was seen in these layers (a streak, a short feed), or decide what it was."""
    permit(by, "monitoring.mark")
    if state != "suspected":
        permit(by, "monitoring.decide")
    found = builds.build(build)
    if not reason.strip():
        raise RuleBroken("reason_missing")
    if not 1 <= first <= last:
        raise RuleBroken("layers_in_the_wrong_order", first=first, last=last)
    with act("monitoring.layers_marked", by=by, reason=reason) as done:
        if builds.for_update(found).state == build_rules.CLOSED:
            raise RuleBroken("layers_are_kept", build=found.ref)
        marked = LayerRecord.objects.filter(build=found.code, layer__gte=first, layer__lte=last)
        # What nobody saw stays unseen: it can be doubted, never called fine.
        count = marked.exclude(state=rules.UNSEEN).update(state=state)
        if not count:
            raise RuleBroken("no_layer_there", first=first, last=last)
        done.tell(found, found.machine_ref, first=first, last=last, layer_state=state, count=count)
    return count


def keep_layers(*, by: Actor, build: BuildCode) -> dict[str, object]:
    """Put the digest of all layer records into the journal: from then on none can change unseen."""
    permit(by, "monitoring.keep")
    found = builds.build(build)
    summary = queries.summary(found.code)
    with act("monitoring.layers_kept", by=by) as done:
        done.tell(found, found.machine_ref, **summary)
    return summary
