"""The few kinds of step a gesture is made of: each says how it is written, judged, and shown."""

from strate.workshop.procedures.kinds import conditions
from strate.workshop.procedures.kinds.base import Outcome, Past, Situation, StepKind, said, skipped
from strate.workshop.procedures.kinds.hand import Acknowledge, Check, Choose, Means, Measure, Photo, Sign
from strate.workshop.procedures.kinds.world import MachineValue, Scan, SubProcedure, Wait

KINDS: dict[str, StepKind] = {
    kind.code: kind
    for kind in (
        Acknowledge(),
        Check(),
        Means(),
        Measure(),
        Choose(),
        Scan(),
        Photo(),
        Sign(),
        Wait(),
        MachineValue(),
        SubProcedure(),
    )
}

__all__ = ["KINDS", "Outcome", "Past", "Situation", "StepKind", "conditions", "said", "skipped"]
