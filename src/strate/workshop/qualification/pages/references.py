"""References: read, compared, entered, approved, carried away as a text; blocks; what the centre decides."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal.refusals import NotFound, Reason, Refused, RuleBroken
from strate.workshop.people.roles import may
from strate.workshop.qualification.actions import references as actions
from strate.workshop.qualification.forms.candidate import CentreValueForm
from strate.workshop.qualification.models import Reference
from strate.workshop.qualification.queries import centre, references
from strate.workshop.qualification.references import careful, comparing, editing, outline, shape
from strate.workshop.qualification.wording import candidate as wording
from strate.workshop.qualification.wording import evaluation as words


def one_or_404(code: str, version: str) -> Reference:
    try:
        return references.reference(code, version)
    except NotFound as unknown:
        raise Http404(code) from unknown


@signed_in
def listed(request: HttpRequest, outcome: Outcome | None = None) -> HttpResponse:
    """The references known here, and the blocks of the branch they share."""
    actor = actor_of(request)
    if request.method == "POST":
        outcome = carry_out(request, actions.load_shipped)
        if outcome.done:
            return redirect("qualification:references")
    rows = [(r, wording.REFERENCE_STATES[r.state]) for r in references.references()]
    blocks = [(b, [u.reference for u in b.uses.all()]) for b in references.blocks()]
    values = [
        (wording.CENTRE_KEYS.get(v.key, v.key), v) for v in centre.values() if v.key in wording.CENTRE_KEYS
    ]
    context = {
        "rows": rows,
        "blocks": blocks,
        "values": values,
        "may_type": may(actor, "qualification.type_reference"),
        "may_decide": may(actor, "qualification.set_centre_value"),
    }
    return show(request, "qualification/references.html", outcome=outcome, **context)


@signed_in
def reference(request: HttpRequest, code: str, version: str, outcome: Outcome | None = None) -> HttpResponse:
    """One version, in the order of its source's tables; what the source does not give is said so."""
    one = one_or_404(code, version)
    seen, actor = outline.of(one), actor_of(request)
    decided = {v.key: v for v in centre.values() if v.about == one.code}
    keys = {"niveau": "reference.level", "code_qualification": "reference.qualification_number"}
    heading = [
        (word, seen.heading.get(name), decided.get(keys.get(name, "")))
        for name, word in wording.HEADING.items()
    ]
    blocks = [
        {
            "name": name,
            "block": block,
            "known": one.blocks.select_related("block").get(name=name).block,
            "competences": [_tables(c) for c in seen.of_block(name)],
        }
        for name, block in seen.blocks.items()
    ]
    context = {
        "reference": one,
        "spoken": seen.language,
        "seen": seen,
        "heading": heading,
        "blocks": blocks,
        "state": wording.REFERENCE_STATES[one.state],
        "author": hooks.name_of(one.typed_by),
        "approver": hooks.name_of(one.approved_by) if one.approved_by else "",
        "before": references.before(one),
        "may_type": may(actor, "qualification.type_reference"),
        "may_approve": may(actor, "qualification.approve_reference") and one.state == "draft",
        "own": one.typed_by == actor.person,
    }
    return show(request, "qualification/reference.html", outcome=outcome, **context)


def _tables(competence: outline.Competence) -> dict[str, Any]:
    """A competence as its source lays it out: conditions, criteria under four headings, results."""
    groups = [("K", competence.conditions), *competence.criteria.items(), ("S", competence.results)]
    return {
        "competence": competence,
        "groups": [
            (
                words.HEADINGS[kind],
                [(i, wording.CONDITIONAL.get(i.conditional, "") if i.conditional else "") for i in items],
            )
            for kind, items in groups
            if items
        ],
    }


@signed_in
def export(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """The reference as a text, to keep or to send to another site."""
    one = one_or_404(code, version)
    answer = HttpResponse(shape.write(one.content), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.code}-{one.version}.yaml"'
    return answer


@signed_in
def compare(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """What changed since the version in force (or another one), word by word."""
    one = one_or_404(code, version)
    other = request.GET.get("avec", "")
    before = one_or_404(code, other) if other else references.before(one)
    changes = comparing.changes(before.content, one.content) if before else []
    return show(request, "qualification/compare.html", reference=one, before=before, changes=changes)


@signed_in
def bring(request: HttpRequest) -> HttpResponse:
    """Enter a version from its text; what it would change is shown before it is kept."""
    outcome, content, before, changes = None, None, None, []
    text = request.POST.get("text", "")
    if request.method == "POST":
        text, content, outcome = looked_at(request, shape.read)
    if content and request.POST.get("then") == "keep":
        outcome = carry_out(request, actions.type_reference, text=text)
        if outcome.done:
            name = content["reference"]
            return redirect("qualification:reference", name["code"], name["version"])
    elif content:
        before = Reference.objects.filter(code=content["reference"]["code"]).order_by("-pk").first()
        changes = comparing.changes(before.content, content) if before else []
    context = {"text": text, "content": content, "before": before, "changes": changes}
    return show(request, "qualification/bring_reference.html", outcome=outcome, **context)


def looked_at(
    request: HttpRequest, read: Callable[[str], dict[str, Any]]
) -> tuple[str, dict[str, Any] | None, Outcome | None]:
    """The text that was sent, typed or as a file, and what it says; or why it cannot be read."""
    text, sent = request.POST.get("text", ""), request.FILES.get("file")
    try:
        if sent and (sent.size or 0) > careful.SIZE_LIMIT:
            raise RuleBroken("reference_too_long", limit=careful.SIZE_LIMIT)
        text = sent.read().decode("utf-8-sig") if sent else text
        return text, read(text), None
    except UnicodeDecodeError:
        return text, None, Outcome(done=False, reasons=[Reason("reference_not_utf8")])
    except Refused as refused:
        return text, None, Outcome(done=False, reasons=list(refused.reasons))


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Begin another reference, blank or as a new version of one that is known."""
    outcome, post = None, request.POST
    if request.method == "POST":
        source = post.get("source", "")
        code, _sep, version = source.partition("/")
        content = (
            one_or_404(code, version).content if source else editing.blank(post.get("title", "").strip())
        )
        content = editing.renamed(content, post.get("code", "").strip(), post.get("version", "").strip())
        outcome = carry_out(request, actions.write_reference, content=content, fresh=True)
        if outcome.done:
            return redirect(
                "qualification:edit_reference", content["reference"]["code"], content["reference"]["version"]
            )
    known = [(f"{r.code}/{r.version}", f"{r.title} ({r.version})") for r in references.references()]
    return show(request, "qualification/start.html", outcome=outcome, known=known, typed=post)


@signed_in
@require_POST
def approve(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """Approve a version (signed, by another person)."""
    outcome = carry_out(request, actions.approve_reference, signed=True, code=code, version=version)
    if outcome.done:
        return redirect("qualification:reference", code, version)
    page: HttpResponse = reference(request, code, version, outcome)
    return page


@signed_in
def centre_value(request: HttpRequest) -> HttpResponse:
    """Decide what the source leaves blank, with where it comes from."""
    form = CentreValueForm(request.POST or None, initial={**request.GET.dict(), "seen": centre.last()})
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.set_centre_value, **form.cleaned_data)
        if outcome.done:
            return redirect("qualification:references")
    return show(request, "qualification/centre_value.html", outcome=outcome, form=form)


urlpatterns = [
    path("qualification/referentiels/", listed, name="references"),
    path("qualification/referentiels/importer/", bring, name="bring_reference"),
    path("qualification/referentiels/nouveau/", start, name="start_reference"),
    path("qualification/referentiels/decision/", centre_value, name="centre_value"),
    path("qualification/referentiels/<str:code>/<str:version>/", reference, name="reference"),
    path("qualification/referentiels/<str:code>/<str:version>/texte/", export, name="export_reference"),
    path("qualification/referentiels/<str:code>/<str:version>/comparer/", compare, name="compare_reference"),
    path("qualification/referentiels/<str:code>/<str:version>/approuver/", approve, name="approve_reference"),
]
