"""The verbs of the procedures: write and approve a version, follow it step by step."""

from strate.workshop.procedures.actions.authoring import (
    approve,
    author,
    copy,
    load_defaults,
    retire,
    submit,
    take_back,
)
from strate.workshop.procedures.actions.correcting import correct_step
from strate.workshop.procedures.actions.editing import (
    copy_step,
    edit,
    head,
    move_step,
    remove_step,
    write_step,
)
from strate.workshop.procedures.actions.importing import import_sheet, write_sheet
from strate.workshop.procedures.actions.interruptions import (
    abandon,
    ask_still_working,
    interrupt,
    resume,
    still_working,
)
from strate.workshop.procedures.actions.running import do_step, open_run, start
from strate.workshop.procedures.actions.watching import (
    begin_reading,
    end_watch,
    end_watches_of,
    tell_missed_readings,
    watch,
)

__all__ = [
    "abandon",
    "approve",
    "ask_still_working",
    "author",
    "begin_reading",
    "copy",
    "copy_step",
    "correct_step",
    "do_step",
    "edit",
    "end_watch",
    "end_watches_of",
    "head",
    "import_sheet",
    "interrupt",
    "load_defaults",
    "move_step",
    "open_run",
    "remove_step",
    "resume",
    "retire",
    "start",
    "still_working",
    "submit",
    "take_back",
    "tell_missed_readings",
    "watch",
    "write_sheet",
    "write_step",
]
