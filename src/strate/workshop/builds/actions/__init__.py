"""The verbs of a build, in the order of the process: set up, launch, follow, decide, end."""

from strate.workshop.builds.actions.ending import close, explain_balance, open_chamber, weigh_back
from strate.workshop.builds.actions.interruptions import decide_interruption
from strate.workshop.builds.actions.launch import launch, prepare_machine, say_start
from strate.workshop.builds.actions.layout import arrange_plate, place_copy
from strate.workshop.builds.actions.setup import (
    abandon,
    check_means,
    prepare,
    read_parameters,
    send_file,
)

__all__ = [
    "abandon",
    "arrange_plate",
    "check_means",
    "close",
    "decide_interruption",
    "explain_balance",
    "launch",
    "open_chamber",
    "place_copy",
    "prepare",
    "prepare_machine",
    "read_parameters",
    "say_start",
    "send_file",
    "weigh_back",
]
