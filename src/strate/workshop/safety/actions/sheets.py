"""Safety data sheets: typed by one, reviewed by HSE, read by each; which product a lot is; equipment worn."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from pydantic import Field

from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.texts import PLAIN, Code, Page, Paragraph, Title, Word
from strate.workshop.journal import clock
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.notices.actions import notify
from strate.workshop.people.roles import permit
from strate.workshop.safety import phrases, queries, rules
from strate.workshop.safety.models import PpeConfirmed, ProductOf, SafetySheet, SheetRead

Digest = Annotated[str, Field(max_length=64)]
UnNumber = Annotated[str, Field(max_length=10, pattern=PLAIN)]
Substance = dict[Code, Title]
EMPTY: dict[str, Any] = {
    "hazards": [],
    "precautions": [],
    "pictograms": [],
    "composition": [],
    "agents": [],
    "never": [],
    "ppe": {},
    "ppe_words": {},
    "sections": {},
}


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
    composition: list[Substance] | None = None,
    ppe: dict[Code, list[Code]] | None = None,
    ppe_words: dict[Code, Paragraph] | None = None,
    first_aid: Page = "",
    extinguisher: Page = "",
    fire_class: Literal["", "A", "B", "C", "D"] = "",
    agents: list[Code] | None = None,
    never: list[Code] | None = None,
    spill: Page = "",
    damp_cleaning: Literal["", "yes", "no"] = "",
    storage: Page = "",
    recycling: Page = "",
    disposal: Page = "",
    waste_stream: Code = "",
    waste_group: Code = "",
    sections: dict[Code, Page] | None = None,
    next_check: date | None = None,
) -> SafetySheet:
    """Enter a version of a supplier's safety data sheet; it counts once HSE has reviewed it."""
    values = dict(locals())
    permit(values.pop("by"), "safety.type_sheet")
    return _kept(by, _sound(values))


def _sound(values: dict[str, Any]) -> dict[str, Any]:
    """Codes of the regulation's shape, signs the house draws, operations, streams, agents it has names for."""
    values |= {name: values[name] or empty for name, empty in EMPTY.items()}
    rules.must_be_codes(values["hazards"], values["precautions"])
    reasons = rules.composition_faults(values["composition"])
    signs = [*values["pictograms"], *(sign for worn in values["ppe"].values() for sign in worn)]
    asked = (
        ("sign_unknown", "sign", signs, rules.SIGNS),
        ("operation_unknown", "operation", [*values["ppe"], *values["ppe_words"]], rules.OPERATIONS),
        ("stream_unknown", "stream", filter(None, [values["waste_stream"]]), rules.STREAMS),
        ("group_unknown", "group", filter(None, [values["waste_group"]]), rules.WASTE_GROUPS),
        ("agent_unknown", "agent", values["agents"], rules.AGENTS),
        ("agent_unknown", "agent", values["never"], rules.NEVER),
        ("section_unknown", "section", values["sections"], rules.SECTIONS),
    )
    for code, name, given, known in asked:
        reasons += [Reason(code, {name: each}) for each in dict.fromkeys(given) if each not in known]
    both = set(values["agents"]) & set(values["never"])
    reasons += [Reason("agent_both_used_and_never", {"agent": each}) for each in sorted(both)]
    if reasons:
        raise Refused(reasons)
    if digest := values["digest"]:
        attachments.need(digest)
        if attachments.one(digest).media_type != "application/pdf":
            raise RuleBroken("sheet_not_pdf")
    return values


def _kept(by: Actor, values: dict[str, Any]) -> SafetySheet:
    """The row and its fact; a statement that is not in our table is kept as typed and said."""
    code, version, material = values["code"], values["version"], values["material"]
    unknown = [each for each in (*values["hazards"], *values["precautions"]) if not phrases.known(each)]
    with act("safety.sheet_typed", by=by) as done:
        if SafetySheet.objects.filter(code=code, version=version).exists():
            raise RuleBroken("sheet_version_exists", sheet=f"sheet:{code}", version=version)
        sheet = SafetySheet.objects.create(typed_by=by.person, **values)
        told = {"sheet": sheet.ref, "version": version, "material": material, "sha256": sheet.digest}
        told |= {"statements_as_typed": unknown} if unknown else {}
        if sheet.digest:
            done.tell(f"file:{sheet.digest}")
        notify(by=by, to="role:hse", about=sheet.ref, code="sheet_to_review", version=version)
        done.tell(
            sheet, f"material:{material}", revision_date=sheet.revision_date, hazards=sheet.hazards, **told
        )
    return sheet


def review_sheet(*, by: Actor, code: Code, version: Word, next_check: date | None = None) -> SafetySheet:
    """HSE signs that a version is right: it is in force, and everybody reads it again."""
    permit(by, "safety.review_sheet")
    with act("safety.sheet_reviewed", by=by, meaning="sheet_reviewed") as done:
        sheet = SafetySheet.objects.select_for_update().get(pk=queries.sheet(code, version).pk)
        if sheet.state != rules.DRAFT:
            raise RuleBroken("sheet_already_reviewed", sheet=sheet.ref, version=version)
        rules.must_be_another(sheet.typed_by, by.person)
        if next_check and next_check <= timezone.localdate(done.happened_at):
            raise RuleBroken("next_check_not_ahead", next_check=next_check)
        before = SafetySheet.objects.filter(code=code, state=rules.REVIEWED).first()
        SafetySheet.objects.filter(code=code, state=rules.REVIEWED).update(state=rules.REPLACED)
        sheet.state, sheet.reviewed_by, sheet.reviewed_at = rules.REVIEWED, by.person, done.happened_at
        sheet.next_check = next_check or sheet.next_check
        sheet.save()
        notify(by=by, to="role:operator", about=sheet.ref, code="sheet_to_read", version=version)
        replaces = before.version if before else ""
        told = {"sheet": sheet.ref, "version": version, "sha256": sheet.digest, "replaces": replaces}
        told |= {"next_check": sheet.next_check} if sheet.next_check else {}
        done.tell(sheet, f"material:{sheet.material}", author=sheet.typed_by, **told)
    return sheet


def check_again(*, by: Actor, code: Code, next_check: date) -> SafetySheet:
    """HSE has looked at the sheet again, asked the supplier, and it is still the last: the next check is dated."""
    permit(by, "safety.review_sheet")
    with act("safety.sheet_checked_again", by=by, meaning="sheet_still_good") as done:
        sheet = SafetySheet.objects.select_for_update().get(pk=queries.sheet(code).pk)
        if sheet.state != rules.REVIEWED:
            raise RuleBroken("sheet_not_in_force", sheet=sheet.ref, version=sheet.version, lifted_by=("hse",))
        if next_check <= timezone.localdate(done.happened_at):
            raise RuleBroken("next_check_not_ahead", next_check=next_check)
        sheet.next_check, sheet.check_told_on = next_check, None
        sheet.save(update_fields=["next_check", "check_told_on"])
        done.tell(sheet, sheet=sheet.ref, version=sheet.version, next_check=next_check)
    return sheet


def remind_checks(*, by: Actor) -> int:
    """Tell HSE, once, of each sheet whose next check has come."""
    today = timezone.localdate(clock.now())
    due = [s for s in queries.due_for_review(today) if s.check_told_on is None]
    if not due:
        return 0
    with act("safety.checks_reminded", by=by) as done:
        for sheet in due:
            notify(by=by, to="role:hse", about=sheet.ref, code="sheet_to_check", version=sheet.version)
        SafetySheet.objects.filter(pk__in=[s.pk for s in due]).update(check_told_on=today)
        done.tell(*due, count=len(due))
    return len(due)


def name_product(*, by: Actor, lot: Title, product: Code) -> ProductOf:
    """Say which supplier's product a lot is: from now on that product's sheet speaks for it."""
    permit(by, "safety.type_sheet")
    sheet = queries.sheet(product)
    with act("safety.product_named", by=by) as done:
        values = {"product": sheet.code, "by": by.person, "at": done.happened_at}
        named, _new = ProductOf.objects.update_or_create(about=lot, defaults=values)
        done.tell(lot, sheet, lot=lot, sheet=sheet.ref)
    return named


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


def confirm_ppe(
    *, by: Actor, operation: Code, about: Title = "", materials: list[Code] | None = None
) -> PpeConfirmed:
    """Confirm that you wear what the sheets and the zone ask for, for an operation at a machine or in a zone."""
    permit(by, "safety.read")
    if operation not in rules.OPERATIONS:
        raise RuleBroken("operation_unknown", operation=operation)
    items = list(queries.ppe_required(operation, materials or [], about=about))
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
