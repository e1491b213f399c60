"""Controlled documents: published, read by whom they concern, reminded, withdrawn."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.texts import Code, Page, Paragraph, Title, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import ROLES, permit
from strate.workshop.safety import queries, rules
from strate.workshop.safety.models import ControlledDocument, DocumentRead, SafetySheet

Digest = Annotated[str, Field(max_length=64)]
DOCUMENT_KINDS = ("manual", "procedure", "safety_rule", "drawing")


def publish_document(
    *,
    by: Actor,
    code: Code,
    version: Word,
    kind: Code,
    title_fr: Title,
    title_en: Title,
    digest: Digest = "",
    summary: Page = "",
    roles: list[Code] | None = None,
    machines: list[Word] | None = None,
    materials: list[Code] | None = None,
    operations: list[Code] | None = None,
    read_before: date | None = None,
) -> ControlledDocument:
    """Put a version of a document in force: whom it concerns reads it before the work that needs it."""
    values = dict(locals())
    permit(values.pop("by"), "safety.publish_document")
    values |= {name: values[name] or [] for name in ("roles", "machines", "materials", "operations")}
    values["roles"] = sorted(set(values["roles"]))
    _must_be_sound(values)
    with act("safety.document_published", by=by, meaning="document_published") as done:
        if ControlledDocument.objects.filter(code=code, version=version).exists():
            raise RuleBroken("document_version_exists", document=f"document:{code}", version=version)
        ControlledDocument.objects.filter(code=code, in_force=True).update(in_force=False)
        document = ControlledDocument.objects.create(
            published_by=by.person, published_at=done.happened_at, **values
        )
        to = [f"role:{role}" for role in document.roles] or ["role:operator"]
        notify(by=by, to=to, about=document.ref, code="document_to_read", version=version)
        file = f"file:{digest}" if digest else ""
        done.tell(document, file, document=document.ref, version=version, sha256=digest, roles=document.roles)
    return document


def _must_be_sound(values: dict[str, Any]) -> None:
    """A kind of document, roles and operations that exist, a file that was received."""
    kind, operations = values["kind"], values["operations"]
    reasons = [] if kind in DOCUMENT_KINDS else [Reason("document_kind_unknown", {"kind": kind})]
    if strangers := sorted(set(values["roles"]) - set(ROLES)):
        reasons.append(Reason("document_role_unknown", {"roles": strangers}))
    reasons += [
        Reason("operation_unknown", {"operation": o}) for o in operations if o not in rules.OPERATIONS
    ]
    if reasons:
        raise Refused(reasons)
    if values["digest"]:
        attachments.need(values["digest"])


def acknowledge_document(*, by: Actor, document: Code, version: Word = "") -> DocumentRead:
    """Say that you have read the version in force of a document."""
    permit(by, "safety.read")
    found = queries.document(document, version)
    if not found.in_force:
        raise RuleBroken("document_not_in_force", document=found.ref, version=found.version)
    if found.pk in queries.read_documents(by.person):
        raise RuleBroken("document_read_already", document=found.ref, version=found.version)
    with act("safety.document_read", by=by) as done:
        values = {"at": done.happened_at, "event": done.event}
        reading, _new = DocumentRead.objects.get_or_create(document=found, person=by.person, defaults=values)
        done.tell(found, document=found.ref, version=found.version, sha256=found.digest)
    return reading


def withdraw_document(*, by: Actor, document: Code, reason: Paragraph) -> ControlledDocument:
    """Take a document out of force without another in its place: nobody has to read it any more."""
    permit(by, "safety.publish_document")
    if not reason.strip():
        raise RuleBroken("withdrawal_needs_a_reason")
    with act("safety.document_withdrawn", by=by, reason=reason.strip(), meaning="document_withdrawn") as done:
        found = ControlledDocument.objects.select_for_update().get(pk=queries.document(document).pk)
        if not found.in_force:
            raise RuleBroken("document_not_in_force", document=found.ref, version=found.version)
        found.in_force, found.withdrawn_by, found.withdrawn_at = False, by.person, done.happened_at
        found.withdrawn_why = reason.strip()
        found.save()
        done.tell(found, document=found.ref, version=found.version)
    return found


def remind_readers(*, by: Actor, document: Code) -> int:
    """Tell by name everybody who has not read the version in force yet; how many were told."""
    permit(by, "safety.publish_document")
    found = queries.document(document)
    if not found.in_force:
        raise RuleBroken("document_not_in_force", document=found.ref, version=found.version)
    told = _remind_of_document(by, found)
    if not told:
        raise RuleBroken("document_read_by_all", document=found.ref)
    return told


def remind_sheet_readers(*, by: Actor, sheet: Code) -> int:
    """The same for a safety data sheet: the operators who have not read the version in force."""
    permit(by, "safety.publish_document")
    found = queries.sheet(sheet)
    if found.state != rules.REVIEWED:
        raise RuleBroken("sheet_not_in_force", sheet=found.ref, version=found.version, lifted_by=("hse",))
    late = queries.not_read_sheet(found)
    if not late:
        raise RuleBroken("document_read_by_all", document=found.ref)
    return _remind(by, found, "sheet_still_to_read", late)


def remind_overdue(*, by: Actor) -> int:
    """Each day, remind whoever has not read a document whose date has come."""
    today = timezone.localdate(clock.now())
    due = ControlledDocument.objects.filter(in_force=True, read_before__lte=today).exclude(reminded_on=today)
    return sum(_remind_of_document(by, found) for found in due)


def _remind_of_document(by: Actor, found: ControlledDocument) -> int:
    late = queries.not_read_document(found)
    return _remind(by, found, "document_still_to_read", late) if late else 0


def _remind(by: Actor, found: ControlledDocument | SafetySheet, code: str, late: list[str]) -> int:
    """Each is told by name; how many were."""
    with act("safety.readers_reminded", by=by) as done:
        to = [f"person:{person}" for person in late]
        notify(by=by, to=to, about=found.ref, code=code, version=found.version)
        if isinstance(found, ControlledDocument):
            found.reminded_on = timezone.localdate(clock.now())
            found.save(update_fields=["reminded_on"])
        done.tell(found, document=found.ref, version=found.version, count=len(late))
    return len(late)
