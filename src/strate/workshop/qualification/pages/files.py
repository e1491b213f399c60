"""The files: those that concern this person, one of them whole, and its preparation by the centre."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.people.roles import may
from strate.workshop.qualification.actions import candidate as actions
from strate.workshop.qualification.actions import members
from strate.workshop.qualification.forms.candidate import FrameForm, MemberForm, RegisterForm
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.pages.common import heading, of_a_file, typed
from strate.workshop.qualification.queries import files, grids
from strate.workshop.qualification.rules import candidate as laws
from strate.workshop.qualification.rules import evaluation
from strate.workshop.qualification.wording import candidate as wording

MOST_SHOWN = 200


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """The files this person has to do with, the open ones first."""
    actor = actor_of(request)
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = list(files.search(actor, wanted)[: MOST_SHOWN + 1])
    closed = ("decided", "archived", "cancelled")
    rows = [
        {
            "file": f,
            "who": hooks.name_of(f.person),
            "title": f.block.title if f.block else f.reference.title,
            "state": wording.STATES[f.state],
            "status": wording.STATUSES[f.status],
            "closed": f.state in closed,
        }
        for f in found[:MOST_SHOWN]
    ]
    rows.sort(key=lambda row: row["closed"])
    context = {"rows": rows, "wanted": wanted, "more": len(found) > MOST_SHOWN, "most": MOST_SHOWN}
    return show(
        request, "qualification/files.html", may_register=may(actor, "qualification.manage_file"), **context
    )


@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """Register a candidate."""
    form = RegisterForm(request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.register_candidate, **form.values())
        if outcome.done:
            number = outcome.result.number if outcome.result else ""
            return redirect("qualification:file", number) if number else redirect("qualification:files")
    return show(request, "qualification/register.html", outcome=outcome, form=form)


@of_a_file()
def file(
    request: HttpRequest, found: CandidateFile, mine: frozenset[str], outcome: Outcome | None = None
) -> HttpResponse:
    """A file as a whole: where it stands, what is agreed, what is next."""
    before = found.state in laws.BEFORE_SIGNATURE
    lacking = laws.refuse_signature(files.prepared(found)) if before else []
    by_target = {a.target: a for a in found.applicability.all()}
    modes = {m.competence: m.modes for m in found.modalities.all()}
    context = {
        "competences": [
            {"competence": c, "modes": [wording.MODES[m] for m in modes.get(c.id, [])]}
            for c in files.competences(found)
        ],
        "kept": [(c, date.fromisoformat(found.kept[c.id])) for c in files.scope(found) if c.id in found.kept],
        "conditional": [(i, by_target.get(i.id)) for i in files.conditional(found)],
        "members": [(hooks.name_of(m.person), m) for m in found.members.all()],
        "signatures": [(wording.SIDES[s.side], hooks.name_of(s.person), s) for s in found.signatures.all()],
        "company_person": hooks.name_of(found.company_person) if found.company_person else "",
        "place_kind": wording.PLACES.get(found.place_kind, ""),
        "capacity": wording.CAPACITIES.get(found.company_capacity, ""),
        "lacking": Outcome(done=False, reasons=lacking).spoken,
        "digest": files.digest(found),
        "before": before,
        "may_sign": before and _may_sign(found, mine),
        "may_accept": found.state == "signed" and files.CANDIDATE in mine,
        "may_cancel": laws.can_move(found.state, "cancelled") and files.CENTRE_SIDE in mine,
        "second_side": wording.SIDES[laws.second_side(found.company, found.company_person)],
        "unsigned": sum(len(v) for v in grids.unsigned(found).values()) if files.MEMBER in mine else 0,
    }
    return show(request, "qualification/file.html", outcome=outcome, **heading(found, mine), **context)


def _may_sign(found: CandidateFile, mine: frozenset[str]) -> bool:
    signed = set(found.signatures.values_list("side", flat=True))
    second = laws.second_side(found.company, found.company_person)
    if files.CENTRE_SIDE in mine and laws.CENTRE_SIDE not in signed:
        return True
    own = files.COMPANY if second == laws.COMPANY_SIDE else files.CANDIDATE
    return own in mine and second not in signed


@require_POST
@of_a_file()
def sign(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """Sign the file for one's side."""
    seen = request.POST.get("seen", "")[:64]
    outcome = carry_out(request, actions.sign_file, signed=True, candidate=found.number, seen=seen)
    return redirect("qualification:file", found.number) if outcome.done else again(request, found, outcome)


@require_POST
@of_a_file(files.CANDIDATE)
def accept(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """The candidate knows how evidence is collected."""
    outcome = carry_out(request, actions.accept_collection, signed=True, candidate=found.number)
    return (
        redirect("qualification:evidence", found.number) if outcome.done else again(request, found, outcome)
    )


@require_POST
@of_a_file(files.CENTRE_SIDE)
def cancel(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """Close the file before the jury."""
    reason = typed(request, "reason", 400)
    outcome = carry_out(request, actions.cancel_file, candidate=found.number, reason=reason)
    return redirect("qualification:file", found.number) if outcome.done else again(request, found, outcome)


def again(request: HttpRequest, found: CandidateFile, outcome: Outcome) -> HttpResponse:
    """The file's page once more, with why it was refused."""
    page: HttpResponse = file(request, found.number, outcome=outcome)
    return page


@of_a_file(files.CENTRE_SIDE)
def frame(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """Place, dates, deadline of the report, accommodations."""
    initial = {name: getattr(found, name) for name in FrameForm.base_fields}
    form = FrameForm(request.POST or None, initial=initial)
    outcome = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"edition": edition_seen(request, found)}
        outcome = carry_out(request, actions.frame_file, candidate=found.number, **given)
        if outcome.done:
            return redirect("qualification:modalities", found.number)
    context = {
        "form": form,
        "edition": edition_seen(request, found),
        "frozen": found.state not in laws.BEFORE_SIGNATURE,
    }
    return show(request, "qualification/frame.html", outcome=outcome, **heading(found, mine), **context)


@of_a_file(files.CENTRE_SIDE)
def modalities(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """How each competence is evaluated, and which conditional lines apply; both before the signature."""
    outcome = None
    if request.method == "POST":
        outcome = _settle(request, found)
        if outcome.done:
            return redirect("qualification:commission", found.number)
    chosen = {m.competence: m.modes for m in found.modalities.all()}
    decided = {a.target: a for a in found.applicability.all()}
    post = request.POST
    rows = [
        {
            "competence": c,
            "modes": [
                (m, word, m in (post.getlist(f"mode-{c.id}") if post else chosen.get(c.id, [])))
                for m, word in wording.MODES.items()
            ],
        }
        for c in files.competences(found)
    ]
    lines = [_line(i, decided.get(i.id), post) for i in files.conditional(found)]
    context = {
        "rows": rows,
        "lines": lines,
        "edition": edition_seen(request, found),
        "frozen": found.state not in laws.BEFORE_SIGNATURE,
    }
    return show(request, "qualification/modalities.html", outcome=outcome, **heading(found, mine), **context)


def _line(item: Any, known: Any, post: Any) -> dict[str, Any]:
    """A conditional line as it is decided; nothing is chosen beforehand."""
    applies = "" if known is None else ("yes" if known.applies else "no")
    return {
        "item": item,
        "word": wording.CONDITIONAL.get(item.conditional, ""),
        "applies": post.get(f"applies-{item.id}", applies) if post else applies,
        "reason": post.get(f"reason-{item.id}", "") if post else (known.reason if known else ""),
    }


def _settle(request: HttpRequest, found: CandidateFile) -> Outcome:
    """Two acts from one page: the first refused leaves the second undone, and the page as typed."""
    post = request.POST
    modes = {
        c.id: [m for m in post.getlist(f"mode-{c.id}") if m in evaluation.MODES]
        for c in files.competences(found)
    }
    decisions = {
        i.id: {"applies": post[f"applies-{i.id}"] == "yes", "reason": post.get(f"reason-{i.id}", "")}
        for i in files.conditional(found)
        if post.get(f"applies-{i.id}")
    }
    given = {"modes": modes, "decisions": decisions, "edition": edition_seen(request, found)}
    return carry_out(request, actions.settle_modalities, candidate=found.number, **given)


def edition_seen(request: HttpRequest, found: CandidateFile) -> int:
    """The edition of the file the page showed; a refused page keeps the one it was typed on."""
    typed = request.POST.get("edition", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else found.edition


@of_a_file(files.CENTRE_SIDE)
def commission(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponse:
    """Who evaluates this candidate, and what qualifies them."""
    form, outcome = MemberForm(), None
    if request.method == "POST" and "release" in request.POST:
        given = {"person": request.POST["release"], "reason": request.POST.get("reason", "")[:400]}
        outcome = carry_out(request, members.release_member, candidate=found.number, **given)
    elif request.method == "POST":
        form = MemberForm(request.POST)
        if form.is_valid():
            outcome = carry_out(request, members.name_member, candidate=found.number, **form.cleaned_data)
    if outcome and outcome.done:
        return redirect("qualification:commission", found.number)
    seated = [(hooks.name_of(m.person), m) for m in found.members.all()]
    return show(
        request,
        "qualification/commission.html",
        outcome=outcome,
        form=form,
        members=seated,
        **heading(found, mine),
    )


urlpatterns = [
    path("qualification/", listed, name="files"),
    path("qualification/dossiers/nouveau/", register, name="register"),
    path("qualification/dossiers/<str:number>/", file, name="file"),
    path("qualification/dossiers/<str:number>/signer/", sign, name="sign_file"),
    path("qualification/dossiers/<str:number>/informe/", accept, name="accept_collection"),
    path("qualification/dossiers/<str:number>/clore/", cancel, name="cancel_file"),
    path("qualification/dossiers/<str:number>/cadre/", frame, name="frame"),
    path("qualification/dossiers/<str:number>/modalites/", modalities, name="modalities"),
    path("qualification/dossiers/<str:number>/commission/", commission, name="commission"),
]
