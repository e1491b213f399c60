"""What the people room gives the rooms below: proof of who signs, names of people and roles, rights."""

from decimal import Decimal
from typing import Any

from django.core.management import call_command
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.pages import actor_of
from strate.workshop.journal.actor import Actor
from strate.workshop.people import queries, registry, sessions
from strate.workshop.people.actions import forgetting
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
from strate.workshop.site import settings
from strate.workshop.site.fields import WHOLE, Field
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
    by = actor_of(request)
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
declare("people.qualify", TRAINER, QUALITY, "system")
declare("people.demand", QUALITY, HSE, "system")
declare("people.team", SHIFT_LEADER, ADMIN, "system")
declare("people.export", ADMIN, HSE, "system")
declare("people.erase", ADMIN, "system")
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


# What a practical test shows (ISO/ASTM 52942 and 52926): the abilities a qualification may cover.
for _code, _title in {
    "set_up": _("Set up and adjust the machine"),
    "powder": _("Handle and recycle powder"),
    "run": _("Launch, follow and end a build"),
    "unpack": _("Unpack and depowder"),
    "prepare_post": _("Prepare parts for post-processing"),
    "upkeep": _("First-level maintenance"),
    "emergency": _("Alarms, fire and spills"),
}.items():
    registry.can(_code, _title)

registry.personal("account", _("Account"), queries.account_of)
registry.personal("records", _("Authorisations, qualifications, certificates"), queries.records_of)


def _days(key: str, default: int, label: Any, help_: Any, source: Any) -> Field:
    least, most = Decimal(0), Decimal(36_500)
    return Field(key, WHOLE, default, label, help_, source, "people", _("days"), least=least, most=most)


settings.register(
    _days(
        "sight_test_days",
        0,
        _("A sight test counts for"),
        _("0: the site does not look at its age. Only its date is kept."),
        _("ISO/ASTM 52942 asks for evidence of sight; ISO 9712 by analogy: one year"),
    ),
    _days(
        "keep_gone_people_days",
        1825,
        _("Names of people who left are kept for"),
        _("0: without end. Afterwards only the pseudonym is left; facts do not change."),
        settings.SITE,
    ),
    _days(
        "keep_ended_records_days",
        1825,
        _("Authorisations that ended are kept for"),
        _("0: without end. The employer keeps medical attestations five years (dates only)."),
        _("Decree 2025-355: five years"),
    ),
)
registry.keeps(
    registry.Retention(
        "gone_people",
        _("Names, badges and secrets of people who left"),
        settings.SITE,
        "keep_gone_people_days",
        queries.left_before,
        forgetting.purge_people,
    )
)
registry.keeps(
    registry.Retention(
        "ended_records",
        _("Authorisations that ended"),
        _("Decree 2025-355: five years"),
        "keep_ended_records_days",
        queries.records_ended_before,
        forgetting.purge_records,
    )
)
