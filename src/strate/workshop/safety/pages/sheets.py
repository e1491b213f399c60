"""The pages of the safety data sheets: what to read, one sheet, a new version, HSE's review."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.journal import clock
from strate.workshop.people.roles import may
from strate.workshop.safety import actions, phrases, plugs, queries, rules, wording
from strate.workshop.safety.forms import SheetForm
from strate.workshop.safety.forms.fields import substances_text
from strate.workshop.safety.pages.common import named, onwards, or_404, parse_day, received, turned, ways
from strate.workshop.safety.queries import SafetySheet


@signed_in
def sheets(request: HttpRequest) -> HttpResponse:
    """The safety data sheets, those not read yet first."""
    actor, text = actor_of(request), request.GET.get("q", "").strip()
    mine = queries.read_sheets(actor.person)
    page = turned(request, queries.listed_sheets(text=text, reader=actor.person))
    handles = bool(actor.roles & queries.HANDLERS)
    found = [
        {"sheet": s, "read": s.pk in mine, "pressing": handles and s.pk not in mine, "cmr": queries.cmr_of(s)}
        for s in page
    ]
    context = {"rows": found, "page": page, "q": text, "may_type": may(actor, "safety.type_sheet")}
    return show(request, "safety/sheets.html", **context, ways=ways(request, "sheets"))


@signed_in
def to_read(request: HttpRequest) -> HttpResponse:
    """What this person has still to read: sheets and documents, the next one first."""
    actor = actor_of(request)
    sheets_ = list(queries.sheets_to_read(actor).values_list("pk", flat=True))
    waiting = [
        *(("sheet", pk) for pk in sheets_),
        *(("document", pk) for pk in queries.numbers_to_read(actor)),
    ]
    page = turned(request, waiting)
    shown = queries.sheets_to_read(actor).filter(pk__in=[pk for kind, pk in page if kind == "sheet"])
    documents = queries.documents_by(pk for kind, pk in page if kind == "document")
    return show(
        request,
        "safety/to_read.html",
        sheets=shown,
        documents=[(plugs.document_title(d), d) for d in documents],
        page=page,
        ways=ways(request, "to_read"),
    )


@signed_in
def sheet(request: HttpRequest, code: str, outcome: Outcome | None = None) -> HttpResponse:
    """One sheet, readable on a tablet; its version is acknowledged here."""
    found = or_404(queries.sheet, code, request.GET.get("version", ""))
    actor = actor_of(request)
    mark = queries.cmr_of(found)
    return show(
        request,
        "safety/sheet.html",
        outcome=outcome,
        sheet=found,
        **_worn(found),
        hazards=[phrases.phrase(c) for c in found.hazards],
        precautions=[phrases.phrase(c) for c in found.precautions],
        cmr=wording.CMR_MARKS.get(mark, ""),
        cmr_mark=mark,
        orders=_orders(found),
        sections=[(wording.SECTIONS[n], found.sections[n]) for n in rules.SECTIONS if found.sections.get(n)],
        signal=wording.SIGNALS.get(found.signal, ""),
        stream=wording.STREAMS.get(found.waste_stream, ""),
        group=wording.WASTE_GROUPS.get(found.waste_group, ""),
        versions=queries.versions_of(code),
        read=queries.has_read(actor.person, found),
        in_force=found.state == rules.REVIEWED,
        reviewer=hooks.name_of(found.reviewed_by) if found.reviewed_by else "",
        **_follow_up(request, found),
    )


def _worn(found: SafetySheet) -> dict[str, Any]:
    """What the sheet asks to wear, and what is usual where it says nothing."""
    told = {name for name in rules.OPERATIONS if found.ppe.get(name) or found.ppe_words.get(name)}
    stated = [
        (word, rules.ppe(name, [found.ppe]), found.ppe_words.get(name, ""))
        for name, word in wording.OPERATIONS.items()
        if name in told
    ]
    usual = [(word, rules.ppe(name, [])) for name, word in wording.OPERATIONS.items() if name not in told]
    return {"stated": stated, "usual": usual}


def _orders(found: SafetySheet) -> dict[str, Any]:
    """Fire and water, in a form read at a glance."""
    told = rules.orders([found])
    return {
        "fire_class": told["fire_class"],
        "agents": [wording.AGENTS[a] for a in told["agents"]],
        "never": [wording.AGENTS[a] for a in told["never"]],
        "damp": told["damp"],
    }


def _follow_up(request: HttpRequest, found: SafetySheet) -> dict[str, Any]:
    """For those who follow it up: who has read it, who has not, when it is looked at again."""
    actor = actor_of(request)
    if not may(actor, "safety.publish_document"):
        return {}
    late = queries.not_read_sheet(found) if found.state == rules.REVIEWED else []
    return {
        "follows": True,
        "readers": named(queries.readers_of_sheet(found)),
        "late": sorted(hooks.name_of(p) for p in late[:200]),
        "late_count": len(late),
        "may_review": may(actor, "safety.review_sheet") and found.state == rules.DRAFT,
        "may_check": may(actor, "safety.review_sheet") and found.state == rules.REVIEWED,
        "check_due": rules.review_due(found.next_check, on=timezone.localdate(clock.now())),
    }


@signed_in
@require_POST
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    """« I have read this sheet »."""
    version = request.POST.get("version", "")
    outcome = carry_out(request, actions.acknowledge, sheet=code, version=version)
    return onwards(request) if outcome.done else sheet(request, code, outcome)


@signed_in
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """HSE signs the version, or signs that it is still the last."""
    version, next_check = request.POST.get("version", ""), request.POST.get("next_check") or None
    if request.POST.get("again"):
        outcome = carry_out(request, _check_again, signed=True, code=code, next_check=next_check or "")
    else:
        outcome = carry_out(request, _review, signed=True, code=code, version=version, next_check=next_check)
    return redirect("safety:sheet", code=code) if outcome.done else sheet(request, code, outcome)


def _review(*, next_check: str | None, **values: Any) -> SafetySheet:
    day = parse_day(next_check) if next_check else None
    return actions.review_sheet(next_check=day, **values)


def _check_again(*, next_check: str, **values: Any) -> SafetySheet:
    return actions.check_again(next_check=parse_day(next_check), **values)


@signed_in
@require_POST
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """Tell by name those who have not read it."""
    outcome = carry_out(request, actions.remind_sheet_readers, sheet=code)
    return redirect("safety:sheet", code=code) if outcome.done else sheet(request, code, outcome)


@signed_in
def new_sheet(request: HttpRequest) -> HttpResponse:
    """Enter a sheet, or a new version of one (`?from=`)."""
    form = SheetForm(
        request.POST or None, request.FILES or None, initial=_initial(request.GET.get("from", ""))
    )
    outcome = None
    if request.method == "POST" and form.is_valid():
        digest, outcome = received(request)
        if outcome is None:
            outcome = carry_out(request, actions.type_sheet, digest=digest, **form.values())
        if outcome.done:
            return redirect("safety:sheet", code=form.cleaned_data["code"])
    return show(request, "safety/sheet_form.html", outcome=outcome, form=form)


def _initial(code: str) -> dict[str, Any]:
    """A new version starts from the one before: only what changed is typed."""
    if not code:
        return {}
    before = or_404(queries.sheet, code)
    shown = {name: getattr(before, name) for name in SheetForm.base_fields if hasattr(before, name)}
    shown |= {f"ppe_{operation}": signs for operation, signs in before.ppe.items()}
    shown |= {f"words_{operation}": said for operation, said in before.ppe_words.items()}
    shown |= {f"section_{number}": said for number, said in before.sections.items()}
    lists = {name: " ".join(shown[name]) for name in ("hazards", "precautions")}
    return shown | lists | {"version": "", "composition": substances_text(before.composition)}
