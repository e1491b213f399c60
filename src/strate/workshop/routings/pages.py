"""The pages of routings, at the desk: read, write, submit, approve, compare."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.routings import actions, forms, queries, rules, shown
from strate.workshop.routings.models import RoutingVersion


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Every routing, with the version in use and the one being written."""
    text = request.GET.get("q", "").strip()
    rows = [
        {"routing": each, "versions": [{"version": v, "state": shown.state(v)} for v in each.versions.all()]}
        for each in queries.routings(text)
    ]
    return show(
        request, "routings/list.html", rows=rows, q=text, may_write=may(actor_of(request), "routings.write")
    )


@signed_in
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version, as it is printed and hung at the machine."""
    each, by = _version_or_404(code, number), actor_of(request)
    others = [v for v in each.routing.versions.all() if v.number != number]
    writes, judges = may(by, "routings.write"), may(by, "routings.approve")
    mine = by.person in each.authors
    return show(
        request,
        "routings/version.html",
        **shown.version(each),
        others=others,
        may_edit=writes and each.state == rules.DRAFT,
        may_approve=judges and each.state == rules.SUBMITTED and not mine,
        wait_for_another=each.state == rules.SUBMITTED and mine,
        may_send_back=judges and each.state == rules.SUBMITTED,
        may_retire=judges and each.state == rules.APPROVED,
        may_renew=writes and each.state in {rules.APPROVED, rules.RETIRED} and each == queries.latest(code),
        lacks=rules.check_complete(rules.read(each.content)) if each.state == rules.DRAFT else [],
    )


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """A new routing."""
    form, outcome = forms.NewForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.new_routing, **form.cleaned_data)
        if outcome.done:
            return redirect("routings:edit", code=form.cleaned_data["code"], number=1)
    words = {"title": _("A new routing"), "word": _("Start it"), "icon": "plus"}
    return show(request, "routings/gesture.html", outcome=outcome, form=form, **words)


@signed_in
def edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write in a draft; what was typed stays when it is refused."""
    each = _version_or_404(code, number)
    sheet, outcome = forms.Sheet(each.content, each.routing.title, request.POST or None), None
    if request.method == "POST" and sheet.is_valid():
        seen = request.POST.get("seen_digest", "")
        values = {"content": sheet.content(), "title": sheet.title, "seen_digest": seen}
        outcome = carry_out(request, actions.edit, routing=code, number=number, **values)
        if outcome.done:
            return redirect("routings:version", code=code, number=number)
    return show(request, "routings/edit.html", outcome=outcome, sheet=sheet, head=sheet.head, version=each)


@signed_in
def new_version(request: HttpRequest, code: str) -> HttpResponse:
    """The next version, from what the last one says."""
    each = _latest_or_404(code)
    form, outcome = forms.WhyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.new_version, routing=code, **form.cleaned_data)
        if outcome.done:
            return redirect("routings:edit", code=code, number=queries.latest(code).number)
    words = {"title": _("A new version of %(version)s") % {"version": each.name}, "word": _("Start it")}
    return show(request, "routings/gesture.html", outcome=outcome, form=form, **words)


@signed_in
def submit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask for approval."""
    words = {"title": _("Submit %(version)s for approval"), "word": _("Submit")}
    return _gesture(request, code, number, Form(request.POST or None), actions.submit, **words)


@signed_in
def approve(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Approve, signed, by a second person."""
    words = {"title": _("Approve %(version)s"), "word": _("Approve")}
    means = _("I have read %(version)s and approve it for production.")
    form = Form(request.POST or None)
    return _gesture(request, code, number, form, actions.approve, signed=True, means=means, **words)


@signed_in
def send_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Back to its authors."""
    words = {"title": _("Send %(version)s back"), "word": _("Send back"), "icon": "back"}
    return _gesture(request, code, number, forms.ReasonForm(request.POST or None), actions.send_back, **words)


@signed_in
def retire(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Out of use; orders already opened keep it."""
    words = {"title": _("Take %(version)s out of use"), "word": _("Take out of use"), "icon": "stop"}
    return _gesture(request, code, number, forms.ReasonForm(request.POST or None), actions.retire, **words)


@signed_in
def compare(request: HttpRequest, code: str, before: int, after: int) -> HttpResponse:
    """What differs between two versions."""
    old, new_ = _version_or_404(code, before), _version_or_404(code, after)
    found = queries.changes_between(code, before, after)
    return show(request, "routings/compare.html", before=old, after=new_, changes=shown.differences(found))


def _gesture(
    request: HttpRequest,
    code: str,
    number: int,
    form: Form,
    action: Callable[..., Any],
    *,
    signed: bool = False,
    **words: str,
) -> HttpResponse:
    """One form, one action on a version; back to it when done."""
    each, outcome = _version_or_404(code, number), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, action, signed=signed, routing=code, number=number, **form.cleaned_data)
        if outcome.done:
            return redirect("routings:version", code=code, number=number)
    said = {name: text % {"version": each.name} for name, text in words.items()}
    return show(request, "routings/gesture.html", outcome=outcome, form=form, version=each, **said)


def _version_or_404(code: str, number: int) -> RoutingVersion:
    try:
        return queries.version(code, number)
    except NotFound as unknown:
        raise Http404(code) from unknown


def _latest_or_404(code: str) -> RoutingVersion:
    try:
        return queries.latest(code)
    except NotFound as unknown:
        raise Http404(code) from unknown


app_name = "routings"
urlpatterns = [
    path("gammes/", listed, name="routings"),
    path("gammes/nouvelle/", new, name="new"),
    path("gammes/<str:code>/nouvelle-version/", new_version, name="new_version"),
    path("gammes/<str:code>/<int:number>/", version, name="version"),
    path("gammes/<str:code>/<int:number>/ecrire/", edit, name="edit"),
    path("gammes/<str:code>/<int:number>/soumettre/", submit, name="submit"),
    path("gammes/<str:code>/<int:number>/approuver/", approve, name="approve"),
    path("gammes/<str:code>/<int:number>/renvoyer/", send_back, name="send_back"),
    path("gammes/<str:code>/<int:number>/retirer/", retire, name="retire"),
    path("gammes/<str:code>/<int:before>/comparer/<int:after>/", compare, name="compare"),
]
