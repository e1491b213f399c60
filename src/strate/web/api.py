"""The REST API: every verb of every room, documented at /api/docs."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.openapi.docs import Swagger
from ninja.security.base import AuthBase

from strate.rooms import room_modules
from strate.web.openapi import DocumentedAPI
from strate.workshop.doors.verbs import refusal
from strate.workshop.journal.refusals import NotFound, Refused, RuleBroken
from strate.workshop.telemetry import gateway


class WhoIsWriting(AuthBase):
    """A signed-in person (cookie, with the CSRF token) or a bearer token; the people room has already told who."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_name = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        actor = getattr(request, "actor", None)
        if actor is None or not actor.roles:
            raise RuleBroken("nobody_is_writing")
        return actor


api = DocumentedAPI(
    title="Strate",
    version="1",
    description="Every verb of the workshop, with the same rules as the pages. Send `Idempotency-Key` with each "
    "command: sent twice, it is done once. Signed verbs take the PIN in `X-Strate-Pin`.",
    auth=WhoIsWriting(),
    docs=Swagger(),
    urls_namespace="api",
)

for _name in room_modules("api"):
    _room = _name.split(".")[-2]
    api.add_router(f"/{_room}/", import_module(_name).router)
api.add_router("/gateway/", gateway.router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    status = 404 if isinstance(refused, NotFound) else 409
    if any(r.code == "nobody_is_writing" for r in refused.reasons):
        status = 401
    elif any(r.code == "not_allowed" for r in refused.reasons):
        status = 403
    return api.create_response(request, refusal(refused).model_dump(), status=status)
