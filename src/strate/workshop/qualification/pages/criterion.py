"""Everything that speaks for one criterion, page by page; and for which other criteria a piece speaks."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.pages import Outcome, carry_out, show
from strate.workshop.qualification.actions import evidence as actions
from strate.workshop.qualification.forms.candidate import TieForm
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.pages.common import heading, of_a_file
from strate.workshop.qualification.pages.evidence import gesture, shown_piece
from strate.workshop.qualification.queries import evidence, files
from strate.workshop.qualification.references.outline import Item
from strate.workshop.qualification.rules import candidate as rules

PER_PAGE = 25
# Beyond, a single kind of gesture says nothing more of one criterion: the page says that older ones are left out.
MOST_OF_A_KIND = 2000


def criteria(found: CandidateFile) -> list[Item]:
    """The criteria of a file, in the order of its source."""
    return [i for c in files.competences(found) for items in c.criteria.values() for i in items]


@of_a_file(files.CANDIDATE, files.MEMBER)
def criterion(request: HttpRequest, found: CandidateFile, mine: frozenset[str], target: str) -> HttpResponse:
    """All the pieces of one criterion, the latest first."""
    item = next((i for i in criteria(found) if i.id == target), None)
    if item is None:
        raise Http404(target)
    own, outcome = files.CANDIDATE in mine, None
    if request.method == "POST" and own:
        outcome = gesture(request, found)
        if outcome.done:
            return redirect(request.get_full_path())
    gathered = evidence.gather(found, [target], per_kind=MOST_OF_A_KIND)
    standing = [p for p in gathered.by_target.get(target, []) if own or not p.withdrawn]
    sheet = Paginator(standing, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "qualification/criterion.html",
        outcome=outcome,
        own=own,
        open=found.state in rules.UNDER_EVALUATION,
        item=item,
        competence=target.partition(".")[0],
        sheet=sheet,
        total=len(standing),
        cut=len(gathered.pieces) >= MOST_OF_A_KIND,
        rows=[shown_piece(p, own=own) for p in sheet],
        **heading(found, mine),
    )


@of_a_file(files.CANDIDATE)
def tie(request: HttpRequest, found: CandidateFile, mine: frozenset[str], piece: str) -> HttpResponse:
    """The candidate says for which other criteria one piece speaks."""
    one = evidence.gather(found).pieces.get(piece)
    if one is None or one.training:
        raise Http404(piece)
    by_map = (
        set() if one.note and one.note.added else set(one.targets) - set(one.note.targets if one.note else ())
    )
    targets = [(i.id, f"{i.id} — {i.text}") for i in criteria(found) if i.id not in by_map]
    form = TieForm(
        request.POST or None, targets=targets, initial={"targets": one.note.targets if one.note else []}
    )
    outcome: Outcome | None = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(
            request, actions.tie_evidence, candidate=found.number, piece=piece, **form.cleaned_data
        )
        if outcome.done:
            return redirect("qualification:evidence", found.number)
    return show(
        request,
        "qualification/tie.html",
        outcome=outcome,
        form=form,
        row=shown_piece(one, own=True),
        by_map=sorted(by_map),
        **heading(found, mine),
    )


urlpatterns = [
    path("qualification/dossiers/<str:number>/preuves/critere/<str:target>/", criterion, name="criterion"),
    path("qualification/dossiers/<str:number>/preuves/<str:piece>/rattacher/", tie, name="tie"),
]
