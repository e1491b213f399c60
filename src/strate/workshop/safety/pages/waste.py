"""The pages of waste: sort it, the drums, the register."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import Outcome, actor_of, carry_out, show
from strate.workshop.doors.spreadsheets import spreadsheet
from strate.workshop.journal import clock
from strate.workshop.people.roles import may
from strate.workshop.safety import actions, queries, rules, wording
from strate.workshop.safety.forms import CollectForm, DrumForm, WasteForm
from strate.workshop.safety.pages.common import or_404, turned, ways
from strate.workshop.safety.queries import WasteContainer


@signed_in
def waste(request: HttpRequest) -> HttpResponse:
    """Sort waste: which stream, how much, which drum."""
    asked = {name: request.GET.get(name, "") for name in ("about", "stream", "material")}
    form = WasteForm(request.POST or None, initial=asked | {"container": request.GET.get("drum", "")})
    outcome = None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        outcome = carry_out(request, actions.sort_waste, mass_mg=given.pop("mass"), **given)
        if outcome.done:
            return redirect("safety:waste")
    return waste_page(request, form, outcome)


def waste_page(request: HttpRequest, form: WasteForm, outcome: Outcome | None) -> HttpResponse:
    page = turned(request, queries.listed_drums())
    may_manage = may(actor_of(request), "safety.manage_waste")
    doubts = queries.code_doubts(page)
    context = {"drums": [card(d, doubts[d.pk]) for d in page], "page": page, "may_manage": may_manage}
    return show(
        request, "safety/waste.html", outcome=outcome, form=form, **context, ways=ways(request, "waste")
    )


def card(drum: WasteContainer, doubt: str) -> dict[str, Any]:
    """A drum as it is shown: its stream, how full, what is doubtful, for how long it has been there."""
    return {
        "drum": drum,
        "stream": wording.STREAMS[drum.stream],
        "group": wording.WASTE_GROUPS.get(drum.group, drum.group),
        "filled": rules.filled_share(drum.mass_mg, drum.capacity_mg),
        "doubt": wording.DOUBTS.get(doubt, ""),
        "days": queries.storage_days(drum, timezone.localdate(clock.now())),
    }


@signed_in
def new_drum(request: HttpRequest) -> HttpResponse:
    """Put a drum in service."""
    form = DrumForm(request.POST or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.open_drum, **form.cleaned_data)
        if outcome.done:
            return redirect("safety:waste")
    return show(request, "safety/form.html", outcome=outcome, form=form, what="drum")


@signed_in
def drum(request: HttpRequest, code: str) -> HttpResponse:
    """One drum: what is in it; its code, closing, collection."""
    found = or_404(queries.drum, code)
    form = CollectForm(request.POST if "collector" in request.POST else None)
    outcome = None
    if request.method == "POST":
        outcome = _done_with(request, code, form)
        if outcome is not None and outcome.done:
            return redirect("safety:drum", code=code)
        found.refresh_from_db()
    page = turned(request, queries.listed_waste(drum_code=found.code))
    return show(
        request,
        "safety/drum.html",
        outcome=outcome,
        form=form,
        card=card(found, queries.code_doubts([found])[found.pk]),
        rows=[_line(e) for e in page],
        page=page,
        code_by=hooks.name_of(found.code_chosen_by) if found.code_chosen_by else "",
        closed_by=hooks.name_of(found.closed_by) if found.closed_by else "",
        may_manage=may(actor_of(request), "safety.manage_waste"),
    )


def _done_with(request: HttpRequest, code: str, form: CollectForm) -> Outcome | None:
    if "collector" in request.POST:
        if not form.is_valid():
            return None
        return carry_out(request, actions.collect_drum, container=code, **form.cleaned_data)
    if "waste_code" in request.POST:
        chosen = request.POST["waste_code"][:12]
        return carry_out(request, actions.choose_waste_code, container=code, waste_code=chosen)
    action = actions.reopen_drum if request.POST.get("verb") == "reopen" else actions.close_drum
    return carry_out(request, action, container=code)


def _line(entry: Any) -> dict[str, Any]:
    return {
        "entry": entry,
        "stream": wording.STREAMS[entry.stream],
        "who": hooks.name_of(entry.by),
        "about": hooks.title_of(entry.about) if entry.about else "—",
    }


@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """The register of waste, as an inspector asks for it; also as a table for a spreadsheet."""
    stream = request.GET.get("stream", "")
    found = queries.listed_waste(stream if stream in rules.STREAMS else "")
    if request.GET.get("format") == "csv":
        return spreadsheet("registre-dechets", _table(found))
    page = turned(request, found)
    return show(
        request,
        "safety/register.html",
        rows=[_line(e) for e in page],
        page=page,
        stream=stream,
        streams=list(wording.STREAMS.items()),
        ways=ways(request, "waste"),
    )


def _table(found: Any) -> Iterator[list[str]]:
    yield [
        _("Date"), _("Drum"), _("Stream"), _("Waste code"), _("Material"), _("Mass (kg)"), _("Comes from"),
        _("By"), _("Drum closed on"), _("Collected on"), _("Collector"), _("Destination"), _("Tracking note"),
        _("Weight at collection (kg)"),
    ]  # fmt: skip
    yield from (_row(entry) for entry in found.iterator(chunk_size=500))


def _row(entry: Any) -> list[str]:
    drum = entry.container
    weighed = drum.collected_mass_mg
    return [
        _day(entry.at),
        drum.code,
        str(wording.STREAMS[entry.stream]),
        drum.waste_code,
        entry.material,
        _kg(entry.mass_mg),
        entry.about,
        hooks.name_of(entry.by),
        _day(drum.closed_at),
        _day(drum.collected_at),
        drum.collector,
        drum.destination,
        drum.tracking_note,
        _kg(weighed) if weighed is not None else "",
    ]


def _day(at: Any) -> str:
    """Year first: read the same way by every spreadsheet, in every language."""
    return date_format(timezone.localtime(at), "Y-m-d H:i") if at else ""


def _kg(mass_mg: int) -> str:
    """Exactly, with a comma: 0,352000."""
    sign = "-" if mass_mg < 0 else ""
    return f"{sign}{abs(mass_mg) // 10**6},{abs(mass_mg) % 10**6:06d}"
