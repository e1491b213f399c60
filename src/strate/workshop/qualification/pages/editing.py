"""A draft of a reference, written in the browser: its heading and blocks, then one competence at a time; the bank."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show, whole_number
from strate.workshop.people.roles import may
from strate.workshop.qualification.actions import questions as bank
from strate.workshop.qualification.actions import references as actions
from strate.workshop.qualification.forms.candidate import QuestionForm
from strate.workshop.qualification.models import Reference
from strate.workshop.qualification.pages.references import one_or_404
from strate.workshop.qualification.queries import references
from strate.workshop.qualification.references import editing, outline
from strate.workshop.qualification.references.shape import CONDITIONAL
from strate.workshop.qualification.wording import candidate as wording
from strate.workshop.qualification.wording import evaluation as words


def _draft(code: str, version: str) -> Reference:
    one = one_or_404(code, version)
    if one.state != "draft":
        raise Http404(code)
    return one


def _kept(request: HttpRequest, content: dict[str, Any]) -> Outcome:
    edition = whole_number(request.POST.get("edition", ""))
    return carry_out(request, actions.write_reference, content=content, edition=edition)


@signed_in
def edit(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """The heading, the gaps, the blocks and what is to be known."""
    one = _draft(code, version)
    content, outcome = one.content, None
    if request.method == "POST":
        content = editing.with_heading(content, request.POST.dict())
        outcome = _kept(request, content)
        if outcome.done:
            return redirect("qualification:edit_reference", code, version)
    activities = {
        a["bloc"]: "\n".join(a["paragraphes"]) for a in content["referentiel_activites"]["activites"]
    }
    blocks = [
        {
            "block": b,
            "known": "\n".join(k["texte"] for k in b.get("connaissances", [])),
            "activity": activities.get(b["id"], ""),
            "competences": [c for c in content["competences"] if c["bloc"] == b["id"]],
        }
        for b in content["blocs"]
    ]
    context = {
        "reference": one,
        "title": content["certification"]["titre"],
        "heading": [(n, word, content["certification"].get(n) or "") for n, word in wording.HEADING.items()],
        "gaps": "\n".join(content.get("lacunes_de_la_source", [])),
        "blocks": blocks,
        "edition": request.POST.get("edition", one.edition),
        "shared": references.blocks(),
    }
    return show(request, "qualification/edit_reference.html", outcome=outcome, **context)


@signed_in
def competence(request: HttpRequest, code: str, version: str, competence: str) -> HttpResponse:
    """One competence: every line a box; empty it to remove it, use the last boxes to add."""
    one = _draft(code, version)
    content, outcome = one.content, None
    if request.method == "POST":
        content = editing.with_competence(content, competence, request.POST.dict())
        outcome = _kept(request, content)
        if outcome.done:
            return redirect("qualification:edit_competence", code, version, competence)
    found = next((c for c in outline.outline(content).competences if c.id == competence), None)
    if found is None:
        raise Http404(competence)
    groups = [("K", found.conditions), *found.criteria.items(), ("S", found.results)]
    context = {
        "reference": one,
        "competence": found,
        "groups": [(kind, words.HEADINGS[kind], _boxes(items)) for kind, items in groups],
        "conditional": [(c, wording.CONDITIONAL[c]) for c in CONDITIONAL],
        "edition": request.POST.get("edition", one.edition),
    }
    return show(request, "qualification/edit_competence.html", outcome=outcome, **context)


def _boxes(items: tuple[outline.Item, ...]) -> list[dict[str, Any]]:
    """The lines that are there, and a few empty ones after them."""
    filled = [{"item": i, "parts": "\n".join(p.text for p in i.parts)} for i in items]
    return [*filled, *({"item": None, "parts": ""} for _ in range(editing.EMPTY_LINES))]


@signed_in
def questions(request: HttpRequest, reference: str) -> HttpResponse:
    """The bank of questions of a reference, by what is to be known."""
    one, actor, outcome = one_or_404(reference, ""), actor_of(request), None
    seen = outline.of(one)
    about = [(k, f"{k} — {text}") for k, text in seen.knowledge()]
    form = QuestionForm(None, about=about, initial={"about": request.GET.get("sur", "")})
    verb = request.POST.get("verb", "")
    if verb == "type":
        form = QuestionForm(request.POST, about=about)
        if form.is_valid():
            outcome = carry_out(request, bank.type_question, reference=reference, **form.cleaned_data)
    elif verb == "examples":
        outcome = carry_out(request, bank.load_examples, reference=reference)
    elif verb in ("approve", "withdraw"):
        action = bank.approve_question if verb == "approve" else bank.withdraw_question
        outcome = carry_out(request, action, question=request.POST.get("question", "")[:60])
    if outcome and outcome.done:
        return redirect("qualification:questions", reference)
    found = references.questions(reference)
    rows = [
        {
            "id": k,
            "text": text,
            "questions": [
                (q, wording.QUESTION_STATES[q.state], hooks.name_of(q.approved_by) if q.approved_by else "")
                for q in found
                if q.about == k
            ],
        }
        for k, text in seen.knowledge()
    ]
    context = {
        "reference": one,
        "spoken": seen.language,
        "rows": rows,
        "form": form,
        "may_type": may(actor, "qualification.type_question"),
        "may_approve": may(actor, "qualification.approve_question"),
    }
    return show(request, "qualification/questions.html", outcome=outcome, **context)


BASE = "qualification/referentiels/<str:code>/<str:version>/"
urlpatterns = [
    path(BASE + "ecrire/", edit, name="edit_reference"),
    path(BASE + "ecrire/<str:competence>/", competence, name="edit_competence"),
    path("qualification/questions/<str:reference>/", questions, name="questions"),
]
