"""Writing a draft in the browser: its head, its steps one by one beside their preview, or the whole as a text."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from strate.workshop.attachments import store
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.people.middleware import signed_in
from strate.workshop.procedures import actions, sheets, showing
from strate.workshop.procedures.actions.drafts import step_digest
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages.forms import CopyForm, HeadForm, SheetForm, StepForm
from strate.workshop.procedures.pages.versions import limits, version, version_or_404


def _back(code: str, number: int, step: str = "") -> HttpResponse:
    answer = redirect("procedures:version", code=code, number=number)
    if step:
        answer["Location"] += f"#etape-{step}"
    return answer


def _step_of(found: ProcedureVersion, code: str) -> dict[str, Any] | None:
    return next((s for s in found.steps if s.get("code") == code), None)


@signed_in
def step(request: HttpRequest, code: str, number: int, step: str = "") -> HttpResponse:
    """The card of one step as a form, with its preview; a new one goes behind the step named by `apres`."""
    found = version_or_404(code, number)
    before = _step_of(found, step) if step else None
    if step and before is None and request.method != "POST":
        raise Http404
    shown = StepForm.of(before) if before else {"kind": request.GET.get("genre", "check")}
    form = StepForm(request.POST or None, request.FILES or None, initial=shown)
    outcome, seen = None, request.POST.get("seen") or (step_digest(before) if before else "")
    if request.method == "POST" and form.is_valid():
        outcome = _keep(request, found, form, before, replaces=step, seen=seen)
        if outcome.done:
            return _back(code, number, form.cleaned_data["code"])
    return show(
        request,
        "procedures/step_form.html",
        outcome=outcome,
        form=form,
        version=found,
        step=step,
        seen=seen,
        after=request.GET.get("apres", request.POST.get("after", "")),
        theirs=_theirs(found, step, outcome),
        **_previewed(found, form, step),
    )


def _keep(
    request: HttpRequest,
    found: ProcedureVersion,
    form: StepForm,
    before: dict[str, Any] | None,
    *,
    replaces: str,
    seen: str,
) -> Outcome:
    card = form.card(before)
    photo = request.FILES.get("picture_file")
    try:
        stored = store.keep(photo, photo.name or "") if photo else None
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    if form.cleaned_data.get("no_picture"):
        card.pop("picture", None)
    if stored:
        card["picture"] = stored
    place = {"replaces": replaces, "seen": seen} if replaces else {"after": request.POST.get("after", "")}
    return carry_out(
        request, actions.write_step, procedure=found.procedure.code, version=found.number, step=card, **place
    )


def _theirs(found: ProcedureVersion, step: str, outcome: Outcome | None) -> showing.Card | None:
    """What somebody wrote meanwhile in the same step, shown beside what was typed."""
    if outcome is None or not any(r.code == "step_changed_meanwhile" for r in outcome.reasons):
        return None
    spec = _step_of(found, step)
    return showing.Card(0, spec, None, False, *limits(spec)) if spec else None


def _previewed(found: ProcedureVersion, form: StepForm, step: str) -> dict[str, Any]:
    """The step as the tablet will show it, in its place among the others."""
    spec = form.card() if form.is_bound else (_step_of(found, step) or {"kind": form.step_kind, "code": ""})
    codes = [s.get("code") for s in found.steps]
    index = codes.index(step) if step in codes else len(codes)
    cards = [showing.Card(i + 1, s, None, False) for i, s in enumerate(found.steps)]
    cards[index : index + 1] = [showing.Card(index + 1, spec, None, True, *limits(spec))]
    return {"preview": showing.previewed(cards, index)}


@signed_in
@require_POST
def fresh(request: HttpRequest, code: str, number: int, step: str = "") -> HttpResponse:
    """While one types: the preview, and the fields of the kind of step just chosen; nothing is written."""
    found = version_or_404(code, number)
    form = StepForm(request.POST, request.FILES or None, initial={})
    form.full_clean()
    part = "procedures/_kind_fields.html" if request.GET.get("champs") else "procedures/_preview.html"
    return render(request, part, {"form": form, "version": found, **_previewed(found, form, step)})


@signed_in
@require_POST
def arrange(request: HttpRequest, code: str, number: int, step: str, verb: str) -> HttpResponse:
    """Move a step up or down, write it once more, take it out."""
    found = version_or_404(code, number)
    codes = [str(s.get("code")) for s in found.steps]
    if step not in codes:
        raise Http404
    outcome = _arrange(request, found, codes, step, verb)
    if outcome.done:
        return _back(code, number, "" if verb == "retirer" else step)
    return version(request, code, number, outcome)


def _arrange(
    request: HttpRequest, found: ProcedureVersion, codes: list[str], step: str, verb: str
) -> Outcome:
    which = {"procedure": found.procedure.code, "version": found.number, "step": step}
    index = codes.index(step)
    if verb == "retirer":
        return carry_out(request, actions.remove_step, seen=request.POST.get("seen", ""), **which)
    if verb == "copier":
        return carry_out(request, actions.copy_step, **which)
    rest = codes[:index] + codes[index + 1 :]
    place = max(index - 1, 0) if verb == "monter" else min(index + 1, len(rest))
    return carry_out(request, actions.move_step, after=rest[place - 1] if place else "", **which)


@signed_in
def head(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Titles in both languages, kind, families, how often it is filled in."""
    found = version_or_404(code, number)
    initial = {**found.heading, "note": found.note}
    form = HeadForm(request.POST or None, initial=initial)
    outcome, seen = None, request.POST.get("seen") or found.digest
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, actions.head, procedure=code, version=number, seen=seen, **form.cleaned_data
        )
        if outcome.done:
            return _back(code, number)
    return show(request, "procedures/head.html", outcome=outcome, form=form, version=found, seen=seen)


@signed_in
def copied(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A procedure of the site's own, begun from this version."""
    found = version_or_404(code, number)
    initial = {"title_fr": found.heading["title_fr"], "title_en": found.heading["title_en"]}
    form = CopyForm(request.POST or None, initial=initial)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.copy, procedure=code, version=number, **form.cleaned_data)
        if outcome.done:
            return _back(form.cleaned_data["code"], 1)
    return show(request, "procedures/copy.html", outcome=outcome, form=form, version=found)


@signed_in
def text(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole draft as a text, head and steps: every mistake is told with its line, what is typed stays."""
    found = version_or_404(code, number)
    form = SheetForm(request.POST or None, initial={"text": sheets.write(sheets.sheet_of(found))})
    outcome, seen = None, request.POST.get("seen") or found.digest
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data["text"]
        outcome = carry_out(
            request, actions.write_sheet, procedure=code, version=number, text=written, seen=seen
        )
        if outcome.done:
            return _back(code, number)
    return show(request, "procedures/text.html", outcome=outcome, form=form, version=found, seen=seen)
