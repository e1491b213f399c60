"""Questions and answers, the report, presentations, the company's opinion, the synthesis."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from strate.workshop.attachments.pages import kept
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Reason, Refused
from strate.workshop.qualification.actions import commission
from strate.workshop.qualification.actions import evaluation as actions
from strate.workshop.qualification.forms.candidate import AskForm, PresentationForm, ReportForm
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.models.reference import APPROVED
from strate.workshop.qualification.pages.common import heading, of_a_file, typed
from strate.workshop.qualification.queries import files, grids, references
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.wording import evaluation as wording


@of_a_file(files.MEMBER)
def questions_asked(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """Ask, write the answer down; what is to be known is covered by questions, for no criterion speaks of it."""
    knowledge = outline.of(found.reference).knowledge(files.block_name(found))
    bank = [q for q in references.questions(found.reference.code) if q.state == APPROVED]
    about = [(k, f"{k} — {text}") for k, text in knowledge]
    about += [
        (i.id, f"{i.id} — {i.text[:90]}")
        for c in files.competences(found)
        for i in c.items()
        if i.kind in "MORE"
    ]
    inside = dict(about)
    offered = [(q.code, f"{q.about} — {q.text[:120]}") for q in bank if q.about in inside]
    form = AskForm(
        request.POST or None,
        bank=offered,
        about=about,
        verdicts=wording.VERDICTS,
        initial={"about": request.GET.get("sur", "")},
    )
    outcome = None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chosen = next((q for q in bank if q.code == given["question"]), None)
        given["about"] = chosen.about if chosen else given["about"]
        outcome = carry_out(request, actions.ask_question, candidate=found.number, **given)
        if outcome.done:
            return redirect("qualification:questions_asked", found.number)
    asked = [(q, hooks.name_of(q.by), wording.VERDICTS[q.verdict]) for q in found.questions.all()]
    covered = {q.about for q, _who, _word in asked}
    context = {
        "form": form,
        "asked": asked,
        "knowledge": [(k, text, k in covered) for k, text in knowledge],
        "covered": sum(k in covered for k, _text in knowledge),
        "open": found.state in ("collecting", "evaluated"),
    }
    return show(
        request, "qualification/questions_asked.html", outcome=outcome, **heading(found, mine), **context
    )


@of_a_file(files.CANDIDATE, files.MEMBER, files.CENTRE_SIDE)
def report(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """The report against its deadline, its receipt; a late one waits for the centre; the presentations."""
    form, outcome = ReportForm(), None
    if request.method == "POST" and request.POST.get("receipt"):
        given = {
            "receipt": request.POST["receipt"][:200],
            "accepted": request.POST.get("accepted") == "yes",
            "reason": typed(request, "reason", 400),
        }
        outcome = carry_out(request, actions.decide_late_report, candidate=found.number, **given)
    elif request.method == "POST" and "held_on" in request.POST:
        return presentation(request, found.number)
    elif request.method == "POST":
        form = ReportForm(request.POST)
        outcome = _receive(request, found, form) if form.is_valid() else None
    if outcome and outcome.done:
        return redirect("qualification:report", found.number)
    return _report_page(request, found, mine, form, None, outcome)


def _receive(request: HttpRequest, found: CandidateFile, form: ReportForm) -> Outcome:
    """The file is put in the cupboard, then its receipt is written."""
    try:
        sent = kept(request, "document")
    except Refused as refused:
        return Outcome(done=False, reasons=list(refused.reasons))
    if not sent:
        return Outcome(done=False, reasons=[Reason("report_without_file")])
    named = request.FILES["document"].name or ""
    given = {"title": form.cleaned_data["title"], "attachment": sent[0], "attachment_name": named[:200]}
    return carry_out(request, actions.receive_report, candidate=found.number, **given)


def _report_page(
    request: HttpRequest,
    found: CandidateFile,
    mine: frozenset[str],
    form: ReportForm,
    held: PresentationForm | None,
    outcome: Outcome | None,
) -> HttpResponse:
    rows = [
        (r, hooks.name_of(r.sent_by), hooks.name_of(r.decided_by) if r.decided_by else "")
        for r in found.reports.all()
    ]
    presented = [(p, [hooks.name_of(m) for m in p.members]) for p in found.presentations.all()]
    context = {
        "form": form,
        "held": held or (_presentation_form(found, None) if files.MEMBER in mine else None),
        "rows": rows,
        "presented": presented,
        "open": found.state in ("collecting", "evaluated"),
        "overdue": bool(found.report_due and clock.now() > found.report_due),
    }
    return show(request, "qualification/report.html", outcome=outcome, **heading(found, mine), **context)


def _presentation_form(found: CandidateFile, data: Any) -> PresentationForm:
    projects = {m.competence for m in found.modalities.all() if "MOD2" in m.modes}
    competences = [(c.id, f"{c.id} — {c.title}") for c in files.competences(found) if c.id in projects]
    seated = [(m, hooks.name_of(m)) for m in files.active_members(found)]
    today = {"held_on": timezone.localdate(clock.now()), "place": found.place}
    return PresentationForm(data, competences=competences, members=seated, initial=today)


@of_a_file(files.MEMBER)
def presentation(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """A presentation that was held."""
    form, outcome = _presentation_form(found, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.hold_presentation, candidate=found.number, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:report", found.number)
    return _report_page(request, found, mine, ReportForm(), form, outcome)


@of_a_file(files.COMPANY, files.MEMBER)
def opinion(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """The company's opinion, activity by activity."""
    activities, outcome, post = commission.activities_of(found), None, request.POST
    if request.method == "POST":
        given = {
            a["id"]: {
                "opinion": post.get(f"opinion-{a['id']}", ""),
                "text": typed(request, f"text-{a['id']}"),
            }
            for a in activities
        }
        outcome = carry_out(
            request, commission.give_opinion, signed=True, candidate=found.number, activities=given
        )
        if outcome.done:
            return redirect("qualification:opinion", found.number)
    known = getattr(found, "opinion", None)
    rows = [
        {
            "activity": a,
            "chosen": post.get(f"opinion-{a['id']}", ""),
            "text": post.get(f"text-{a['id']}", ""),
            "given": (known.activities.get(a["id"]) if known else None),
            "word": wording.OPINIONS.get(known.activities[a["id"]]["opinion"], "") if known else "",
        }
        for a in activities
    ]
    context = {
        "rows": rows,
        "given": known,
        "by": hooks.name_of(known.by) if known else "",
        "opinions": wording.OPINIONS.items(),
        "may_give": files.COMPANY in mine and known is None and found.state in ("collecting", "evaluated"),
    }
    return show(request, "qualification/opinion.html", outcome=outcome, **heading(found, mine), **context)


@of_a_file(files.MEMBER, files.CENTRE_SIDE)
def synthesis(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """What each member wrote, side by side; a proposal for each competence; then the commission concludes."""
    outcome, post = None, request.POST
    if request.method == "POST" and post.get("verb") == "conclude":
        seen = post.get("seen", "")[:64]
        outcome = carry_out(
            request, commission.conclude_commission, signed=True, candidate=found.number, seen=seen
        )
    elif request.method == "POST":
        given = {
            "competence": post.get("competence", "")[:20],
            "outcome": post.get("outcome", ""),
            "reasons": typed(request, "reasons"),
            "seen": post.get("seen", "")[:64],
        }
        outcome = carry_out(request, commission.propose_competence, candidate=found.number, **given)
    if outcome and outcome.done:
        return redirect("qualification:synthesis", found.number)
    # Nobody reads the others' grids before all have signed theirs.
    open_ = grids.unsigned(found)
    signed = [g for g in grids.signed(found) if g.competence not in open_]
    proposals = {p.competence: p for p in found.proposals.all()}
    context = {
        "rows": [_proposal(c, proposals.get(c.id), signed, post) for c in files.competences(found)],
        "outcomes": wording.OUTCOMES.items(),
        "waiting": Outcome(done=False, reasons=commission.not_yet(found)).spoken
        if found.concluded_at is None
        else [],
        "late": [(hooks.name_of(g.assessor), g) for g in grids.late_of(found)],
        "concluded": found.concluded_at,
        "digest": commission.proposals_digest(found),
        "may_propose": files.MEMBER in mine and found.concluded_at is None,
        "complete": len(proposals) == len(files.competences(found)),
    }
    return show(request, "qualification/synthesis.html", outcome=outcome, **heading(found, mine), **context)


def _proposal(competence: Any, known: Any, signed: list[Any], post: Any) -> dict[str, Any]:
    """One competence with what each member found, line by line, and what is proposed."""
    mine = [g for g in signed if g.competence == competence.id]
    lines = grids.opinions_by_line(mine)
    words = wording.CHOICES["finding"]
    asked = post.get("competence") == competence.id
    return {
        "competence": competence,
        "members": [hooks.name_of(g.assessor) for g in mine],
        "lines": [
            (
                i,
                [
                    (hooks.name_of(g.assessor), words.get(r.finding, "—"), r.text or r.reason)
                    for g, r in lines.get(i.id, [])
                ],
            )
            for i in competence.items()
        ]
        if mine
        else [],
        "proposal": known,
        "word": wording.OUTCOMES.get(known.outcome, "") if known else "",
        "by": hooks.name_of(known.by) if known else "",
        "outcome": post.get("outcome", "") if asked else (known.outcome if known else ""),
        "reasons": post.get("reasons", "") if asked else (known.reasons if known else ""),
    }


urlpatterns = [
    path("qualification/dossiers/<str:number>/questions/", questions_asked, name="questions_asked"),
    path("qualification/dossiers/<str:number>/rapport/", report, name="report"),
    path("qualification/dossiers/<str:number>/presentation/", presentation, name="presentation"),
    path("qualification/dossiers/<str:number>/avis/", opinion, name="opinion"),
    path("qualification/dossiers/<str:number>/synthese/", synthesis, name="synthesis"),
]
