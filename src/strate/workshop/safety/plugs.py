"""What safety plugs into the rooms below: rights, and how sheets, documents and drums are found."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import SYSTEM
from strate.workshop.people.roles import (
    AUDITOR,
    GIVEN,
    HSE,
    JUROR,
    METHODS,
    OPERATOR,
    QUALITY,
    SHIFT_LEADER,
    declare,
)
from strate.workshop.safety import actions, rules, wording
from strate.workshop.safety.models import (
    ControlledDocument,
    SafetySheet,
    Spill,
    WasteContainer,
    ZoneEquipment,
)
from strate.workshop.site import settings
from strate.workshop.site.fields import WHOLE, Field
from strate.workshop.things.registry import Kind, Thing, register
from strate.workshop.work.registry import routine

declare("safety.type_sheet", HSE, QUALITY, METHODS)
declare("safety.review_sheet", HSE)
declare("safety.read", *GIVEN)
declare("safety.publish_document", HSE, METHODS, QUALITY)
declare("safety.manage_waste", HSE, SHIFT_LEADER)
declare("safety.sort_waste", OPERATOR, SHIFT_LEADER, HSE, METHODS)
declare("safety.describe_zone", HSE)
declare("safety.close_visit", HSE, SHIFT_LEADER)
declare("safety.measure_exposure", HSE)
declare("safety.report_spill", *(role for role in GIVEN if role not in (AUDITOR, JUROR)))
declare("safety.settle_spill", HSE)

settings.register(
    Field(
        "waste_storage_days",
        WHOLE,
        330,
        _("Longest storage of a waste drum"),
        _("After that, HSE is reminded each month until the collector has come."),
        _("Decision of the site"),
        "production",
        _("days"),
        **settings.bounded(1, 1095),
    ),
)


@routine("safety.reminders", every_s=3600)
def _reminders() -> None:
    """What is due by its date: sheets to check again, documents not read, drums kept too long."""
    actions.remind_checks(by=SYSTEM)
    actions.remind_overdue(by=SYSTEM)
    actions.remind_drums(by=SYSTEM)


@routine("safety.still_inside", every_s=300)
def _still_inside() -> None:
    """« Are you still inside? » is asked of whoever stayed too long in a zone."""
    actions.ask_who_is_inside(by=SYSTEM)


def _sheet(code: str) -> Thing | None:
    found = SafetySheet.objects.filter(code=code)
    one = found.filter(state=rules.REVIEWED).first() or found.order_by("-pk").first()
    return Thing(one.ref, wording.called(one.product), f"/securite/fds/{code}/", one.state) if one else None


def _search_sheets(text: str, limit: int) -> list[Thing]:
    found = SafetySheet.objects.filter(product__icontains=text) | SafetySheet.objects.filter(
        code__icontains=text
    )
    shown = (_sheet(code) for code in list(dict.fromkeys(s.code for s in found))[:limit])
    return [thing for thing in shown if thing]


def document_title(one: ControlledDocument) -> str:
    """The title in the reader's language."""
    return one.title_en if (get_language() or "fr").startswith("en") else one.title_fr


def _document(code: str) -> Thing | None:
    one = ControlledDocument.objects.filter(code=code).order_by("-in_force", "-pk").first()
    state = "in_force" if one and one.in_force else "replaced"
    return Thing(one.ref, document_title(one), f"/securite/documents/{code}/", state) if one else None


def _drum(code: str) -> Thing | None:
    one = WasteContainer.objects.filter(code=code).first()
    return Thing(one.ref, one.code, f"/securite/dechets/{one.code}/", one.state) if one else None


def _spill(code: str) -> Thing | None:
    number = code.removeprefix("DA-")
    one = Spill.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if one is None or code == number:
        return None
    title = gettext("Spill %(code)s") % {"code": one.code}
    return Thing(one.ref, title, f"/securite/dispersions/{one.code}/", one.state)


def _equipment(code: str) -> Thing | None:
    one = ZoneEquipment.objects.filter(code=code).first()
    return Thing(one.ref, one.title, "/securite/zones/", one.category) if one else None


def _stream(code: str) -> Thing | None:
    name = code.removeprefix("flow.")
    return (
        Thing(f"stream:{code}", str(wording.STREAMS[name]))
        if name != code and name in wording.STREAMS
        else None
    )


def _operation(code: str) -> Thing | None:
    name = code.removeprefix("op.")
    if name == code or name not in wording.OPERATIONS:
        return None
    return Thing(f"operation:{code}", str(wording.OPERATIONS[name]))


register(Kind("sheet", _("Safety data sheet"), find=_sheet, search=_search_sheets))
register(Kind("document", _("Document"), find=_document))
register(Kind("drum", _("Waste drum"), find=_drum))
register(Kind("spill", _("Accidental spill"), find=_spill))
register(Kind("equipment", _("Equipment for explosive atmospheres"), find=_equipment))
# Words that facts name by their code, so that each reader hears them in their own language.
# Their prefix keeps them apart from labels: a material may well be called « sand ».
register(Kind("stream", _("Waste stream"), find=_stream))
register(Kind("operation", _("Operation"), find=_operation))
