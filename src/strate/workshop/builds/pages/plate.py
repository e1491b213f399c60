"""The plate seen from above: its copies picked by touch, moved and turned one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from strate.workshop.builds import actions, drawn, forms, rules
from strate.workshop.builds.models import Build
from strate.workshop.builds.pages.common import build_or_404, page
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, carry_out


@signed_in
def plate(request: HttpRequest, code: str) -> HttpResponse:
    """The plate as it stands; a copy is chosen by touching it, then moved."""
    found, outcome = build_or_404(code), None
    chosen = found.copies.filter(label=request.GET.get("copie", "")).first()
    form = forms.PlaceForm(request.POST or None, initial=forms.placed(chosen) if chosen else None)
    if request.method == "POST":
        outcome = _carried_out(request, found, form, chosen.label if chosen else "")
        if outcome and outcome.done:
            address = reverse("builds:plate", args=[found.code])
            return redirect(f"{address}?copie={chosen.label}" if chosen else address)
    return page(
        request,
        "plate",
        found,
        outcome,
        form=form,
        chosen=chosen,
        plan=drawn.plan(found, chosen.label if chosen else ""),
        may_move=found.state == rules.PREPARED,
    )


def _carried_out(request: HttpRequest, found: Build, form: forms.PlaceForm, label: str) -> Outcome | None:
    if request.POST.get("verb") == "arrange":
        return carry_out(request, actions.arrange_plate, build=found.code)
    if not label or not form.is_valid():
        return None
    return carry_out(request, actions.place_copy, build=found.code, label=label, **form.cleaned_data)
