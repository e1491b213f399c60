"""The verbs of the hall: enter a machine, fit what it needs, tell it what to do."""

from strate.workshop.machines.actions.hall import Newcomer, amend, dedicate, enter, import_machines, retire
from strate.workshop.machines.actions.telling import answer, settle_by_sight, switch, tell_machine, withdraw
from strate.workshop.machines.actions.tools import enter_item, fit, take_off, use_life

__all__ = [
    "Newcomer",
    "amend",
    "answer",
    "dedicate",
    "enter",
    "enter_item",
    "fit",
    "import_machines",
    "retire",
    "settle_by_sight",
    "switch",
    "take_off",
    "tell_machine",
    "use_life",
    "withdraw",
]
