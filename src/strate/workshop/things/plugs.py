"""What things plug in: how a reference is spoken, and who may correct somebody else's entry."""

from strate.workshop.doors.hooks import hooks
from strate.workshop.people import roles
from strate.workshop.things import registry, residents

roles.declare("things.correct", roles.SHIFT_LEADER, roles.QUALITY, roles.METHODS)
hooks.title_of = registry.title_of

__all__ = ["residents"]
