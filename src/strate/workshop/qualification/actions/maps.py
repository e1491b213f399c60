"""The table of evidence of a reference: a centre enters its own, by its text or line by line, and says why."""

from typing import Annotated, Any

from pydantic import Field

from strate.workshop.doors.texts import Paragraph
from strate.workshop.doors.wording import vocabulary
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification.models import EvidenceMap
from strate.workshop.qualification.queries import maps, references
from strate.workshop.qualification.references import careful, mapping, shape

Yaml = Annotated[str, Field(max_length=careful.SIZE_LIMIT)]
Seen = Annotated[int, Field(ge=0)]


def type_evidence_map(*, by: Actor, text: Yaml, reason: Paragraph) -> EvidenceMap:
    """Enter the table of evidence of a reference from its text (YAML); the one before stays written."""
    permit(by, "qualification.map_evidence")
    return write_evidence_map(by=by, content=mapping.read(text), reason=reason)


def write_evidence_map(
    *, by: Actor, content: dict[str, Any], reason: Paragraph, seen: Seen | None = None
) -> EvidenceMap:
    """Write a table; `seen` is the one the writer had before their eyes (0: none), so that nobody is written over."""
    permit(by, "qualification.map_evidence")
    mapping.check(content)
    one = references.reference(content["reference"])
    wrong = faults(content)
    if not reason.strip():
        wrong.append(Reason("reason_missing"))
    if wrong:
        raise Refused(wrong)
    with act("qualification.evidence_mapped", by=by, reason=reason.strip()) as done:
        done.in_turn(f"map-{one.code}")
        last = maps.known(one.code).row
        if seen is not None and seen != (last.pk if last else 0):
            raise RuleBroken("map_changed_meanwhile", reference=one.code)
        made = EvidenceMap.objects.create(
            reference=one.code,
            content=content,
            digest=shape.digest(content),
            by=by.person,
            reason=reason.strip(),
            at=done.happened_at,
            event=done.event,
        )
        done.tell(one, reference=one.code, sha256=made.digest, count=len(content["criteria"]))
    return made


def faults_for(content: dict[str, Any], reference: str) -> list[Reason]:
    """The same, of a table sent for one reference."""
    if content["reference"] != reference:
        return [Reason("map_of_another_reference", {"reference": content["reference"]})]
    return faults(content)


def faults(content: dict[str, Any]) -> list[Reason]:
    """Criteria the reference does not have, kinds of entries nobody writes at work, gestures nobody knows."""
    known, kinds = maps.criteria(content["reference"]), maps.kinds()
    gestures = vocabulary("PROCEDURE_KINDS")
    wrong = []
    for target, line in content["criteria"].items():
        if target not in known:
            wrong.append(Reason("no_such_target", {"target": target}))
        for fact in line.get("facts", ()):
            if fact["what"] not in kinds:
                wrong.append(Reason("map_kind_unknown", {"target": target, "typed": fact["what"]}))
            asked = mapping.several(fact.get("when", {}).get(mapping.GESTURE, []))
            strange = [str(g) for g in asked if g not in gestures]
            wrong += [Reason("map_gesture_unknown", {"target": target, "typed": g}) for g in strange]
    return wrong[: careful.MOST_TOLD]
