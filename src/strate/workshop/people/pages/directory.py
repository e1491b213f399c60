"""The directory: who works here, who has just come, whose authorisations end soon."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.people import actions, queries
from strate.workshop.people.forms import PersonForm
from strate.workshop.people.roles import GIVEN, ROLES, may

PER_PAGE = 50


@signed_in
def people(request: HttpRequest) -> HttpResponse:
    """The people of the site, searched and turned page by page."""
    asked = request.GET
    search, role, gone = asked.get("q", "")[:80], asked.get("role", ""), asked.get("partis") == "1"
    by = actor_of(request)
    account = queries.reads_account(by)
    role = role if role in GIVEN else ""
    found = queries.people(search=search, role=role, also_gone=gone, account=account)
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    rows = [(p, queries.role_labels(p)) for p in page]
    context = {
        "page": page,
        "rows": rows,
        "search": search,
        "role": role,
        "gone": gone,
        "account": account,
        "roles": [(r, ROLES[r]) for r in GIVEN],
        "may_register": may(by, "people.register"),
        "ending": queries.ending_soon(on=timezone.localdate())[:1],
    }
    return show(request, "people/people.html", **context)


@signed_in
def new_person(request: HttpRequest) -> HttpResponse:
    """Register somebody."""
    form, outcome = PersonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.register, **form.cleaned_data)
        if outcome.done:
            return (
                redirect("people:person", code=outcome.result.pk)
                if outcome.result
                else redirect("people:people")
            )
    return show(request, "people/new_person.html", outcome=outcome, form=form)
