"""The words of handover."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_note": _("There is no note %(note)s."),
    "note_needs_words": _("Write what the next shift must know, even « nothing to report »."),
    "note_is_your_own": _("You wrote this note: somebody else acknowledges it (%(note)s)."),
    "note_already_acknowledged": _("%(note)s was already acknowledged by %(by)s, %(at)s."),
    "note_acknowledged_meanwhile": _("Somebody else has just acknowledged one of these notes. Look again."),
    "note_not_read": _("%(note)s was left since: read it before taking over."),
    "shift_hours_unreadable": _("« %(value)s » are not hours: write for instance 06:00 14:00 22:00."),
    "shift_not_taken_over": _("Nobody has taken over the shift that began at %(starts_at)s."),
}
FACTS = {
    "handover.written": _("Note left to the next shift: %(text)s"),
    "handover.acknowledged": _("Notes acknowledged: %(notes)s."),
    "handover.taken_over": _("Shift taken over (%(shift)s), with %(notes)s."),
}
MEANINGS = {
    "handed_over": _("Handed over"),
    "acknowledged": _("Read and understood"),
    "taken_over": _("Shift taken over"),
}
NOTICES = {
    "handover_written": _("%(by)s left a note to the next shift."),
    "handover_acknowledged": _("%(by)s has acknowledged your note."),
}
CHOICES = {
    "power": {
        "on": pgettext_lazy("power", "on"),
        "off": pgettext_lazy("power", "off"),
        "unknown": pgettext_lazy("power", "unknown"),
    }
}
