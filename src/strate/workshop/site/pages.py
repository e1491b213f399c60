"""The site's decisions and its places."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import carry_out, show
from strate.workshop.journal.refusals import Refused
from strate.workshop.site import access, actions, lists, queries, settings
from strate.workshop.site.forms import ChangePlaceForm, PlaceForm, field_for
from strate.workshop.site.wording import ZONES


@signed_in
def all_settings(request: HttpRequest) -> HttpResponse:
    """Every decision of the site, with what it changes and where it comes from."""
    decided = queries.decided()
    groups = [
        (label, [(f, _shown(f), f.key in decided) for f in settings.fields().values() if f.group == group])
        for group, label in settings.GROUPS.items()
    ]
    may = access.CONFIGURE in request.actor.rights
    return show(request, "site/settings.html", groups=groups, may_configure=may)


def _shown(setting: settings.Field) -> Any:
    value = queries.value(setting.key)
    return setting.choices.get(value, value) if setting.kind == settings.CHOICE else value


@signed_in
def one_setting(request: HttpRequest, key: str) -> HttpResponse:
    """Decide one thing for the site."""
    if key not in settings.fields():
        raise Http404
    setting = settings.find(key)
    form = forms.Form(request.POST or None, initial={"value": queries.value(key)})
    form.fields["value"] = field_for(setting)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.set_setting, key=key, value=str(form.cleaned_data["value"]))
        if outcome.done:
            return redirect("site:settings")
    return show(request, "site/setting.html", outcome=outcome, form=form, setting=setting)


@signed_in
def places(request: HttpRequest) -> HttpResponse:
    """Halls, rooms and cabinets, with their zones."""
    rows = [(p, ZONES.get(p.zone, p.zone)) for p in queries.places(also_closed=True)]
    may = access.PLACES in request.actor.rights
    return show(request, "site/places.html", rows=rows, may_place=may)


@signed_in
def new_place(request: HttpRequest) -> HttpResponse:
    """Add a place."""
    form, outcome = PlaceForm(request.POST or None, places=_choices()), None
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.add_place, **form.cleaned_data)
        if outcome.done:
            return redirect("site:places")
    return show(request, "site/place.html", outcome=outcome, form=form, place=None)


@signed_in
def change_place(request: HttpRequest, code: str) -> HttpResponse:
    """Change a place or close it."""
    try:
        place = queries.place(code)
    except Refused:
        raise Http404 from None
    initial = {
        "code": code,
        "title": place.title,
        "zone": place.zone,
        "parent": place.parent.code if place.parent else "",
        "closed": place.closed,
    }
    form, outcome = ChangePlaceForm(request.POST or None, initial=initial, places=_choices(code)), None
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        outcome = carry_out(request, actions.change_place, **form.cleaned_data)
        if outcome.done:
            return redirect("site:places")
    return show(request, "site/place.html", outcome=outcome, form=form, place=place)


@signed_in
def import_places(request: HttpRequest) -> HttpResponse:
    """A list of places: checked first, then all of them at once."""
    return lists.import_list(
        request,
        title=_("Bring in the places"),
        columns=lists.PLACES,
        check=lists.check_places,
        action=actions.import_places,
        done=lambda _result: redirect("site:places"),
    )


def _choices(but: str = "") -> list[tuple[str, str]]:
    return [(p.code, f"{p.code} · {p.title}") for p in queries.places() if p.code != but]


app_name = "site"
urlpatterns = [
    path("reglages/", all_settings, name="settings"),
    path("reglages/<slug:key>/", one_setting, name="setting"),
    path("lieux/", places, name="places"),
    path("lieux/nouveau/", new_place, name="new_place"),
    path("lieux/importer/", import_places, name="import_places"),
    path("lieux/<slug:code>/", change_place, name="place"),
]
