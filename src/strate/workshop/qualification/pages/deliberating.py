"""What a jury reads and signs: ties declared, each candidate's decision, the minutes and their corrections."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import NotFound
from strate.workshop.people.roles import may
from strate.workshop.qualification import shown
from strate.workshop.qualification.actions import before_sitting, recording, sitting
from strate.workshop.qualification.documents import papers, printing
from strate.workshop.qualification.forms.jury import DecideForm, TiesForm
from strate.workshop.qualification.forms.minutes import RectifyForm
from strate.workshop.qualification.models import Case, Jury, Seat
from strate.workshop.qualification.pages.juries import of_a_jury
from strate.workshop.qualification.queries import jury as queries
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.wording.evaluation import OPINIONS
from strate.workshop.qualification.wording.jury import place_words


@of_a_jury
def declare(request: HttpRequest, found: Jury) -> HttpResponse:
    """A juror declares their ties with each candidate, or none, and signs."""
    named = [(case.file.number, hooks.name_of(case.file.person)) for case in queries.cases(found)]
    form, outcome = TiesForm(request.POST or None, candidates=named), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, before_sitting.declare_independence, signed=True, jury=found.code, ties=form.ties()
        )
        if outcome.done:
            return redirect("qualification:jury", code=found.code)
    return show(request, "qualification/declare.html", outcome=outcome, form=form, jury=found)


def _case(found: Jury, number: str) -> Case:
    try:
        return queries.case(found, number)
    except NotFound as unknown:
        raise Http404(number) from unknown


@of_a_jury
def deliberate(request: HttpRequest, found: Jury, number: str) -> HttpResponse:
    """One candidate: what was proposed and why, then each competence decided, all signed at once by the chair."""
    case = _case(found, number)
    asked = set(queries.to_decide(case.file, on=found.held_on)) if not case.decided_at else set()
    people = [(s.person, hooks.name_of(s.person)) for s in queries.seats(found) if s.present_at]
    chair = queries.chair(found)
    mine = chair is not None and chair.person == actor_of(request).person
    told = shown.case(case)
    for row in told["rows"]:
        code = row["competence"].id
        row["form"] = DecideForm(request.POST or None, prefix=code, people=people) if code in asked else None
    outcome = None
    decided = [row for row in told["rows"] if row["form"]]
    # Every form is read, so that every mistake is shown at once.
    read = [row["form"].is_valid() for row in decided]
    if request.method == "POST" and all(read):
        said = [_said(row) for row in decided]
        outcome = carry_out(
            request, sitting.deliberate, signed=True, jury=found.code, candidate=number, said=said
        )
        if outcome.done:
            return redirect("qualification:jury", code=found.code)
    return show(
        request,
        "qualification/deliberate.html",
        outcome=outcome,
        jury=found,
        told=told,
        opinion=_opinion(case),
        may_decide=mine and found.state == "sitting" and not case.decided_at,
    )


def _said(row: dict[str, Any]) -> sitting.Said:
    form = row["form"]
    return sitting.Said(
        competence=row["competence"].id, voices=form.voices(), reason=form.cleaned_data["reason"]
    )


def _opinion(case: Case) -> list[tuple[str, str, str]]:
    """The company's opinion, activity by activity, as it is called; nothing in VAE."""
    opinion = getattr(case.file, "opinion", None)
    told = opinion.activities if opinion else {}
    titles = {each["id"]: each["intitule"] for each in outline.of(case.file.reference).activities}
    return [
        (titles.get(code, code), str(OPINIONS.get(each["opinion"], "")), each.get("text", ""))
        for code, each in sorted(told.items())
    ]


@of_a_jury
def minutes(request: HttpRequest, found: Jury) -> HttpResponse:
    """The minutes as locked: read, signed, or corrected by a dated act."""
    try:
        made = queries.minutes(found)
    except NotFound as unknown:
        raise Http404(found.code) from unknown
    outcome = None
    if request.method == "POST":
        outcome = carry_out(
            request,
            recording.sign_minutes,
            signed=True,
            jury=found.code,
            sha256=request.POST.get("sha256", ""),
        )
        if outcome.done:
            return redirect("qualification:jury", code=found.code)
    mine = shown.my_seat(found, actor_of(request))
    with papers.house_words():
        paper = papers.minutes(found, made).told()
    return show(
        request,
        "qualification/minutes.html",
        outcome=outcome,
        jury=found,
        minutes=made,
        paper=paper,
        i_sign=found.state == "deliberated" and mine in recording.unsigned(found),
        rectified=[
            (each, place_words(each.place), hooks.name_of(each.by)) for each in made.rectifications.all()
        ],
        may_rectify=found.state == "closed" and may(actor_of(request), "qualification.rectify"),
    )


@of_a_jury
def rectify(request: HttpRequest, found: Jury) -> HttpResponse:
    """Correct one place of the minutes by a dated act, signed."""
    try:
        made = queries.minutes(found)
    except NotFound as unknown:
        raise Http404(found.code) from unknown
    form, outcome = RectifyForm(request.POST or None, places=recording.current(made)), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, recording.rectify, signed=True, jury=found.code, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:minutes", code=found.code)
    return show(request, "qualification/rectify.html", outcome=outcome, form=form, jury=found)


@require_safe
@of_a_jury
def invitation(request: HttpRequest, found: Jury, seat: int) -> HttpResponse:
    """The invitation of a juror, printed."""
    one = Seat.objects.filter(jury=found, pk=seat).first()
    if one is None:
        raise Http404(str(seat))
    return pdf(papers.invitation(found, one))


@require_safe
@of_a_jury
def attendance(request: HttpRequest, found: Jury) -> HttpResponse:
    """The attendance sheet, printed as it stands."""
    return pdf(papers.attendance(found, queries.seats(found)))


def pdf(paper: papers.Paper) -> HttpResponse:
    """A paper printed now, to be opened."""
    answer = HttpResponse(printing.printed(paper, at=clock.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.number}.pdf"'
    return answer


urlpatterns = [
    path("qualification/jurys/<str:code>/declarer/", declare, name="declare"),
    path("qualification/jurys/<str:code>/deliberer/<str:number>/", deliberate, name="deliberate"),
    path("qualification/jurys/<str:code>/pv/", minutes, name="minutes"),
    path("qualification/jurys/<str:code>/pv/rectifier/", rectify, name="rectify"),
    path("qualification/jurys/<str:code>/emargement/", attendance, name="attendance"),
    path("qualification/jurys/<str:code>/convocation/<int:seat>/", invitation, name="invitation"),
]
