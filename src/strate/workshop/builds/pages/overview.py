"""All builds, a new one, and the path of one of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from strate.workshop.builds import actions, forms, path, queries, registry, rules, shown
from strate.workshop.builds.pages.common import back, build_or_404, page
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.machines import queries as hall
from strate.workshop.orders import queries as orders

PAGE = 50
BEFORE_END = (rules.PREPARED, rules.SENT, rules.LAUNCHED, rules.HELD)


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """Every build, the latest first."""
    text = request.GET.get("q", "").strip()
    found = queries.search(text)
    return show(
        request, "builds/list.html", page=Paginator(found, PAGE).get_page(request.GET.get("page")), text=text
    )


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Choose the orders of one plate and the machine."""
    machines = [(m.code, m.title) for m in hall.machines("printer") if queries.on_machine(m.code) is None]
    waiting = [order for order in orders.queue() if orders.left_to_make(order) > 0]
    initial = {"code": queries.next_code(), "machine": machines[0][0] if machines else ""}
    asked = request.GET.get("order", "")
    initial |= {f"quantity_{o.code}": orders.left_to_make(o) for o in waiting if o.code == asked}
    form = forms.PrepareForm(request.POST or None, initial=initial, machines=machines, orders=waiting)
    outcome = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        outcome = carry_out(
            request,
            actions.prepare,
            code=typed["code"],
            machine=typed["machine"],
            quantities=form.quantities(),
        )
        if outcome.done:
            return back(build_or_404(typed["code"]))
    return show(request, "builds/new.html", outcome=outcome, form=form, machines=machines, waiting=waiting)


@signed_in
def build(request: HttpRequest, code: str) -> HttpResponse:
    """The path of a build: what is done, what comes next, what waits."""
    found = build_or_404(code)
    gestures = path.of(found, actor_of(request))
    return page(
        request,
        "build",
        found,
        gestures=gestures,
        next=path.next_gesture(gestures),
        phases=path.phases(gestures),
        panels=registry.panels(found),
        derogations=shown.derogations(found),
        balance=shown.balance(found.balance) if found.balance else None,
        duration=shown.duration(found) if found.state in BEFORE_END else None,
    )


@signed_in
def abandon(request: HttpRequest, code: str) -> HttpResponse:
    """Give a build up before its launch."""
    found, outcome = build_or_404(code), None
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.abandon, build=found.code, reason=form.cleaned_data["reason"])
        if outcome.done:
            return back(found)
    return page(request, "abandon", found, outcome, form=form)
