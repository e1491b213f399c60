"""The sentences of maintenance."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_task": _("No maintenance task is called « %(task)s »."),
    "task_above_your_level": _("%(task)s is a level %(level)s task: maintenance does it."),
    "trigger_unknown": _("« %(trigger)s » does not say when a task is due."),
    "level_unknown": _("A level goes from 1 to 5, not %(level)s."),
    "trigger_needs_a_limit": _("Say after how much the task is due."),
    "trigger_needs_a_counter": _("Say which counter the task looks at."),
    "nothing_is_due": _("Nothing is due on %(machine)s that you may do now."),
    "deviation_needs_a_note": _("%(task)s: say what was found."),
    "already_asked": _("%(task)s was already asked for on %(machine)s."),
    "maintenance_overdue": _("%(task)s is due on %(machine)s (last done: %(last_at)s)."),
}

FACTS = {
    "maintenance.task_written": _("%(task)s written: level %(level)s"),
    "maintenance.task_retired": _("%(task)s withdrawn"),
    "maintenance.defaults_loaded": _("Usual maintenance tasks proposed: %(count)s"),
    "maintenance.done": _("%(task)s on %(machine)s: %(result)s"),
    "maintenance.requested": _("%(task)s asked of maintenance on %(machine)s: %(note)s"),
}

# What was found is told; where nothing had to be said, how it went.
CHOICES_OF = {"maintenance.done": {"result": {"done": _("done"), "deviation": _("deviation")}}}
NOTICES = {
    "maintenance_deviation": _("%(thing)s: a deviation was found at %(task)s"),
    "maintenance_requested": _("%(thing)s: %(task)s is asked of maintenance"),
}

TRIGGERS = {
    "per_build": _("each build"),
    "shift": _("each shift"),
    "day": _("each day"),
    "week": _("each week"),
    "month": _("each month"),
    "hours": _("by running hours"),
    "counter": _("by counter"),
}
STATUSES = {"due": _("Due"), "fine": _("Up to date"), "unknown": _("Counter not read")}
# « dernière fois : jamais » rather than nothing.
CHOICES = {"last_at": {"never": pgettext_lazy("last time", "never")}}
