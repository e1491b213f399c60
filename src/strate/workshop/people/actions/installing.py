"""The installation of a site: its first decisions and its first administrator, once."""

from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.people import queries
from strate.workshop.people.actions import registering
from strate.workshop.people.hashing import Sealed
from strate.workshop.people.models import Person
from strate.workshop.people.roles import ADMIN
from strate.workshop.site import actions as site


def install(
    *,
    by: Actor,
    site_name: str,
    time_zone: str,
    language: registering.Language,
    name: str,
    login: str,
    badge: str = "",
    password: Sealed,
    pin: Sealed,
) -> Person:
    """Name the site and its first administrator; refused for ever afterwards. `by` is nobody yet."""
    with act("people.site_installed", by=by) as done:
        # Two browsers at once: the second finds the first one's rows, or fails on the same login or setting.
        if queries.installed_for_update():
            raise RuleBroken("already_installed")
        for key, value in (("name", site_name), ("time_zone", time_zone), ("language", language)):
            site.set_setting(by=SYSTEM, key=key, value=value)
        who = registering.register(
            by=SYSTEM, name=name, login=login, badge=badge, language=language, roles=[ADMIN]
        )
        registering.set_password(by=SYSTEM, person=who.pk, password=password)
        registering.set_pin(by=SYSTEM, person=who.pk, pin=pin)
        done.tell(who, time_zone=time_zone, language=language)
    return who
