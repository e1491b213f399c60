"""The specification of a material: its lines by machine and routing, written, approved, withdrawn, brought in."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, show
from strate.workshop.doors.speech import number, speak
from strate.workshop.feedstock import actions, defaults, forms, lists, queries, shown, wording
from strate.workshop.feedstock.models import Material, PowderLimit
from strate.workshop.feedstock.pages.common import gesture
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.site.lists import import_list


@signed_in
def specification(request: HttpRequest, code: str) -> HttpResponse:
    """Every line in force or waiting, with its source; what can be done with them."""
    of = _material_or_404(code)
    by = actor_of(request)
    lines = [_line(row) for row in queries.specification(of.code)]
    groups = [(where, list(rows)) for where, rows in groupby(lines, key=lambda each: each["where"])]
    waiting = [each for each in lines if each["draft"]]
    return show(
        request,
        "feedstock/specification.html",
        material=of,
        facts=_facts(of),
        groups=groups,
        waiting=len(waiting),
        may_write=may(by, "feedstock.specify"),
        may_approve=bool(waiting) and may(by, "feedstock.approve_limits"),
        may_correct=may(by, "feedstock.new_material"),
        proposals=defaults.proposals(of.family),
    )


def _line(row: PowderLimit) -> dict[str, Any]:
    limit = queries.as_limit(row)
    word, look = wording.LIMIT_STATES[row.state]
    return {
        "row": row,
        "where": shown.where_text(limit),
        "name": wording.PROPERTIES[row.code],
        "limit": shown.limit_text(limit),
        "word": word,
        "look": look,
        "draft": row.state == "draft",
        "author": speak("by", row.authored_by),
        "approver": speak("by", row.approved_by) if row.approved_by else "",
    }


def _facts(of: Material) -> list[tuple[str, str]]:
    return [
        (_("Family"), str(wording.FAMILIES.get(of.family, of.family))),
        (_("Density of the solid (g/cm³)"), _figure(of.density_g_cm3)),
        (_("Density of the powder bed (g/cm³)"), _figure(of.bulk_density_g_cm3)),
        (_("Sieved at (µm)"), speak("value", of.sieve_um)),
        (_("CMR"), str(wording.CMR[of.cmr])),
        (_("Where this comes from"), of.source or "—"),
    ]


def _figure(value: Decimal | None) -> str:
    """A figure without the zeros its place in the database adds."""
    return "—" if value is None else number(format(value.normalize(), "f"))


@signed_in
def specify(request: HttpRequest, code: str) -> HttpResponse:
    """One line more; it waits for somebody else's approval."""
    of = _material_or_404(code)
    return gesture(
        request,
        forms.LimitForm(of.family, request.POST or None),
        actions.specify,
        fixed={"material": of.code},
        to=lambda _line, _values: redirect("feedstock:specification", code=of.code),
        title=_("A line of the specification of %(material)s") % {"material": of.code},
        lead=_("Both bounds are included. The line judges nothing until somebody else has approved it."),
        word=_("Write the line"),
        icon="check",
    )


@signed_in
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """The waiting lines, read one by one, approved together by a signature."""
    of = _material_or_404(code)
    waiting = [_line(row) for row in queries.specification(of.code) if row.state == "draft"]
    return gesture(
        request,
        django_forms.Form(request.POST or None),
        actions.approve_limits,
        template="feedstock/approve_limits.html",
        signed=True,
        fixed={"material": of.code, "limits": [each["row"].pk for each in waiting]},
        to=lambda _lines, _values: redirect("feedstock:specification", code=of.code),
        title=_("Approve the specification of %(material)s") % {"material": of.code},
        means=_("I have compared these lines with their sources; they judge the powder from now on."),
        word=_("Approve"),
        icon="check",
        lines=waiting,
    )


@signed_in
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """One line less, with the reason."""
    try:
        row = queries.limit(number)
    except NotFound as unknown:
        raise Http404(str(number)) from unknown
    line = _line(row)
    return gesture(
        request,
        forms.ReasonForm(request.POST or None),
        actions.withdraw_limit,
        fixed={"limit": row.pk},
        to=lambda _line, _values: redirect("feedstock:specification", code=row.material.code),
        title=_("Withdraw a line of %(material)s") % {"material": row.material.code},
        facts=[(line["name"], line["limit"]), (_("Where this limit comes from"), row.source)],
        word=_("Withdraw"),
        icon="stop",
    )


@signed_in
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """A usual specification becomes drafts of this material: nothing of it counts before it is approved."""
    of = _material_or_404(code)
    offered = [(each["key"], each["title"]) for each in defaults.proposals(of.family)]
    form = ProposalForm(request.POST or None)
    form.fields["key"].choices = offered

    def bring_in(*, by: Any, key: str) -> list[PowderLimit]:
        return actions.import_limits(by=by, rows=defaults.rows(key, of.code), file_sha256=defaults.digest())

    return gesture(
        request,
        form,
        bring_in,
        to=lambda _lines, _values: redirect("feedstock:specification", code=of.code),
        title=_("A usual specification for %(material)s") % {"material": of.code},
        lead=_("Published figures, each with its source. They wait for approval like any other line."),
        word=_("Bring it in"),
        icon="upload",
    )


class ProposalForm(django_forms.Form):
    """Which usual specification."""

    key = django_forms.ChoiceField(label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].label = _("Usual specification")


@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    return import_list(
        request,
        title=_("Bring in a specification"),
        columns=lists.limits.COLUMNS,
        check=lists.limits.check,
        action=actions.import_limits,
        done=lambda _result: redirect("feedstock:materials"),
    )


def _material_or_404(code: str) -> Material:
    try:
        return queries.material(code)
    except NotFound as unknown:
        raise Http404(code) from unknown
