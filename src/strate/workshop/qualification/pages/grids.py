"""The grid of one assessor for one competence: four headings, what speaks for each line beside it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show, whole_number
from strate.workshop.journal.refusals import NotFound
from strate.workshop.qualification.actions import grids as actions
from strate.workshop.qualification.models import CandidateFile, GridEvidence
from strate.workshop.qualification.models.evaluation import GRID_SIGNED
from strate.workshop.qualification.pages.common import heading, of_a_file, typed
from strate.workshop.qualification.pages.evidence import reach_word, shown_piece
from strate.workshop.qualification.queries import evidence, files, grids, maps
from strate.workshop.qualification.queries.evidence import Gathered, Piece
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.references.outline import Competence, Item
from strate.workshop.qualification.wording import candidate as file_wording
from strate.workshop.qualification.wording import evaluation as wording


@of_a_file(files.MEMBER, files.FORMER)
def listed(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """One's own grids: how far each has gone."""
    me, applies = actor_of(request).person, files.applies(found)
    rows = []
    for competence in files.competences(found):
        grid = grids.of(found, competence.id, me)
        done, count = grids.coverage(competence, grids.rows_of(grid), applies)
        rows.append({"competence": competence, "grid": grid, "done": done, "count": count})
    late = [g for g in grids.late_of(found) if g.assessor == me]
    return show(request, "qualification/grids.html", rows=rows, late=late, **heading(found, mine))


@of_a_file(files.MEMBER, files.FORMER)
def grid(request: HttpRequest, found: CandidateFile, mine: frozenset[str], competence: str) -> HttpResponse:
    """Fill in, keep, sign. What is typed stays on the tablet until it is kept here."""
    try:
        wanted = files.competence(found, competence)
    except NotFound as unknown:
        raise Http404(competence) from unknown
    outcome = None
    if request.method == "POST":
        outcome = _keep(request, found, wanted)
        if outcome.done and request.POST.get("then") == "sign":
            outcome = _sign(request, found, wanted)
            if outcome.done:
                return redirect("qualification:grids", found.number)
        elif outcome.done:
            return redirect("qualification:grid", found.number, wanted.id)
    return _grid_page(request, found, mine, wanted, outcome)


def typed_rows(post: QueryDict, wanted: Competence) -> dict[str, dict[str, Any]]:
    """The lines as they were typed."""
    rows = {}
    lines = [p for i in wanted.items() for p in (i, *i.parts)]
    for item in lines:
        rows[item.id] = {
            "finding": post.get(f"finding-{item.id}", ""),
            "reason": post.get(f"reason-{item.id}", "").replace("\r\n", "\n"),
            "text": post.get(f"text-{item.id}", "").replace("\r\n", "\n"),
            "evidence": post.getlist(f"evidence-{item.id}"),
        }
    return rows


def _keep(request: HttpRequest, found: CandidateFile, wanted: Competence) -> Outcome:
    post = request.POST
    return carry_out(
        request,
        actions.save_grid,
        candidate=found.number,
        competence=wanted.id,
        rows=typed_rows(post, wanted),
        basis=whole_number(post.get("basis", "0")),
        remarks=typed(request, "remarks"),
        observed_on=_day(post.get("observed_on", "")),
        over=post.get("over") == "yes",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sign(request: HttpRequest, found: CandidateFile, wanted: Competence) -> Outcome:
    """Kept just before, under the same form: the signature is a command of its own."""
    mine = grids.of(found, wanted.id, actor_of(request).person)
    post = request.POST.copy()
    post["command"] = f"{post.get('command', '')[:70]}-sign"
    request.POST = post  # the same form, a second command
    basis = mine.version if mine else 0
    return carry_out(
        request, actions.sign_grid, signed=True, candidate=found.number, competence=wanted.id, basis=basis
    )


@dataclass(frozen=True)
class Beside:
    """What stands beside the lines of a grid: the evidence, the table that places it, the pieces already cited."""

    gathered: Gathered
    known: maps.Known
    cited: dict[str, dict[str, GridEvidence]]
    # The line whose pieces are all shown.
    whole: str = ""


def _grid_page(
    request: HttpRequest,
    found: CandidateFile,
    mine: frozenset[str],
    wanted: Competence,
    outcome: Outcome | None,
) -> HttpResponse:
    me = actor_of(request).person
    row = grids.of(found, wanted.id, me)
    kept = grids.rows_of(row)
    signed = row is not None and row.state == GRID_SIGNED
    sent = typed_rows(request.POST, wanted) if request.method == "POST" else kept
    # What was signed is what is shown; what another tablet had typed stands beside it.
    rows = kept if signed else sent
    applies = files.applies(found)
    seated = files.MEMBER in mine
    gathered = evidence.gather(found, [i.id for i in wanted.items()] if seated else [])
    known = maps.known(found.reference.code)
    cited = {t: {e.key: e for e in each} for t, each in grids.cited(row).items()}
    beside = Beside(gathered, known, cited, request.GET.get("tout", ""))
    done, count = grids.coverage(wanted, rows, applies)
    elsewhere = bool(outcome and any(r.code == "grid_saved_elsewhere" for r in outcome.reasons))
    context = {
        "competence": wanted,
        "grid": row,
        "signed": signed,
        "besides": _besides(kept, sent) if signed else [],
        "late": found.concluded_at is not None,
        "headings": _headings(wanted, found, rows, beside),
        "table": known,
        "done": done,
        "count": count,
        "elsewhere": elsewhere,
        # Refused because of another tablet: the version they saw stays, until they say that theirs is the right one.
        "basis": request.POST.get("basis", "0") if elsewhere else (row.version if row else 0),
        "remarks": request.POST.get("remarks", row.remarks if row else ""),
        "observed_on": request.POST.get(
            "observed_on", row.observed_on.isoformat() if row and row.observed_on else ""
        ),
        "accommodations": found.accommodations if seated else "",
        "rehearsals": [shown_piece(p, own=False) for p in gathered.training[:10]],
    }
    return show(request, "qualification/grid.html", outcome=outcome, **heading(found, mine), **context)


def _headings(
    wanted: Competence,
    found: CandidateFile,
    rows: dict[str, dict[str, Any]],
    beside: Beside,
) -> list[dict[str, Any]]:
    """Conditions, the four headings, results; each line with its choices and what speaks for it."""
    groups = [("K", wanted.conditions), *wanted.criteria.items(), ("S", wanted.results)]
    applies = files.applies(found)
    reasons = dict(found.applicability.values_list("target", "reason"))
    return [
        {
            "kind": kind,
            "word": wording.HEADINGS[kind],
            "lines": [
                _line(item, rows.get(item.id, {}), beside)
                | {
                    "applies": applies.get(item.id, True),
                    "decided": reasons.get(item.id, ""),
                    "condition": file_wording.CONDITIONAL.get(item.conditional, "")
                    if item.conditional
                    else "",
                    "parts": [(p, rows.get(p.id, {})) for p in item.parts],
                }
                for item in items
            ],
        }
        for kind, items in groups
        if items
    ]


def _line(item: Item, typed: dict[str, Any], beside: Beside) -> dict[str, Any]:
    words = wording.CONDITION_FINDINGS if item.kind == "K" else wording.FINDINGS
    chosen = typed.get("evidence", [])
    found = [p for p in beside.gathered.by_target.get(item.id, []) if not p.withdrawn or p.key in chosen]
    pieces = found if beside.whole == item.id else _first(found, chosen)
    here = {p.key for p in pieces}
    # Cited before and no longer shown: withdrawn since, or older than what a page holds. Its digest stays.
    gone = [
        {"key": k, "digest": e.digest, "chosen": k in chosen, "withdrawn": _withdrawn(beside.gathered, k)}
        for k, e in beside.cited.get(item.id, {}).items()
        if k not in here
    ]
    return {
        "item": item,
        "choices": [(code, word, typed.get("finding") == code) for code, word in words.items()],
        "typed": typed,
        "pieces": [shown_piece(p, own=False) | {"chosen": p.key in chosen} for p in pieces],
        "count": len(found),
        "whole": beside.whole == item.id,
        "more": len(found) - len(pieces),
        "gone": gone,
        "reach": reach_word(beside.known, item.id) if item.kind in outline.HEADINGS else "",
        "attest": beside.known.reach(item.id).attest,
    }


def _besides(kept: dict[str, dict[str, Any]], sent: dict[str, dict[str, Any]]) -> list[tuple[str, Any, str]]:
    """What was typed on this tablet and is not what was signed, line by line."""
    words = wording.CHOICES["finding"]
    return [
        (target, words.get(row["finding"], "—"), row["text"] or row["reason"])
        for target, row in sent.items()
        if any(row[name] and row[name] != kept.get(target, {}).get(name) for name in actions.TEXTS)
    ]


def _first(found: list[Piece], chosen: list[str]) -> list[Piece]:
    """The latest pieces, and every one the assessor relies on, however old: what was cited stays cited."""
    latest = {p.key for p in found[: evidence.SHOWN_PER_CRITERION]}
    return [p for p in found if p.key in latest or p.key in chosen]


def _withdrawn(gathered: Gathered, key: str) -> bool:
    piece = gathered.pieces.get(key)
    return bool(piece and piece.withdrawn)


urlpatterns = [
    path("qualification/dossiers/<str:number>/grilles/", listed, name="grids"),
    path("qualification/dossiers/<str:number>/grilles/<str:competence>/", grid, name="grid"),
]
