"""What the procedures plug into the rooms below: who may write, approve and follow them, and how they are scanned."""

from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import (
    HSE,
    MAINTENANCE,
    METHODS,
    OPERATOR,
    QUALITY,
    SHIFT_LEADER,
    TRAINER,
    declare,
)
from strate.workshop.procedures import effects, showing
from strate.workshop.things.registry import Kind, register

declare("procedures.author", METHODS, QUALITY, HSE, MAINTENANCE, SHIFT_LEADER)
declare("procedures.approve", METHODS, QUALITY, HSE, SHIFT_LEADER)
declare("procedures.run", OPERATOR, SHIFT_LEADER, METHODS, QUALITY, HSE, MAINTENANCE, TRAINER, "system")
declare("procedures.correct", SHIFT_LEADER, QUALITY)

register(Kind("procedure", _("Procedure"), find=showing.find_procedure, search=showing.search_procedures))
register(Kind("run", _("Guided gesture"), find=showing.find_run))

__all__ = ["effects"]
