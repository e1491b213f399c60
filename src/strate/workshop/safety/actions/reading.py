"""Sheets and documents: typed, reviewed, published, read; equipment worn."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.texts import PLAIN, Code, Page, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import ROLES, permit
from strate.workshop.safety import queries, rules
from strate.workshop.safety.models import (
    ControlledDocument,
    DocumentRead,
    PpeConfirmed,
    SafetySheet,
    SheetRead,
)

Digest = Annotated[str, Field(max_length=64)]
UnNumber = Annotated[str, Field(max_length=10, pattern=PLAIN)]
DOCUMENT_KINDS = ("manual", "procedure", "safety_rule", "drawing")


def type_sheet(
    *,
    by: Actor,
    code: Code,
    version: Word,
    supplier: Title,
    product: Title,
    material: Code,
    revision_date: date,
    language: Literal["fr", "en"] = "fr",
    digest: Digest = "",
    un_number: UnNumber = "",
    signal: Literal["", "danger", "warning"] = "",
    hazards: list[Code] | None = None,
    precautions: list[Code] | None = None,
    pictograms: list[Code] | None = None,
    ppe: dict[Code, list[Code]] | None = None,
    first_aid: Page = "",
    extinguisher: Page = "",
    spill: Page = "",
    storage: Page = "",
    recycling: Page = "",
    disposal: Page = "",
    waste_stream: Code = "",
    next_check: date | None = None,
) -> SafetySheet:
    """Enter a version of a supplier's safety data sheet; it counts once HSE has reviewed it."""
    values = dict(locals())
    del values["by"]
    permit(by, "safety.type_sheet")
    rules.must_be_codes(hazards or [], precautions or [])
    _must_be_known(pictograms or [], ppe or {}, waste_stream)
    if digest:
        attachments.need(digest)
    for name, empty in (("hazards", []), ("precautions", []), ("pictograms", []), ("ppe", {})):
        values[name] = values[name] or empty
    return _kept(by, values)


def _kept(by: Actor, values: dict[str, Any]) -> SafetySheet:
    """The row and its fact."""
    code, version, material = values["code"], values["version"], values["material"]
    with act("safety.sheet_typed", by=by) as done:
        if SafetySheet.objects.filter(code=code, version=version).exists():
            raise RuleBroken("sheet_version_exists", sheet=f"sheet:{code}", version=version)
        sheet = SafetySheet.objects.create(typed_by=by.person, **values)
        told = {"sheet": sheet.ref, "version": version, "material": material, "sha256": sheet.digest}
        done.tell(
            sheet, f"material:{material}", revision_date=sheet.revision_date, hazards=sheet.hazards, **told
        )
    return sheet


def _must_be_known(pictograms: list[str], ppe: dict[str, list[str]], waste_stream: str) -> None:
    """Signs the house can draw, operations and streams it has a name for."""
    for sign in (*pictograms, *(sign for signs in ppe.values() for sign in signs)):
        if sign not in rules.SIGNS:
            raise RuleBroken("sign_unknown", sign=sign)
    for operation in ppe:
        if operation not in rules.OPERATIONS:
            raise RuleBroken("operation_unknown", operation=operation)
    if waste_stream and waste_stream not in rules.STREAMS:
        raise RuleBroken("stream_unknown", stream=waste_stream)


def review_sheet(*, by: Actor, code: Code, version: Word) -> SafetySheet:
    """HSE signs that a version is right: it is in force, and everybody reads it again."""
    permit(by, "safety.review_sheet")
    with act("safety.sheet_reviewed", by=by, meaning="sheet_reviewed") as done:
        sheet = SafetySheet.objects.select_for_update().get(pk=queries.sheet(code, version).pk)
        if sheet.state != rules.DRAFT:
            raise RuleBroken("sheet_already_reviewed", sheet=sheet.ref, version=version)
        rules.must_be_another(sheet.typed_by, by.person)
        before = SafetySheet.objects.filter(code=code, state=rules.REVIEWED).first()
        SafetySheet.objects.filter(code=code, state=rules.REVIEWED).update(state=rules.REPLACED)
        sheet.state, sheet.reviewed_by, sheet.reviewed_at = rules.REVIEWED, by.person, done.happened_at
        sheet.save()
        notify(by=by, to="role:operator", about=sheet.ref, code="sheet_to_read", version=version)
        replaces = before.version if before else ""
        told = {"sheet": sheet.ref, "version": version, "sha256": sheet.digest, "replaces": replaces}
        done.tell(sheet, f"material:{sheet.material}", author=sheet.typed_by, **told)
    return sheet


def acknowledge(*, by: Actor, sheet: Code, version: Word = "") -> SheetRead:
    """Say that you have read the safety data sheet in force; a new version is read again."""
    permit(by, "safety.read")
    found = queries.sheet(sheet, version)
    if found.state != rules.REVIEWED:
        raise RuleBroken("sheet_not_in_force", sheet=found.ref, version=found.version, lifted_by=("hse",))
    if queries.has_read(by.person, found):
        raise RuleBroken("sheet_read_already", sheet=found.ref, version=found.version)
    with act("safety.sheet_read", by=by) as done:
        values = {"at": done.happened_at, "event": done.event}
        reading, _new = SheetRead.objects.get_or_create(sheet=found, person=by.person, defaults=values)
        done.tell(
            found, f"material:{found.material}", sheet=found.ref, version=found.version, sha256=found.digest
        )
    return reading


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
) -> ControlledDocument:
    """Put a version of a document in force: whom it concerns reads it before the work that needs it."""
    permit(by, "safety.publish_document")
    if kind not in DOCUMENT_KINDS:
        raise RuleBroken("document_kind_unknown", kind=kind)
    if set(roles or ()) - set(ROLES):
        raise RuleBroken("document_role_unknown", roles=sorted(set(roles or ()) - set(ROLES)))
    if digest:
        attachments.need(digest)
    with act("safety.document_published", by=by, meaning="document_published") as done:
        if ControlledDocument.objects.filter(code=code, version=version).exists():
            raise RuleBroken("document_version_exists", document=f"document:{code}", version=version)
        ControlledDocument.objects.filter(code=code, in_force=True).update(in_force=False)
        values = {"code": code, "version": version, "kind": kind, "title_fr": title_fr, "title_en": title_en}
        values |= {"digest": digest, "summary": summary}
        document = ControlledDocument.objects.create(
            roles=sorted(set(roles or ())),
            machines=machines or [],
            published_by=by.person,
            published_at=done.happened_at,
            **values,
        )
        to = [f"role:{role}" for role in document.roles] or ["role:operator"]
        notify(by=by, to=to, about=document.ref, code="document_to_read", version=version)
        done.tell(document, document=document.ref, version=version, sha256=digest, roles=document.roles)
    return document


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


def confirm_ppe(
    *, by: Actor, operation: Code, about: Title = "", materials: list[Code] | None = None
) -> PpeConfirmed:
    """Confirm that you wear what the sheets ask for, for an operation at a machine or in a zone."""
    permit(by, "safety.read")
    if operation not in rules.OPERATIONS:
        raise RuleBroken("operation_unknown", operation=operation)
    items = list(queries.ppe_for(operation, materials or []))
    sheets = [s.ref for s in queries.in_force(materials or [])]
    with act("safety.ppe_confirmed", by=by) as done:
        worn = PpeConfirmed.objects.create(
            person=by.person,
            operation=operation,
            about=about,
            items=items,
            at=done.happened_at,
            event=done.event,
        )
        done.tell(
            about, *sheets, operation=f"operation:op.{operation}", items=items, about=about, sheets=sheets
        )
    return worn
