"""A sheet from another site: looked at first (every mistake by its line, every difference), then kept as a draft."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from strate.workshop.doors import wording
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.middleware import signed_in
from strate.workshop.procedures import actions, sheets
from strate.workshop.procedures.actions.importing import Looked, look
from strate.workshop.procedures.kinds import said
from strate.workshop.procedures.pages import differing
from strate.workshop.procedures.pages.forms import ImportForm


@signed_in
def bring(request: HttpRequest) -> HttpResponse:
    """The file or the text, its dry run, the confirmation; nothing is half imported."""
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome, looked, text = None, None, ""
    if request.method == "POST" and form.is_valid():
        text, problem = _text_of(form)
        if problem:
            outcome = Outcome(done=False, reasons=[problem])
        elif request.POST.get("keep"):
            outcome = carry_out(request, actions.import_sheet, text=text)
            if outcome.done:
                return redirect("procedures:procedure", code=look(text).sheet["code"])
        else:
            looked = look(text)
    shown = {"said": _said(looked), "looked": looked, **_against(looked)} if looked else {}
    answer = show(request, "procedures/import.html", outcome=outcome, form=form, text=text, **shown)
    if looked and looked.problems:
        answer.status_code = 422
    return answer


def _text_of(form: ImportForm) -> tuple[str, Reason | None]:
    file = form.cleaned_data.get("file")
    if not file:
        text = form.cleaned_data.get("text") or ""
        return text, None if text.strip() else Reason("sheet_text_missing")
    if file.size > sheets.SIZE_LIMIT:
        return "", Reason("sheet_too_long", {"limit": sheets.SIZE_LIMIT})
    try:
        return file.read().decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", Reason("sheet_not_readable", {"line": 1})


def _against(looked: Looked) -> dict[str, Any]:
    """Its title as the reader says it, and what differs from the version that is here."""
    if looked.problems:
        return {}
    heading, steps = sheets.heading_of(looked.sheet), looked.sheet["steps"]
    told = differing.told(looked.against, heading, steps) if looked.against else []
    return {"heading": said(looked.sheet["title"]), "changes": told}


def _said(looked: Looked) -> list[tuple[int, str]]:
    """Every mistake, then what is still owed, in words, each with its line (0: nowhere in particular)."""
    problems = [(int(str(r.values.get("line", 1))), wording.refusal(r)) for r in looked.problems]
    return sorted(problems) + [(line, wording.refusal(reason)) for line, reason in looked.owed]


@signed_in
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a sheet, for editors that check while one types."""
    return JsonResponse(sheets.schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})
