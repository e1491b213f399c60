"""Sheets and documents: typed, reviewed, published, read; equipment worn."""

from datetime import date

from strate.workshop.attachments import queries as attachments
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

DOCUMENT_KINDS = ("manual", "procedure", "safety_rule", "drawing")


def type_sheet(
    *,
    by: Actor,
    code: str,
    version: str,
    supplier: str,
    product: str,
    material: str,
    revision_date: date,
    language: str = "fr",
    digest: str = "",
    un_number: str = "",
    signal: str = "",
    hazards: list[str] | None = None,
    precautions: list[str] | None = None,
    pictograms: list[str] | None = None,
    ppe: dict[str, list[str]] | None = None,
    first_aid: str = "",
    extinguisher: str = "",
    spill: str = "",
    storage: str = "",
    recycling: str = "",
    disposal: str = "",
    waste_stream: str = "",
    next_check: date | None = None,
) -> SafetySheet:
    """Enter a version of a supplier's safety data sheet; it counts once HSE has reviewed it."""
    values = dict(locals())
    del values["by"]
    permit(by, "safety.type_sheet")
    rules.must_be_codes(hazards or [], precautions or [])
    if digest:
        attachments.need(digest)
    for name, empty in (("hazards", []), ("precautions", []), ("pictograms", []), ("ppe", {})):
        values[name] = values[name] or empty
    with act("safety.sheet_typed", by=by) as done:
        if SafetySheet.objects.filter(code=code, version=version).exists():
            raise RuleBroken("sheet_version_exists", sheet=f"sheet:{code}", version=version)
        sheet = SafetySheet.objects.create(typed_by=by.person, **values)
        told = {
            "sheet": sheet.ref,
            "version": version,
            "material": material,
            "sha256": digest,
            "hazards": sheet.hazards,
        }
        done.tell(sheet, f"material:{material}", revision_date=revision_date, **told)
    return sheet


def review_sheet(*, by: Actor, code: str, version: str) -> SafetySheet:
    """HSE signs that a version is right: it is in force, and everybody reads it again before touching the product."""
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


def acknowledge(*, by: Actor, sheet: str, version: str = "") -> SheetRead:
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
    code: str,
    version: str,
    kind: str,
    title_fr: str,
    title_en: str,
    digest: str = "",
    summary: str = "",
    roles: list[str] | None = None,
    machines: list[str] | None = None,
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
        document = ControlledDocument.objects.create(
            code=code,
            version=version,
            kind=kind,
            title_fr=title_fr,
            title_en=title_en,
            digest=digest,
            summary=summary,
            roles=sorted(set(roles or ())),
            machines=machines or [],
            published_by=by.person,
            published_at=done.happened_at,
        )
        to = [f"role:{role}" for role in document.roles] or ["role:operator"]
        notify(by=by, to=to, about=document.ref, code="document_to_read", version=version)
        done.tell(document, document=document.ref, version=version, sha256=digest, roles=document.roles)
    return document


def acknowledge_document(*, by: Actor, document: str, version: str = "") -> DocumentRead:
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
    *, by: Actor, operation: str, about: str = "", materials: list[str] | None = None
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
        done.tell(about, *sheets, operation=f"operation:{operation}", items=items, about=about, sheets=sheets)
    return worn
