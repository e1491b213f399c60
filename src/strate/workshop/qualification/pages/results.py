"""What a candidate reads of the jury: their letter, their certificates; a complaint and its answer."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.people.roles import may
from strate.workshop.qualification import shown
from strate.workshop.qualification.actions import answering
from strate.workshop.qualification.forms.jury import AnswerForm, ComplaintForm
from strate.workshop.qualification.models import CandidateFile, Complaint, Notification
from strate.workshop.qualification.models.jury import FILED
from strate.workshop.qualification.pages.common import of_a_file
from strate.workshop.qualification.pages.downloads import stored
from strate.workshop.qualification.queries import files
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.wording import jury as wording

ANSWER = "qualification.answer_complaint"


def _letters(found: CandidateFile) -> list[Notification]:
    return list(Notification.objects.filter(case__file=found).select_related("case__jury").order_by("-pk"))


def _line(line: dict[str, Any]) -> dict[str, Any]:
    """A line of a letter, with the word of its outcome and its day."""
    until = date.fromisoformat(line["kept_until"]) if line["kept_until"] else None
    return {**line, "word": wording.OUTCOMES[line["outcome"]], "until": until}


@of_a_file(files.CENTRE_SIDE, files.CANDIDATE)
def result(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """What the jury decided, what is kept and until when, how to complain."""
    letters = _letters(found)
    complaints = Complaint.objects.filter(case__file=found).order_by("-pk")
    told = [{"letter": each, "lines": [_line(line) for line in each.content["lines"]]} for each in letters]
    return show(
        request,
        "qualification/result.html",
        file=found,
        who=hooks.name_of(found.person),
        letters=told,
        complaints=[(each, wording.COMPLAINT_STATES[each.state]) for each in complaints],
        certificates=list(found.awards.all()),
        may_complain=files.CANDIDATE in mine
        and bool(letters)
        and not complaints.filter(state=FILED).exists(),
        centre=files.CENTRE_SIDE in mine,
    )


@require_safe
@of_a_file(files.CENTRE_SIDE, files.CANDIDATE)
def letter(request: HttpRequest, found: CandidateFile, mine: frozenset[str], jury: str) -> HttpResponseBase:
    """The letter of one jury, as it was sent."""
    one = next((each for each in _letters(found) if each.case.jury.code == jury), None)
    if one is None:
        raise Http404(jury)
    return stored(one.document)


@of_a_file(files.CANDIDATE)
def complain(request: HttpRequest, found: CandidateFile, mine: frozenset[str], jury: str) -> HttpResponse:
    """The candidate disputes what a jury decided."""
    form, outcome = ComplaintForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, answering.complain, jury=jury, candidate=found.number, **form.cleaned_data
        )
        if outcome.done:
            return redirect("qualification:result", number=found.number)
    until = next((each.complaint_until for each in _letters(found) if each.case.jury.code == jury), None)
    return show(request, "qualification/complain.html", outcome=outcome, form=form, file=found, until=until)


@signed_in
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints, those to be answered first."""
    if not may(actor_of(request), ANSWER):
        raise Http404
    found = Complaint.objects.select_related("case__file", "case__jury").order_by("state", "-pk")[:200]
    rows = [
        (each, hooks.name_of(each.case.file.person), wording.COMPLAINT_STATES[each.state]) for each in found
    ]
    return show(request, "qualification/complaints.html", rows=rows)


@signed_in
def complaint(request: HttpRequest, number: int) -> HttpResponse:
    """One complaint: what is disputed, what was decided, the answer."""
    if not may(actor_of(request), ANSWER):
        raise Http404
    found = Complaint.objects.select_related("case__file", "case__jury").filter(pk=number).first()
    if found is None:
        raise Http404(str(number))
    form, outcome = AnswerForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, answering.answer_complaint, signed=True, complaint=number, **form.cleaned_data
        )
        if outcome.done:
            return redirect("qualification:complaints")
    return show(
        request,
        "qualification/complaint.html",
        outcome=outcome,
        form=form,
        complaint=found,
        word=wording.COMPLAINT_STATES[found.state],
        told=shown.case(found.case),
        reviewer=hooks.name_of(found.reviewer) if found.reviewer else "",
        i_took_part=actor_of(request).person in queries.people_of(found.case),
    )


urlpatterns = [
    path("qualification/dossiers/<str:number>/resultat/", result, name="result"),
    path("qualification/dossiers/<str:number>/resultat/<str:jury>/lettre/", letter, name="letter"),
    path("qualification/dossiers/<str:number>/resultat/<str:jury>/reclamer/", complain, name="complain"),
    path("qualification/reclamations/", complaints, name="complaints"),
    path("qualification/reclamations/<int:number>/", complaint, name="complaint"),
]
