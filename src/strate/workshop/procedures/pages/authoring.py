"""Procedures at a desk: the list, a new one, the versions of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.middleware import signed_in
from strate.workshop.people.roles import may
from strate.workshop.procedures import actions, queries, rules, showing, wording
from strate.workshop.procedures.pages.forms import NewForm


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Every procedure, with the version in force and the one being written."""
    rows = []
    for each in queries.procedures():
        versions = list(each.versions.all())
        current = next((v for v in versions if v.state == rules.APPROVED), None)
        draft = next((v for v in versions if v.state in (rules.DRAFT, rules.SUBMITTED)), None)
        kind = wording.PROCEDURE_KINDS.get(each.kind, each.kind)
        rows.append(
            {
                "procedure": each,
                "title": showing.title(each),
                "kind": kind,
                "current": current,
                "draft": draft,
            }
        )
    return show(
        request, "procedures/list.html", rows=rows, may_author=may(actor_of(request), "procedures.author")
    )


@signed_in
@require_POST
def defaults(request: HttpRequest) -> HttpResponse:
    """Propose the default procedures as drafts."""
    outcome = carry_out(request, actions.load_defaults)
    if outcome.done:
        return redirect("procedures:list")
    return show(request, "procedures/list.html", outcome=outcome, rows=[], may_author=False)


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
        outcome = carry_out(request, actions.author, procedure=code, steps=last.steps, **last.heading)
        if outcome.done:
            return redirect(
                "procedures:version", code=code, number=found.versions.order_by("-number")[0].number
            )
    context = {"procedure": found, "versions": versions, "heading": showing.title(found)}
    open_draft = any(v.state in (rules.DRAFT, rules.SUBMITTED) for v in versions)
    may_author = may(actor_of(request), "procedures.author") and not open_draft
    return show(request, "procedures/procedure.html", outcome=outcome, may_author=may_author, **context)
