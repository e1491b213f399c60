"""One version of a procedure: read as the tablet will show it, compared with another, decided, sent elsewhere."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.procedures import actions, queries, rules, sheets, showing, wording
from strate.workshop.procedures.actions.drafts import step_digest
from strate.workshop.procedures.models import ProcedureVersion
from strate.workshop.procedures.pages import differing

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
    """The steps in order, what changed since another version, what can be decided."""
    found = version_or_404(code, number)
    others = [v for v in found.procedure.versions.order_by("-number") if v.pk != found.pk]
    against = _against(others, request.GET.get("avec", ""))
    heading = {"title_fr": "", "title_en": "", **found.heading}
    return show(
        request,
        "procedures/version.html",
        outcome=outcome,
        version=found,
        heading=showing.title(found.procedure),
        titles=(heading["title_fr"], heading["title_en"]),
        kind=wording.PROCEDURE_KINDS.get(found.heading.get("kind", ""), found.heading.get("kind", "")),
        families=showing.families(found.heading.get("applies_to") or ()),
        cards=cards_of(found),
        changes=differing.told(against, found.heading, found.steps) if against else [],
        against=against,
        others=others,
        author=hooks.name_of(found.authored_by),
        approver=hooks.name_of(found.approved_by) if found.approved_by else "",
        **_rights(request, found),
    )


def _rights(request: HttpRequest, found: ProcedureVersion) -> dict[str, bool]:
    """What this person may do with this version."""
    actor = actor_of(request)
    wrote_in_it = actor.person in {found.authored_by, *found.authors}
    submitted, draft = found.state == rules.SUBMITTED, found.state == rules.DRAFT
    return {
        "may_author": may(actor, "procedures.author") and draft,
        "may_submit": may(actor, "procedures.author") and draft,
        "may_copy": may(actor, "procedures.author"),
        "may_decide": may(actor, "procedures.approve") and submitted and not wrote_in_it,
        "wait_for_another": submitted and wrote_in_it,
        "may_retire": may(actor, "procedures.approve") and found.state == rules.APPROVED,
    }


def _against(others: list[ProcedureVersion], asked: str) -> ProcedureVersion | None:
    """The version it is compared with: the one asked for, else the one in force, else the one before."""
    named = next((v for v in others if str(v.number) == asked), None)
    return named or next((v for v in others if v.state == rules.APPROVED), None)


def cards_of(found: ProcedureVersion) -> list[showing.Card]:
    """The steps of a version, to be read or changed."""
    return [
        showing.Card(
            i + 1, spec, None, False, *limits(spec), digest=step_digest(spec), among=tuple(found.steps)
        )
        for i, spec in enumerate(found.steps)
    ]


@signed_in
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One step after the other, as the tablet will show them; nothing is written."""
    found = version_or_404(code, number)
    cards = cards_of(found)
    try:
        index = min(max(int(request.GET.get("etape", 1)), 1), max(len(cards), 1)) - 1
    except ValueError:
        index = 0
    context = showing.previewed(cards, index) if cards else {}
    return show(
        request,
        "procedures/preview.html",
        version=found,
        heading=showing.title(found.procedure),
        before=index or None,
        after=index + 2 if index + 1 < len(cards) else None,
        **context,
    )


def limits(spec: dict[str, Any]) -> list[Any]:
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
def export(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The sheet as a file."""
    found = version_or_404(code, number)
    answer = HttpResponse(
        sheets.write(sheets.sheet_of(found)), content_type="application/yaml; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{code}-v{number}.yaml"'
    return answer
