"""The verbs of the procedures: write and approve a version, follow it step by step."""

from strate.workshop.procedures.actions.authoring import (
    approve,
    author,
    edit,
    load_defaults,
    retire,
    submit,
    take_back,
)
from strate.workshop.procedures.actions.correcting import correct_step
from strate.workshop.procedures.actions.interruptions import (
    abandon,
    ask_still_working,
    interrupt,
    resume,
    still_working,
)
from strate.workshop.procedures.actions.running import do_step, open_run, start

__all__ = [
    "abandon",
    "approve",
    "ask_still_working",
    "author",
    "correct_step",
    "do_step",
    "edit",
    "interrupt",
    "load_defaults",
    "open_run",
    "resume",
    "retire",
    "start",
    "still_working",
    "submit",
    "take_back",
]
