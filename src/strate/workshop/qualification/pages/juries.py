"""Juries: convened, composed, opened; what each juror and the centre has to do next."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.people.roles import may
from strate.workshop.qualification import shown
from strate.workshop.qualification.actions import (
    answering,
    before_sitting,
    convening,
    recording,
    sitting,
    unable,
)
from strate.workshop.qualification.forms.jury import (
    ControlForm,
    ConveneForm,
    DayForm,
    OpenForm,
    ReasonForm,
    ReceiptForm,
    ReplaceForm,
    SeatForm,
)
from strate.workshop.qualification.forms.minutes import UnableForm
from strate.workshop.qualification.models import Jury
from strate.workshop.qualification.queries import jury as queries

SEATS = 8
CENTRE = "qualification.convene"


def of_a_jury(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator of a page of a jury: for the centre, an auditor and whoever sits; for anybody else it is not there."""

    @signed_in
    @wraps(page)
    def guarded(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        try:
            found = queries.jury(code)
        except NotFound as unknown:
            raise Http404(code) from unknown
        if not queries.concerned(found, actor_of(request)):
            raise Http404(code)
        return page(request, found, **more)

    return guarded


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """The juries somebody has to do with; for the centre, the files that wait for one."""
    actor = actor_of(request)
    centre = may(actor, CENTRE)
    waiting = [(of, hooks.name_of(of.person)) for of in queries.waiting()] if centre else []
    rows = [shown.card(each) for each in queries.juries(actor)]
    return show(request, "qualification/juries.html", rows=rows, waiting=waiting, centre=centre)


@signed_in
def convene(request: HttpRequest) -> HttpResponse:
    """Convene a jury: date, place, seats, candidates; every reason against it at once."""
    form = ConveneForm(request.POST or None)
    seats = [SeatForm(request.POST or None, prefix=f"s{n}") for n in range(1, SEATS + 1)]
    outcome = None
    if request.method == "POST" and all([form.is_valid(), *(each.is_valid() for each in seats)]):
        told = [each.cleaned_data for each in seats if each.cleaned_data["person"]]
        named = [{**each, "chair": each["person"] == form.cleaned_data["chair"]} for each in told]
        outcome = carry_out(request, convening.convene, signed=True, seats=named, **form.values())
        if outcome.done:
            return redirect("qualification:jury", code=outcome.result.code) if outcome.result else _back()
    return show(request, "qualification/convene.html", outcome=outcome, form=form, seats=seats)


def _back() -> HttpResponse:
    return redirect("qualification:juries")


@of_a_jury
def jury(
    request: HttpRequest, found: Jury, outcome: Outcome | None = None, stating: UnableForm | None = None
) -> HttpResponse:
    """One jury: who sits, for whom, what stands in the way, what is mine to do."""
    actor = actor_of(request)
    mine = shown.my_seat(found, actor)
    word, look = shown.wording.JURY_STATES[found.state]
    missing = recording.missing_signatures(found) if found.state == "deliberated" else []
    sent = getattr(found, "transmission", None)
    may_go_without = shown.unsigned(found, actor) if found.state == "deliberated" else {}
    if may_go_without.get("people"):
        may_go_without["form"] = stating or UnableForm(people=may_go_without["people"])
    return show(
        request,
        "qualification/jury.html",
        outcome=outcome,
        jury=found,
        word=word,
        look=look,
        centre=may(actor, CENTRE),
        mine=mine,
        seats=[shown.seat(each) for each in queries.seats(found, also_excused=True)],
        cases=[shown.case(each) for each in queries.cases(found)],
        in_the_way=shown.spoken(queries.to_sit(found)) if found.state == "convened" else [],
        to_sign=[hooks.name_of(person) for person in missing],
        unsigned=may_go_without,
        i_sign=found.state == "deliberated" and mine in recording.unsigned(found),
        papers=shown.papers(found.ref),
        all_decided=all(each.decided_at for each in queries.cases(found)),
        sent=sent,
        control=shown.wording.CONTROLS.get(sent.control) if sent else None,
        forms=_forms(),
    )


def _forms() -> dict[str, Any]:
    return {
        "day": DayForm(auto_id="region-%s"),
        "call_off": ReasonForm(auto_id="off-%s"),
        "replace": ReplaceForm(auto_id="new-%s"),
        "open": OpenForm(auto_id="open-%s"),
        "receipt": ReceiptForm(auto_id="receipt-%s"),
        "control": ControlForm(auto_id="control-%s"),
    }


class _Nothing(forms.Form):
    """Nothing to fill in."""


# What is posted from the page of a jury: the verb, its fields, whether it is signed.
GESTURES: dict[str, tuple[Callable[..., Any], type[forms.Form], bool]] = {
    "region": (before_sitting.inform_region, DayForm, False),
    "conge": (before_sitting.notice_leave, DayForm, False),
    "excuser": (before_sitting.excuse_juror, ReasonForm, False),
    "retirer": (before_sitting.withdraw_case, ReasonForm, False),
    "annuler": (before_sitting.call_off_jury, ReasonForm, False),
    "presence": (sitting.attend, _Nothing, True),
    "ouvrir": (sitting.open_sitting, OpenForm, True),
    "verrouiller": (recording.lock_minutes, _Nothing, False),
    "notifier": (answering.notify_candidate, _Nothing, False),
    "transmettre": (answering.transmit, _Nothing, False),
    "recu": (answering.note_receipt, ReceiptForm, False),
    "controle": (answering.note_control, ControlForm, False),
}


@require_POST
@of_a_jury
def gesture(request: HttpRequest, found: Jury, verb: str) -> HttpResponse:
    """One gesture on a jury; refused, the page comes back with its reasons."""
    if verb not in GESTURES:
        raise Http404(verb)
    action, kind, signed = GESTURES[verb]
    form = kind(request.POST)
    values: dict[str, Any] = {
        name: request.POST[name] for name in ("person", "candidate") if name in request.POST
    }
    if not form.is_valid():
        names = [str(form.fields[name].label) for name in form.errors]
        return jury(request, code=found.code, outcome=_unread(names))
    outcome = carry_out(request, action, signed=signed, jury=found.code, **values, **form.cleaned_data)
    if outcome.done:
        return redirect("qualification:jury", code=found.code)
    return jury(request, code=found.code, outcome=outcome)


def _unread(names: list[str]) -> Outcome:
    return Outcome(done=False, reasons=[Reason("field_missing", {"field": name}) for name in names])


@require_POST
@of_a_jury
def replace(request: HttpRequest, found: Jury) -> HttpResponse:
    """Somebody takes an excused juror's seat."""
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        names = [str(form.fields[name].label) for name in form.errors]
        return jury(request, code=found.code, outcome=_unread(names))
    outcome = carry_out(
        request,
        before_sitting.replace_juror,
        jury=found.code,
        excused=request.POST.get("excused", ""),
        seat=form.cleaned_data,
    )
    if outcome.done:
        return redirect("qualification:jury", code=found.code)
    return jury(request, code=found.code, outcome=outcome)


@require_POST
@of_a_jury
def state_unable(request: HttpRequest, found: Jury) -> HttpResponse:
    """It is stated, signed, that a member present can no longer sign the minutes."""
    people = [(each.person, hooks.name_of(each.person)) for each in queries.seats(found)]
    form = UnableForm(request.POST, people=people)
    if not form.is_valid():
        return jury(request, code=found.code, stating=form)
    outcome = carry_out(request, unable.state_unable, signed=True, jury=found.code, **form.cleaned_data)
    if outcome.done:
        return redirect("qualification:jury", code=found.code)
    return jury(request, code=found.code, outcome=outcome, stating=form)


urlpatterns = [
    path("qualification/jurys/", listed, name="juries"),
    path("qualification/jurys/convoquer/", convene, name="convene"),
    path("qualification/jurys/<str:code>/", jury, name="jury"),
    path("qualification/jurys/<str:code>/remplacer/", replace, name="replace_juror"),
    path("qualification/jurys/<str:code>/empechement/", state_unable, name="state_unable"),
    path("qualification/jurys/<str:code>/geste/<str:verb>/", gesture, name="jury_gesture"),
]
