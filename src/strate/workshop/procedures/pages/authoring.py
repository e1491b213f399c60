"""Procedures at a desk: the list, a new one, the versions of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.procedures import actions, queries, rules, showing, wording
from strate.workshop.procedures.models import Procedure
from strate.workshop.procedures.pages.common import PAGE, narrowed_by
from strate.workshop.procedures.pages.forms import FAMILIES, NewForm


@signed_in
def listed(request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
    """Every procedure, with the version in force and the one being written; found by kind, family, state."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "genre", "famille", "etat")}
    rows = [row for each in queries.procedures(asked["genre"]) if _asked_for(row := _row(each), asked)]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    states = [("approve", _("To approve")), ("draft", _("Being written")), ("force", _("In force"))]
    picks = [
        narrowed_by("genre", _("Kind"), wording.PROCEDURE_KINDS.items(), asked),
        narrowed_by("famille", _("Family"), FAMILIES, asked),
        narrowed_by("etat", _("State"), states, asked),
    ]
    may_author = may(actor_of(request), "procedures.author")
    context = {"rows": page, "page": page, "asked": asked, "picks": picks, "may_author": may_author}
    return show(request, "procedures/list.html", outcome=outcome, **context)


def _row(each: Procedure) -> dict[str, Any]:
    versions = list(each.versions.all())
    return {
        "procedure": each,
        "title": showing.title(each),
        "kind": wording.PROCEDURE_KINDS.get(each.kind, each.kind),
        "families": showing.families(each.applies_to),
        "current": next((v for v in versions if v.state == rules.APPROVED), None),
        "draft": next((v for v in versions if v.state in (rules.DRAFT, rules.SUBMITTED)), None),
    }


def _asked_for(row: dict[str, Any], asked: dict[str, str]) -> bool:
    each, draft, text = row["procedure"], row["draft"], asked["q"].casefold()
    states = {
        "approve": bool(draft and draft.state == rules.SUBMITTED),
        "draft": bool(draft and draft.state == rules.DRAFT),
        "force": row["current"] is not None,
    }
    named = text in f"{each.code} {each.title_fr} {each.title_en}".casefold()
    families = each.applies_to
    return (
        named
        and states.get(asked["etat"], True)
        and (not asked["famille"] or not families or asked["famille"] in families)
    )


@signed_in
@require_POST
def defaults(request: HttpRequest) -> HttpResponse:
    """Propose the default procedures as drafts."""
    outcome = carry_out(request, actions.load_defaults)
    if outcome.done:
        return redirect("procedures:list")
    return listed(request, outcome)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new procedure: its name first, then its steps."""
    form = NewForm(request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.author, steps=[], **form.cleaned_data)
        if outcome.done:
            return redirect("procedures:procedure", code=form.cleaned_data["procedure"])
    return show(request, "procedures/new.html", outcome=outcome, form=form)


@signed_in
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its versions; from here a new one is written."""
    try:
        found = queries.procedure(code)
    except NotFound as unknown:
        raise Http404 from unknown
    versions = list(found.versions.order_by("-number"))
    outcome = None
    if request.method == "POST":
        last = versions[0]
        values = {"steps": last.steps, "note": last.note, **last.heading}
        outcome = carry_out(request, actions.author, procedure=code, **values)
        if outcome.done:
            return redirect(
                "procedures:version", code=code, number=found.versions.order_by("-number")[0].number
            )
    context = {"procedure": found, "versions": versions, "heading": showing.title(found)}
    context["in_force"] = any(v.state == rules.APPROVED for v in versions)
    open_draft = any(v.state in (rules.DRAFT, rules.SUBMITTED) for v in versions)
    may_author = may(actor_of(request), "procedures.author") and not open_draft
    return show(request, "procedures/procedure.html", outcome=outcome, may_author=may_author, **context)
