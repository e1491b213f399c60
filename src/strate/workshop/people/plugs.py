"""What the people room gives the rooms below: proof of who signs, names of people and roles, rights."""

from typing import Any

from django.core.management import call_command
from django.http import HttpRequest

from strate.workshop.doors.hooks import hooks
from strate.workshop.journal.actor import Actor
from strate.workshop.people import queries, sessions
from strate.workshop.people.actions import prove as prove_again
from strate.workshop.people.roles import (
    ADMIN,
    ASSESSOR,
    AUDITOR,
    CENTRE,
    DESIGN,
    HSE,
    JUROR,
    MAINTENANCE,
    METHODS,
    OPERATOR,
    QUALITY,
    ROLES,
    SHIFT_LEADER,
    TRAINER,
    declare,
)
from strate.workshop.work.registry import routine

EVERYBODY = (
    OPERATOR,
    SHIFT_LEADER,
    METHODS,
    QUALITY,
    MAINTENANCE,
    HSE,
    DESIGN,
    TRAINER,
    ASSESSOR,
    AUDITOR,
    CENTRE,
    JUROR,
    ADMIN,
)


def prove(request: HttpRequest, typed: str) -> Actor:
    """The PIN typed to sign this very command."""
    sign_in = sessions.current(request)
    by: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    method = sign_in.method if sign_in and by.source == "page" else "token"
    return prove_again(by=by, method=method, typed=typed.strip())


def role_label(role: str) -> Any:
    """A role as it is called on the floor."""
    return ROLES.get(role, role)


hooks.prove = prove
hooks.name_of = queries.name_of
hooks.role_label = role_label

# The program itself ("system") may do these when it installs a site; an administrator decides who may write,
# never what leaves the workshop: authorising belongs to those who answer for the work.
declare("people.register", ADMIN, "system")
declare("people.give_role", ADMIN, "system")
declare("people.give_badge", ADMIN, "system")
declare("people.set_pin", ADMIN, "system")
declare("people.deactivate", ADMIN, "system")
declare("people.authorise", SHIFT_LEADER, QUALITY, HSE, "system")
declare("people.enrol_station", ADMIN, "system")
declare("people.create_token", *EVERYBODY, "system")
declare("people.create_gateway_token", ADMIN, "system")
declare("people.revoke_token", ADMIN, "system")
declare("site.configure", ADMIN, "system")
declare("site.place", ADMIN, HSE, "system")


@routine("people.old_sessions", every_s=6 * 3600)
def _forget_old_sessions() -> None:
    """Sessions nobody can use any more take no room."""
    call_command("clearsessions")
