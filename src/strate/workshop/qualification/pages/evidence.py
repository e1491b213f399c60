"""The candidate's own space: what signed work says for them; they comment, withdraw, add. And rehearsals, apart."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.attachments.pages import kept
from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.qualification.actions import evidence as actions
from strate.workshop.qualification.forms.candidate import EvidenceForm
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.pages.common import heading, of_a_file, typed
from strate.workshop.qualification.queries import evidence, files, maps
from strate.workshop.qualification.queries.evidence import SHOWN_PER_CRITERION, Gathered, Piece
from strate.workshop.qualification.references import mapping
from strate.workshop.qualification.references.outline import Competence, Item
from strate.workshop.qualification.wording import evaluation as wording

GESTURES = {
    "comment": actions.comment_evidence,
    "withdraw": actions.withdraw_evidence,
    "restore": actions.restore_evidence,
}


def shown_piece(piece: Piece, *, own: bool) -> dict[str, Any]:
    """A piece as a page shows it; to others a withdrawn one shows its digest and nothing else."""
    hidden = piece.withdrawn and not own
    return {
        "piece": piece,
        "hidden": hidden,
        "context": [(wording.CONTEXT[kind], title) for kind, title in piece.context],
        "comment": piece.note.comment if piece.note and not hidden else "",
        "reaches": sorted(piece.targets),
    }


def reach_word(known: maps.Known, target: str) -> Any:
    """How far entries go for a criterion, in words; a table that does not speak of it says nothing."""
    if target in known.lines:
        return wording.REACHES[known.reach(target).reach]
    return wording.NOT_IN_TABLE if known.there else ""


def by_criterion(
    competence: Competence, found: Gathered, known: maps.Known, *, own: bool, applies: dict[str, bool]
) -> list[dict[str, Any]]:
    """Each criterion of a competence with what speaks for it; a person's own judgement is never filled in."""
    rows = []
    for item in (i for items in competence.criteria.values() for i in items):
        pieces = found.by_target.get(item.id, [])
        standing = [p for p in pieces if own or not p.withdrawn]
        rows.append(
            {
                "item": item,
                "reach": reach_word(known, item.id),
                "human": known.reach(item.id).reach == mapping.HUMAN_ONLY,
                "attest": known.reach(item.id).attest,
                "pieces": [shown_piece(p, own=own) for p in standing[:SHOWN_PER_CRITERION]],
                "more": max(len(standing) - SHOWN_PER_CRITERION, 0),
                "applies": applies.get(item.id, True),
            }
        )
    return rows


@of_a_file(files.CANDIDATE, files.MEMBER)
def evidence_page(
    request: HttpRequest, found: CandidateFile, mine: frozenset[str], outcome: Outcome | None = None
) -> HttpResponse:
    """What there is for each criterion of one competence; coverage, never a score."""
    own = files.CANDIDATE in mine
    competences = files.competences(found)
    wanted = next((c for c in competences if c.id == request.GET.get("c")), competences[0])
    if request.method == "POST" and own:
        outcome = gesture(request, found)
        if outcome.done:
            return redirect(request.get_full_path())
    lines = [i.id for c in competences for i in c.items() if i.kind in "MORE"]
    gathered, known = evidence.gather(found), maps.known(found.reference.code)
    covered = gathered.covered()
    tabs = [
        {
            "competence": c,
            "current": c.id == wanted.id,
            "covered": sum(i.id in covered for i in _criteria(c)),
            "count": len(_criteria(c)),
        }
        for c in competences
    ]
    context = {
        "own": own,
        "open": found.state in ("collecting", "evaluated"),
        "tabs": tabs,
        "competence": wanted,
        "rows": by_criterion(wanted, gathered, known, own=own, applies=files.applies(found)),
        "table": known,
        "rehearsals": [shown_piece(p, own=own) for p in gathered.training[:20]],
        "covered": sum(t in covered for t in lines),
        "count": len(lines),
    }
    return show(request, "qualification/evidence.html", outcome=outcome, **heading(found, mine), **context)


def _criteria(competence: Competence) -> list[Item]:
    return [i for items in competence.criteria.values() for i in items]


def gesture(request: HttpRequest, found: CandidateFile) -> Outcome:
    """What the candidate does with one piece."""
    post = request.POST
    verb = post.get("verb", "")
    values: dict[str, Any] = {"candidate": found.number, "piece": post.get("piece", "")[:64]}
    if verb == "comment":
        values["comment"] = typed(request, "comment")
    if verb == "withdraw":
        values["reason"] = typed(request, "reason")
    action = GESTURES.get(verb, actions.comment_evidence)
    return carry_out(request, action, **values)


@of_a_file(files.CANDIDATE)
def add(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """The candidate adds a piece: a document, a photo, an account."""
    targets = [(i.id, f"{i.id} — {i.text}") for c in files.competences(found) for i in _criteria(c)]
    form = EvidenceForm(request.POST or None, targets=targets, initial={"targets": request.GET.getlist("t")})
    outcome = None
    if request.method == "POST" and form.is_valid():
        try:
            sent = kept(request, "document")
        except Refused as refused:
            return show(
                request,
                "qualification/add_evidence.html",
                outcome=Outcome(done=False, reasons=list(refused.reasons)),
                form=form,
                **heading(found, mine),
            )
        given = dict(form.cleaned_data) | {"attachment": sent[0] if sent else ""}
        outcome = carry_out(request, actions.add_evidence, candidate=found.number, **given)
        if outcome.done:
            return redirect("qualification:evidence", found.number)
    return show(
        request, "qualification/add_evidence.html", outcome=outcome, form=form, **heading(found, mine)
    )


@signed_in
def training(request: HttpRequest) -> HttpResponse:
    """One's own rehearsals on simulated machines: shown as training, never as proof of real work."""
    rows = [shown_piece(p, own=True) for p in evidence.training_of(actor_of(request).person)]
    return show(request, "qualification/training.html", rows=rows)


urlpatterns = [
    path("qualification/entrainement/", training, name="training"),
    path("qualification/dossiers/<str:number>/preuves/", evidence_page, name="evidence"),
    path("qualification/dossiers/<str:number>/preuves/ajouter/", add, name="add_evidence"),
]
