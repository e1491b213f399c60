"""What safety plugs into the rooms below: rights, and how sheets, documents and drums are found."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import GIVEN, HSE, METHODS, OPERATOR, QUALITY, SHIFT_LEADER, declare
from strate.workshop.safety import rules, wording
from strate.workshop.safety.models import ControlledDocument, SafetySheet, WasteContainer
from strate.workshop.things.registry import Kind, Thing, register

declare("safety.type_sheet", HSE, QUALITY, METHODS)
declare("safety.review_sheet", HSE)
declare("safety.read", *GIVEN)
declare("safety.publish_document", HSE, METHODS, QUALITY)
declare("safety.manage_waste", HSE, SHIFT_LEADER)
declare("safety.sort_waste", OPERATOR, SHIFT_LEADER, HSE, METHODS)


def _sheet(code: str) -> Thing | None:
    found = SafetySheet.objects.filter(code=code)
    one = found.filter(state=rules.REVIEWED).first() or found.order_by("-pk").first()
    return Thing(one.ref, f"FDS {one.product}", f"/securite/fds/{code}/", one.state) if one else None


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
    return Thing(one.ref, one.code, "/securite/dechets/", one.state) if one else None


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
# Words that facts name by their code, so that each reader hears them in their own language.
# Their prefix keeps them apart from labels: a material may well be called « sand ».
register(Kind("stream", _("Waste stream"), find=_stream))
register(Kind("operation", _("Operation"), find=_operation))
