"""The words of traceability: the circle that is refused, the recall and its holds."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "matter_goes_round": _(
        "This powder would be made of itself: %(lots)s. No powder can; one of these lines is wrong."
    ),
    "not_traceable": _(
        "« %(thing)s » is not made of powder and does not hold any: there is nothing to trace."
    ),
    "recall_needs_a_reason": _("Say in a few words why this lot is recalled."),
    "recall_stops_nothing": _(
        "Nothing that you chose is left to stop: all of it is held by %(recall)s already."
    ),
    "no_such_recall": _("There is no recall %(recall)s."),
}
FACTS = {
    "traceability.recalled": _(
        "The lot %(lot)s was recalled. Things made of it that were stopped: %(count)s."
    ),
}
MEANINGS = {"recalled": _("Recalled")}
HOLDS = {"recalled": _("Made of the lot %(lot)s, which was recalled.")}
NOTICES = {"lot_recalled": _("The lot %(lot)s was recalled. Things made of it that are stopped: %(count)s.")}
# Where a part is, as far as the workshop knows: its own state, then that of its build.
PIECE_WHERE = {
    "made": _("waiting to be inspected"),
    "good": _("good, counted in its order"),
    "scrap": _("scrapped"),
}
BUILD_WHERE = {
    "prepared": _("on the machine, before its launch"),
    "sent": _("on the machine, before its launch"),
    "launched": _("on the machine, being built"),
    "held": _("on the machine, interrupted"),
    "ended": _("on the machine, ended"),
    "aborted": _("on the machine, aborted"),
    "opened": _("on the machine, opened"),
    "depowdered": _("depowdered"),
    "closed": _("build closed"),
    "abandoned": _("build given up"),
}
FIELDS = {"lots": _("Lots"), "builds": _("Builds"), "pieces": _("Parts"), "parts": _("Parts in all")}
# How something is known of a powder: measured stands before certified, both before what mixing predicts.
KNOWN_HOW = {
    "measured": pgettext_lazy("how it is known", "measured"),
    "certificate": pgettext_lazy("how it is known", "certified"),
    "predicted": pgettext_lazy("how it is known", "predicted"),
    "unknown": pgettext_lazy("how it is known", "unknown"),
}
