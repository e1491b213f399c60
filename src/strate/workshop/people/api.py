"""People, their roles, authorisations and stations, for programs; secrets never pass here."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from strate.workshop.doors.verbs import verbs
from strate.workshop.people import actions, queries

router = Router(tags=["people"])
verbs(
    router,
    "people",
    actions.register,
    actions.rename,
    actions.give_role,
    actions.withdraw_role,
    actions.give_badge,
    actions.withdraw_badge,
    actions.authorise,
    actions.suspend,
    actions.reinstate,
    actions.withdraw,
    actions.deactivate,
    actions.reactivate,
    actions.change_station,
    actions.retire_station,
    actions.revoke_token,
    actions.choose_language,
)


class PersonOut(Schema):
    person: str
    name: str
    login: str
    language: str
    active: bool
    roles: list[str]


class AuthorisationOut(Schema):
    number: int
    kind: str
    scope: str
    granted_on: str
    expires_on: str | None
    state: str


class WhoOut(Schema):
    person: str
    name: str
    roles: list[str]
    rights: list[str]
    station: str
    source: str


@router.get("/me", response=WhoOut, operation_id="people.me")
def me(request: HttpRequest) -> dict[str, Any]:
    """In whose name this caller writes, and what they may do."""
    by = request.actor  # type: ignore[attr-defined]  # set by the middleware
    name = queries.name_of(by.person) if by.person else ""
    return {
        "person": by.person,
        "name": name,
        "roles": sorted(by.roles),
        "rights": sorted(by.rights),
        "station": by.station,
        "source": by.source,
    }


@router.get("/people", response=list[PersonOut], operation_id="people.people")
def list_people(
    request: HttpRequest, q: str = "", role: str = "", first: int = 0, count: int = 100
) -> list[dict[str, Any]]:
    """People by name, a hundred at a time."""
    first, count = min(max(first, 0), 1_000_000), min(max(count, 1), 500)
    return [_person(p) for p in queries.people(search=q, role=role)[first : first + count]]


@router.get(
    "/people/{person}/authorisations", response=list[AuthorisationOut], operation_id="people.authorisations"
)
def list_authorisations(request: HttpRequest, person: str) -> list[dict[str, Any]]:
    """Somebody's authorisations and how each stands today."""
    who = queries.person(person)
    return [
        {
            "number": s.record.pk,
            "kind": s.record.kind,
            "scope": s.record.scope,
            "granted_on": s.record.granted_on.isoformat(),
            "expires_on": s.record.expires_on.isoformat() if s.record.expires_on else None,
            "state": s.state,
        }
        for s in queries.authorisations_of(who.pk, on=timezone.localdate())
    ]


def _person(who: Any) -> dict[str, Any]:
    return {
        "person": who.pk,
        "name": who.name,
        "login": who.login,
        "language": who.language,
        "active": who.is_active,
        "roles": sorted(queries.roles_of(who)),
    }
