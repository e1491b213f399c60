"""Certificates: awarded, attested, withdrawn; folders closed; the centre's key and its layouts."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import AUDITOR, CENTRE, may
from strate.workshop.qualification import issuing, shown
from strate.workshop.qualification.actions import award as actions
from strate.workshop.qualification.actions import keeping
from strate.workshop.qualification.documents import printing, trial
from strate.workshop.qualification.documents.papers import KINDS
from strate.workshop.qualification.forms.award import KeyForm, LayoutForm
from strate.workshop.qualification.forms.jury import ReasonForm
from strate.workshop.qualification.models import BlockInReference, CandidateFile, Case, IssuerKey, Layout
from strate.workshop.qualification.pages.common import of_a_file
from strate.workshop.qualification.pages.downloads import stored
from strate.workshop.qualification.queries import award as queries
from strate.workshop.qualification.queries import files, holding
from strate.workshop.qualification.references import outline
from strate.workshop.qualification.wording import award as wording


@signed_in
def certificates(request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
    """The certificates issued; one is withdrawn here."""
    actor = actor_of(request)
    if not {CENTRE, AUDITOR} & actor.roles:
        raise Http404
    rows = [
        {"award": each, "who": hooks.name_of(each.file.person), "kind": wording.AWARD_KINDS[each.kind]}
        for each in queries.awards()
    ]
    return show(
        request,
        "qualification/certificates.html",
        outcome=outcome,
        rows=rows,
        may_revoke=may(actor, "qualification.award"),
        has_key=issuing.has_centre_key(),
    )


@signed_in
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a certificate, with its reason, signed."""
    if not may(actor_of(request), "qualification.award"):
        raise Http404(number)
    made = next((each for each in queries.awards() if each.number == number), None)
    if made is None:
        raise Http404(number)
    form, outcome = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.revoke, signed=True, certificate=number, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:certificates")
    who = hooks.name_of(made.file.person)
    return show(request, "qualification/revoke.html", outcome=outcome, form=form, award=made, who=who)


@of_a_file(files.CENTRE_SIDE)
def award(
    request: HttpRequest, found: CandidateFile, mine: frozenset[str], outcome: Outcome | None = None
) -> HttpResponse:
    """What a candidate holds, and what can be issued for them."""
    last = queries.last_case(found)
    kept = holding.held_by(found, on=last.jury.held_on if last else localdate(clock.now()))
    needed, months = files.scope(found), holding.months()
    return show(
        request,
        "qualification/award.html",
        outcome=outcome,
        file=found,
        who=hooks.name_of(found.person),
        rows=[
            (each, kept[each.id].kept_until(months=months) if each.id in kept else None) for each in needed
        ],
        spoken=outline.of(found.reference).language,
        whole=_may_be_whole(found) and all(each.id in kept for each in needed),
        blocks=[(use, _against(found, use, last)) for use in queries.blocks(found)],
        certificates=[(each, wording.AWARD_KINDS[each.kind]) for each in found.awards.all()],
        has_key=issuing.has_centre_key(),
        papers=shown.papers(found.ref),
        archive=getattr(found, "archive", None),
    )


def _against(found: CandidateFile, use: BlockInReference, last: Case | None) -> list[dict[str, Any]]:
    """Why a block cannot be issued yet, in words; nothing when it can."""
    if last is None:
        return shown.spoken([Reason("award_before_the_jury", {"candidate": found.ref}, "", ("juror",))])
    return shown.spoken(queries.block_stands(found, use, on=last.jury.held_on)[0])


def _may_be_whole(found: CandidateFile) -> bool:
    """A file for the whole certificate, not awarded yet."""
    return found.block_id is None and queries.one_of(found, "whole", "") is None


GESTURES: dict[str, tuple[Callable[..., Any], bool]] = {
    "cqpm": (actions.award_whole, True),
    "bloc": (actions.award_block, True),
    "attester": (actions.attest, True),
    "archiver": (keeping.archive, False),
}


@require_POST
@of_a_file(files.CENTRE_SIDE)
def gesture(request: HttpRequest, found: CandidateFile, mine: frozenset[str], verb: str) -> HttpResponse:
    """Award, attest or close the folder of a candidate."""
    if verb not in GESTURES:
        raise Http404(verb)
    action, signed = GESTURES[verb]
    values = {"block": request.POST["block"]} if "block" in request.POST else {}
    outcome = carry_out(request, action, signed=signed, candidate=found.number, **values)
    if outcome.done:
        return redirect("qualification:award", number=found.number)
    return award(request, number=found.number, outcome=outcome)


@require_safe
@of_a_file(files.CENTRE_SIDE)
def folder(request: HttpRequest, found: CandidateFile, mine: frozenset[str]) -> HttpResponseBase:
    """The closed folder of a candidate, as a ZIP."""
    made = getattr(found, "archive", None)
    if made is None:
        raise Http404(found.number)
    return stored(made.digest)


@signed_in
def key(request: HttpRequest) -> HttpResponse:
    """The key certificates are signed with."""
    if not may(actor_of(request), "qualification.enter_issuer_key"):
        raise Http404
    form, outcome = KeyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, keeping.enter_issuer_key, signed=True, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:issuer_key")
    keys = [(each, hooks.name_of(each.entered_by)) for each in IssuerKey.objects.all()]
    return show(
        request,
        "qualification/key.html",
        outcome=outcome,
        form=form,
        keys=keys,
        factory=issuing.factory_key()[0],
    )


@signed_in
def layouts(request: HttpRequest) -> HttpResponse:
    """The layouts of the papers: ours, or the centre's in their place."""
    if not may(actor_of(request), "qualification.put_layout"):
        raise Http404
    form, outcome = LayoutForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and "drop" in request.POST:
        form = LayoutForm()
        outcome = carry_out(request, keeping.drop_layout, kind=request.POST["drop"])
    elif request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        outcome = carry_out(request, keeping.put_layout, kind=told["kind"], text=told["file"])
    if outcome is not None and outcome.done:
        return redirect("qualification:layouts")
    used = {each.kind: each for each in Layout.objects.filter(in_force=True)}
    rows = [(kind, wording.PAPERS[kind], used.get(kind), printing.ours_for(kind)) for kind in KINDS]
    return show(request, "qualification/layouts.html", outcome=outcome, form=form, rows=rows)


@require_safe
@signed_in
def our_layout(request: HttpRequest, kind: str) -> HttpResponse:
    """Our own layout of a paper, to start one's own from."""
    if not may(actor_of(request), "qualification.put_layout"):
        raise Http404
    if kind not in KINDS:
        raise Http404(kind)
    text = printing.in_force(kind) or printing.ours(printing.ours_for(kind))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.typ"'
    return answer


@require_safe
@signed_in
def try_layout(request: HttpRequest, kind: str) -> HttpResponse:
    """A paper with invented content, to see a layout."""
    if kind not in KINDS or not may(actor_of(request), "qualification.put_layout"):
        raise Http404(kind)
    pages = printing.printed(trial.paper(kind), at=clock.now())
    answer = HttpResponse(pages, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kind}.pdf"'
    return answer


urlpatterns = [
    path("qualification/certificats/", certificates, name="certificates"),
    path("qualification/certificats/cle/", key, name="issuer_key"),
    path("qualification/certificats/<str:number>/retirer/", revoke, name="revoke"),
    path("qualification/dossiers/<str:number>/attribution/", award, name="award"),
    path("qualification/dossiers/<str:number>/attribution/archive/", folder, name="archive_file"),
    path("qualification/dossiers/<str:number>/attribution/<str:verb>/", gesture, name="award_gesture"),
    path("qualification/modeles/", layouts, name="layouts"),
    path("qualification/modeles/<str:kind>/typ/", our_layout, name="our_layout"),
    path("qualification/modeles/<str:kind>/essai/", try_layout, name="try_layout"),
]
