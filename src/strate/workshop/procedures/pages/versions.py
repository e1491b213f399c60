"""One version of a procedure: read, compared, changed step by step or as a text, decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound, Refused
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.procedures import actions, comparing, queries, rules, sheets, showing
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages.forms import SheetForm, StepForm

VERBS: dict[str, tuple[Any, bool, bool]] = {
    # verb -> action, signed, with a reason
    "submit": (actions.submit, False, False),
    "take_back": (actions.take_back, False, True),
    "approve": (actions.approve, True, False),
    "retire": (actions.retire, False, True),
}


def version_or_404(code: str, number: int) -> ProcedureVersion:
    try:
        return queries.version(code, number)
    except NotFound as unknown:
        raise Http404 from unknown


@signed_in
def version(request: HttpRequest, code: str, number: int, outcome: Outcome | None = None) -> HttpResponse:
    """The steps as they will be seen, what changed since the version in force, what can be decided."""
    found = version_or_404(code, number)
    current = found.procedure.versions.filter(state=rules.APPROVED).exclude(pk=found.pk).first()
    actor = actor_of(request)
    submitted, wrote_it = found.state == rules.SUBMITTED, found.authored_by == actor.person
    cards = [showing.Card(i + 1, spec, None, False, *_limits(spec)) for i, spec in enumerate(found.steps)]
    return show(
        request,
        "procedures/version.html",
        outcome=outcome,
        version=found,
        heading=showing.title(found.procedure),
        cards=cards,
        changes=comparing.changes(current.steps, found.steps) if current else [],
        current=current,
        author=hooks.name_of(found.authored_by),
        approver=hooks.name_of(found.approved_by) if found.approved_by else "",
        may_author=may(actor, "procedures.author") and found.state == rules.DRAFT,
        may_submit=may(actor, "procedures.author") and found.state == rules.DRAFT,
        may_decide=may(actor, "procedures.approve") and submitted and not wrote_it,
        wait_for_another=submitted and wrote_it,
        may_retire=may(actor, "procedures.approve") and found.state == rules.APPROVED,
    )


def _limits(spec: dict[str, Any]) -> list[Any]:
    try:
        return [rules.bound(spec, side, {}) for side in ("min", "max")]
    except ArithmeticError:
        return [None, None]


@signed_in
@require_POST
def decide(request: HttpRequest, code: str, number: int, verb: str) -> HttpResponse:
    """Submit, approve (signed, by another person), send back or retire."""
    if verb not in VERBS:
        raise Http404
    action, signed, with_reason = VERBS[verb]
    values = {"reason": request.POST.get("reason", "")} if with_reason else {}
    outcome = carry_out(request, action, signed=signed, procedure=code, version=number, **values)
    if outcome.done:
        return redirect("procedures:version", code=code, number=number)
    return version(request, code, number, outcome)


@signed_in
def text(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The whole sheet as a text: written over, or pasted from another site."""
    found = version_or_404(code, number)
    form = SheetForm(request.POST or None, initial={"text": sheets.write(sheets.sheet_of(found))})
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = _read_and_edit(request, found, form.cleaned_data["text"])
        if outcome.done:
            return redirect("procedures:version", code=code, number=number)
    return show(request, "procedures/text.html", outcome=outcome, form=form, version=found)


def _read_and_edit(request: HttpRequest, found: ProcedureVersion, written: str) -> Outcome:
    try:
        sheet = sheets.read(written)
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    code = found.procedure.code
    return carry_out(request, actions.edit, procedure=code, version=found.number, steps=sheet["steps"])


@signed_in
def export(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sheet as a file."""
    found = version_or_404(code, number)
    answer = HttpResponse(
        sheets.write(sheets.sheet_of(found)), content_type="application/yaml; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{code}-v{number}.yaml"'
    return answer


@signed_in
def step(request: HttpRequest, code: str, number: int, step: str = "") -> HttpResponse:
    """The card of one step as a form; a new one is added after the step named in `after`, or at the end."""
    found = version_or_404(code, number)
    index = next((i for i, s in enumerate(found.steps) if s.get("code") == step), None)
    if step and index is None:
        raise Http404
    before = found.steps[index] if index is not None else None
    form = StepForm(request.POST or None, initial=StepForm.of(before) if before else None)
    outcome = None
    move = request.POST.get("move", "")
    if request.method == "POST" and (move in ("up", "down", "remove") or form.is_valid()):
        card = form.card(before) if not move else None
        steps = (
            comparing.moved(found.steps, index, move) if move else comparing.placed(found.steps, index, card)
        )
        outcome = carry_out(request, actions.edit, procedure=code, version=number, steps=steps)
        if outcome.done:
            return redirect("procedures:version", code=code, number=number)
    return show(request, "procedures/step_form.html", outcome=outcome, form=form, version=found, step=before)
