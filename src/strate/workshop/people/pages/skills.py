"""What teams can do: the matrix and its gaps, what ends soon, what the site demands, who works with whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.people import actions, queries, registry, shown
from strate.workshop.people.forms import DemandForm, JoinForm, ReasonForm, TeamForm
from strate.workshop.people.pages.person import ask
from strate.workshop.people.roles import AUTHORISATIONS, may
from strate.workshop.people.wording import RECORDS


@signed_in
def matrix(request: HttpRequest) -> HttpResponse:
    """People down, records across, what nobody may below; by name, never ranked."""
    asked = request.GET
    team, sort = asked.get("equipe", ""), asked.get("titre", "")
    found = queries.matrix(on=timezone.localdate(), team=team, sort=sort if sort in RECORDS else "")
    context = {
        "matrix": found,
        "heads": [shown.skill(s) for s in found.skills],
        "rows": shown.matrix_rows(found),
        "totals": shown.coverage_rows(found),
        "gaps": [(shown.said(gap.skill), gap, gap.skill in found.asked) for gap in found.gaps],
        "teams": queries.teams(),
        "team": team,
        "sorts": list(RECORDS.items()),
        "sort": sort,
        "may_team": may(actor_of(request), "people.team"),
    }
    return show(request, "people/matrix.html", **context)


@signed_in
def ending(request: HttpRequest) -> HttpResponse:
    """Whose records have ended or end within thirty days, of one team when asked."""
    team = request.GET.get("equipe", "")
    found = queries.ending_soon(on=timezone.localdate(), team=team)
    return show(request, "people/authorisations.html", ending=found, teams=queries.teams(), team=team)


@signed_in
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the workshop; a new one."""
    form, outcome = TeamForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.new_team, **form.cleaned_data)
        if outcome.done:
            return redirect("people:teams")
    counted = [(team, team.members.filter(person__is_active=True).count()) for team in queries.teams()]
    allowed = may(actor_of(request), "people.team")
    return show(request, "people/teams.html", outcome=outcome, form=form, teams=counted, may_team=allowed)


@signed_in
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Which team somebody works with."""
    now = queries.team_of(code)
    form = JoinForm(request.POST or None, initial={"team": now.code if now else ""})
    return ask(request, code, form, actions.join_team, "team", person=code)


@signed_in
def demands(request: HttpRequest) -> HttpResponse:
    """What the site demands of whoever does an act; one more, signed."""
    form, outcome = DemandForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.demand, signed=True, **form.cleaned_data)
        if outcome.done:
            return redirect("people:demands")
    context: dict[str, Any] = {
        "form": form,
        "rows": [(each, _said(each)) for each in queries.demands()],
        "may_demand": may(actor_of(request), "people.demand"),
    }
    return show(request, "people/demands.html", outcome=outcome, **context)


def _said(each: Any) -> dict[str, Any]:
    """A demand in words."""
    return {
        "act": registry.acts().get(each.act, each.act),
        "record": RECORDS[each.record],
        "kind": AUTHORISATIONS.get(each.kind, each.kind),
        "ability": registry.ability(each.ability) if each.ability else "",
    }


@signed_in
def lift_demand(request: HttpRequest, number: int) -> HttpResponse:
    """Demand it no more."""
    form, outcome = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.lift_demand, signed=True, demand=number, **form.cleaned_data)
        if outcome.done:
            return redirect("people:demands")
    return show(request, "people/ask.html", outcome=outcome, form=form, what="lift_demand", signed=True)
