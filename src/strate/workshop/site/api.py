"""The site's decisions and places, for programs."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from strate.workshop.doors.verbs import verbs
from strate.workshop.site import actions, queries, settings

router = Router(tags=["site"])
verbs(router, "site", actions.set_setting, actions.add_place, actions.change_place)


class SettingOut(Schema):
    key: str
    label: str
    value: str
    default: str
    unit: str
    source: str


class PlaceOut(Schema):
    code: str
    title: str
    zone: str
    parent: str
    closed: bool


@router.get("/settings", response=list[SettingOut], operation_id="site.settings")
def list_settings(request: HttpRequest) -> list[dict[str, Any]]:
    """Every decision of the site and what stands today."""
    return [
        {
            "key": f.key,
            "label": str(f.label),
            "value": f.write(queries.value(f.key)),
            "default": f.write(f.default),
            "unit": str(f.unit),
            "source": str(f.source),
        }
        for f in settings.fields().values()
    ]


@router.get("/places", response=list[PlaceOut], operation_id="site.places")
def list_places(request: HttpRequest) -> list[dict[str, Any]]:
    """The places of the site."""
    return [
        {
            "code": p.code,
            "title": p.title,
            "zone": p.zone,
            "parent": p.parent.code if p.parent else "",
            "closed": p.closed,
        }
        for p in queries.places(also_closed=True)
    ]
