"""People, their roles, authorisations and stations, for programs; secrets never pass here."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from strate.workshop.doors.pages import actor_of
from strate.workshop.doors.verbs import ReasonOut, refusal, verbs
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
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
    actions.qualify,
    actions.disqualify,
    actions.record_certification,
    actions.withdraw_certification,
    actions.demand,
    actions.lift_demand,
    actions.new_team,
    actions.join_team,
    actions.erase,
    actions.purge,
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
    by = actor_of(request)
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
    by = actor_of(request)
    found = queries.people(search=q, role=role, account=queries.reads_account(by))
    return [_person(p, by) for p in found[first : first + count]]


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


class MayOut(Schema):
    person: str
    act: str
    may: bool
    reasons: list[ReasonOut]


@router.get("/people/{person}/gate", response=MayOut, operation_id="people.gate")
def gate(
    request: HttpRequest,
    person: str,
    act: str,
    machine: str = "",
    machine_model: str = "",
    material: str = "",
) -> dict[str, Any]:
    """Whether somebody holds the records an act asks for today, and which lack; the act judges it again itself."""
    who = queries.person(person)
    reasons = queries.lacks(
        queries.actor_for(who),
        on=timezone.localdate(),
        act=act,
        machine=tuple(each for each in (machine, machine_model) if each),
        material=material,
    )
    told = refusal(Refused(reasons)).reasons if reasons else []
    return {"person": who.pk, "act": act, "may": not reasons, "reasons": told}


def _person(who: Any, by: Actor) -> dict[str, Any]:
    account = queries.reads_account(by, who.pk)
    return {
        "person": who.pk,
        "name": who.name,
        "login": who.login if account else "",
        "language": who.language if account else "",
        "active": who.is_active,
        "roles": sorted(queries.roles_of(who)),
    }
