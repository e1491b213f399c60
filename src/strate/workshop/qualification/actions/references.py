"""References written, corrected and approved; what the centre decides where they are silent."""

from typing import Annotated, Any

from django.db import IntegrityError, transaction
from pydantic import Field

from strate.workshop.doors.texts import Paragraph, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.qualification import references
from strate.workshop.qualification.models import Block, BlockInReference, CentreValue, Reference
from strate.workshop.qualification.models.reference import APPROVED, DRAFT, REPLACED
from strate.workshop.qualification.queries import references as queries
from strate.workshop.qualification.queries.centre import LEAST_MEMBERS_KEY
from strate.workshop.qualification.references import careful, shape
from strate.workshop.qualification.rules.evaluation import LEAST_MEMBERS

DECIDED_HERE = (LEAST_MEMBERS_KEY, "block.code", "reference.qualification_number", "reference.level")
Code = Annotated[str, Field(max_length=80)]
Yaml = Annotated[str, Field(max_length=careful.SIZE_LIMIT)]
Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_.]+$")]


def load_shipped(*, by: Actor) -> list[Reference]:
    """Bring in the references the house ships, as drafts somebody else approves; known versions are left alone."""
    permit(by, "qualification.type_reference")
    missing = [
        content
        for content in references.shipped()
        if not Reference.objects.filter(
            code=content["reference"]["code"], version=content["reference"]["version"]
        ).exists()
    ]
    if not missing:
        raise RuleBroken("nothing_to_do")
    with act("qualification.references_loaded", by=by) as done:
        made = [_create(by, content, done.happened_at) for content in missing]
        done.tell(*made, references=[r.code for r in made], digests=[r.digest for r in made])
    return made


def type_reference(*, by: Actor, text: Yaml) -> Reference:
    """Enter a version of a reference from its text (YAML); a draft of the same version is written over."""
    permit(by, "qualification.type_reference")
    content = shape.read(text)
    return write_reference(by=by, content=content)


def write_reference(
    *, by: Actor, content: dict[str, Any], edition: int = 0, fresh: bool = False
) -> Reference:
    """Write a draft; `edition` is the one the writer saw, so that two people never write over each other."""
    permit(by, "qualification.type_reference")
    shape.check(content)
    name = content["reference"]
    with act("qualification.reference_typed", by=by) as done:
        known = (
            Reference.objects.select_for_update().filter(code=name["code"], version=name["version"]).first()
        )
        if known and fresh:
            raise RuleBroken("reference_version_exists", reference=known.code, version=known.version)
        if known is None:
            made = _create(by, content, done.happened_at)
        else:
            made = _rewrite(by, known, content, edition, done.happened_at)
        done.tell(made, reference=made.code, version=made.version, sha256=made.digest)
    return made


def _create(by: Actor, content: dict[str, Any], at: Any) -> Reference:
    name = content["reference"]
    made = Reference(code=name["code"], version=name["version"], typed_by=by.person, typed_at=at, edition=0)
    return _fill(made, content)


def _rewrite(by: Actor, known: Reference, content: dict[str, Any], edition: int, at: Any) -> Reference:
    if known.state != DRAFT:
        raise RuleBroken("reference_is_frozen", reference=known.code, version=known.version)
    if edition and edition != known.edition:
        raise RuleBroken("reference_changed_meanwhile", reference=known.code, by=known.typed_by)
    known.typed_by, known.typed_at = by.person, at
    return _fill(known, content)


def _fill(made: Reference, content: dict[str, Any]) -> Reference:
    made.title = content["certification"]["titre"][:240]
    made.kind = content["certification"]["type"]
    made.content, made.digest = content, shape.digest(content)
    made.edition += 1
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twin:
        raise RuleBroken("reference_version_exists", reference=made.code, version=made.version) from twin
    made.blocks.all().delete()
    for position, block in enumerate(content["blocs"], 1):
        known = _global(made.code, block)
        BlockInReference.objects.create(reference=made, block=known, name=block["id"], position=position)
    return made


def _global(reference: str, block: dict[str, Any]) -> Block:
    """The block of the branch that this one is: by its code, by the identity it names, else its own."""
    code = block.get("code")
    identity = code or block.get("identite") or f"{reference}/{block['id']}"
    values = {
        "code": code,
        "literal": block.get("code_source_litteral") or "",
        "title": block["intitule"][:240],
    }
    found, made = Block.objects.get_or_create(identity=identity, defaults=values)
    if not made and found.title != values["title"]:
        raise RuleBroken("block_has_another_title", block_name=identity, title=found.title)
    return found


def approve_reference(*, by: Actor, code: Code, version: Word) -> Reference:
    """Approve a version (signed, by another person than who wrote it); the one before is replaced."""
    permit(by, "qualification.approve_reference")
    with act("qualification.reference_approved", by=by, meaning="reference_approved") as done:
        one = Reference.objects.select_for_update().get(pk=queries.reference(code, version).pk)
        if one.state != DRAFT:
            raise RuleBroken("reference_is_frozen", reference=one.code, version=one.version)
        if one.typed_by == by.person:
            raise RuleBroken("reference_approved_by_its_author", author=one.typed_by)
        Reference.objects.filter(code=one.code, state=APPROVED).update(state=REPLACED)
        one.state, one.approved_by, one.approved_at = APPROVED, by.person, done.happened_at
        one.save()
        done.tell(one, reference=one.code, version=one.version, sha256=one.digest)
    return one


def set_centre_value(
    *,
    by: Actor,
    key: Key,
    value: str | int | bool | None,
    source: Paragraph,
    about: Code = "",
    reason: Paragraph = "",
    seen: int | None = None,
) -> CentreValue:
    """Decide what the source leaves blank, saying where the value comes from; the former value stays written.

    `seen` is the last decision the writer had before their eyes: one taken meanwhile is read first.
    """
    permit(by, "qualification.set_centre_value")
    _must_be_usable(key, value)
    if not source.strip():
        raise RuleBroken("centre_value_without_source")
    with act("qualification.centre_value_set", by=by, reason=reason.strip()) as done:
        done.in_turn(f"centre-{key}")
        if seen is not None and CentreValue.objects.filter(key=key, about=about, pk__gt=seen).exists():
            raise RuleBroken("centre_value_changed_meanwhile", key=key)
        before = CentreValue.objects.filter(key=key, about=about).order_by("-pk").first()
        if before and not reason.strip():
            raise RuleBroken("centre_value_changed_without_reason", value=before.value)
        row = CentreValue.objects.create(
            key=key,
            about=about,
            value=value,
            source=source.strip(),
            reason=reason.strip(),
            set_by=by.person,
            set_at=done.happened_at,
            event=done.event,
        )
        if key == "block.code":
            Block.objects.filter(identity=about, code=None).update(code=str(value).strip() or None)
        done.tell(key=key, about=about, value=value, source=source.strip())
    return row


def _must_be_usable(key: str, value: Any) -> None:
    """What is decided here, and in the shape it has; the rules of the jury are decided on their own page."""
    if key not in DECIDED_HERE:
        raise RuleBroken("centre_value_unknown", key=key)
    typed = str(value).strip()
    number = int(typed) if typed.isascii() and typed.isdigit() else 0
    if not typed or (key == LEAST_MEMBERS_KEY and number < LEAST_MEMBERS):
        raise RuleBroken("centre_value_not_usable", value=typed)
