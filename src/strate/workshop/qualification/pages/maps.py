"""The table of evidence of a reference: read, compared, brought in as a text, written competence by competence."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show, whole_number
from strate.workshop.doors.wording import vocabulary
from strate.workshop.people.roles import may
from strate.workshop.qualification.actions import maps as actions
from strate.workshop.qualification.pages.references import looked_at, one_or_404
from strate.workshop.qualification.queries import maps
from strate.workshop.qualification.references import comparing, mapping, mapping_form, outline, shape
from strate.workshop.qualification.references.outline import Competence, Item
from strate.workshop.qualification.wording import evaluation as words

LONGEST_REASON = 400


def _criteria(competence: Competence) -> list[Item]:
    return [i for items in competence.criteria.values() for i in items]


@signed_in
def table(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """How far signed work goes for each criterion; a criterion the table does not name is said to be for people."""
    one, known = one_or_404(code, version), maps.known(code)
    kinds, gestures = maps.kinds(), vocabulary("PROCEDURE_KINDS")
    competences = [
        {
            "competence": c,
            "lines": [_shown(i, known, kinds, gestures) for i in _criteria(c)],
        }
        for c in outline.of(one).competences
    ]
    lines = [line for each in competences for line in each["lines"]]
    context = {
        "reference": one,
        "spoken": outline.of(one).language,
        "known": known,
        "competences": competences,
        "unnamed": sum(not line["named"] for line in lines),
        "count": len(lines),
        "by": hooks.name_of(known.row.by) if known.row else "",
        "may_map": may(actor_of(request), "qualification.map_evidence"),
    }
    return show(request, "qualification/map.html", **context)


def _shown(item: Item, known: maps.Known, kinds: dict[str, str], gestures: dict[str, Any]) -> dict[str, Any]:
    reach = known.reach(item.id)
    entries = [
        (kinds.get(s.what, s.what), [str(gestures.get(g, g)) for k, several in s.when for g in several])
        for s in reach.sought
    ]
    return {
        "item": item,
        "named": item.id in known.lines,
        "reach": words.REACHES[reach.reach],
        "attest": reach.attest,
        "entries": entries,
    }


@signed_in
def export(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """The table as a text, to keep or to send to another site."""
    one_or_404(code, version)
    answer = HttpResponse(
        shape.write(maps.known(code).content), content_type="application/yaml; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="preuves-{code}.yaml"'
    return answer


@signed_in
def bring(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """Enter a table from its text; what it would change is shown before it is kept."""
    one, text = one_or_404(code, version), request.POST.get("text", "")
    outcome, content = None, None
    if request.method == "POST":
        text, content, outcome = looked_at(request, mapping.read)
    if content and (wrong := actions.faults_for(content, code)):
        content, outcome = None, Outcome(done=False, reasons=wrong)
    if content and request.POST.get("then") == "keep":
        reason = request.POST.get("reason", "")[:LONGEST_REASON]
        outcome = carry_out(request, actions.type_evidence_map, text=text, reason=reason)
        if outcome.done:
            return redirect("qualification:map", one.code, one.version)
    known = maps.known(code)
    changes = comparing.changes(known.content, content) if content else []
    context = {"reference": one, "text": text, "content": content, "known": known, "changes": changes}
    return show(request, "qualification/bring_map.html", outcome=outcome, **context)


@signed_in
def edit(request: HttpRequest, code: str, version: str, competence: str) -> HttpResponse:
    """One competence of the table: how far signed work goes for each criterion, and which entries."""
    one, known = one_or_404(code, version), maps.known(code)
    wanted = outline.of(one).competence(competence)
    if wanted is None:
        raise Http404(competence)
    content, outcome = known.content, None
    if request.method == "POST":
        typed = request.POST.dict()
        content = mapping_form.with_competence(content, [i.id for i in _criteria(wanted)], typed)
        outcome = _kept(request, content)
        if outcome.done:
            return redirect("qualification:map", code, version)
    context = {
        "reference": one,
        "competence": wanted,
        "lines": [_boxes(i, content["criteria"].get(i.id, {})) for i in _criteria(wanted)],
        "reaches": words.REACHES.items(),
        "kinds": maps.kinds().items(),
        "gestures": vocabulary("PROCEDURE_KINDS").items(),
        "seen": request.POST.get("seen", known.row.pk if known.row else 0),
        "reason": request.POST.get("reason", ""),
    }
    return show(request, "qualification/edit_map.html", outcome=outcome, **context)


def _kept(request: HttpRequest, content: dict[str, Any]) -> Outcome:
    seen = whole_number(request.POST.get("seen", ""))
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    return carry_out(request, actions.write_evidence_map, content=content, reason=reason, seen=seen)


def _boxes(item: Item, line: dict[str, Any]) -> dict[str, Any]:
    kinds = maps.kinds()
    filled = [row | {"said": kinds.get(row["what"], "")} for row in mapping_form.rows(line)]
    empty = [{"what": "", "gesture": ""} for _ in range(mapping_form.EMPTY_ROWS)]
    return {
        "item": item,
        "reach": line.get("reach", ""),
        "attest": bool(line.get("attest")),
        "rows": [*filled, *empty],
    }


BASE = "qualification/referentiels/<str:code>/<str:version>/preuves/"
urlpatterns = [
    path(BASE, table, name="map"),
    path(BASE + "texte/", export, name="export_map"),
    path(BASE + "importer/", bring, name="bring_map"),
    path(BASE + "<str:competence>/", edit, name="edit_map"),
]
