"""The words of holds."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "on_hold": _("%(thing)s is on hold (%(hold)s), placed by %(by)s."),
    "no_such_hold": _("There is no hold %(hold)s."),
    "hold_already_lifted": _("Hold %(hold)s has already been lifted."),
    "hold_not_yours_to_lift": _("Your role does not lift this hold (%(hold)s)."),
    "hold_lifted_by_who_placed_it": _(
        "Whoever places a hold does not lift it alone: somebody else must look (%(hold)s)."
    ),
    "hold_needs_a_reason": _("Say in a few words why it is stopped."),
    "lifting_needs_a_reason": _("Say in a few words why it may go on."),
    "hold_needs_a_lifter": _("Say which role may lift the hold."),
}
FACTS = {
    "holds.placed": _("Stopped: %(text)s (to be lifted by: %(liftable_by)s)."),
    "holds.lifted": _("Hold lifted: %(text)s."),
}
MEANINGS = {"lifted": _("Hold lifted")}
NOTICES = {
    "hold_placed": _("%(thing)s was put on hold: %(hold)s."),
    "hold_lifted": _("The hold on %(thing)s was lifted."),
}
HOLDS = {
    "stopped_by_hand": _("Stopped by hand."),
    "anomaly_reported": _("An anomaly was reported."),
    "quarantine": _("In quarantine until it is released."),
    "certificate_missing": _("The certificate is missing."),
    "in_test": _("Samples are being tested."),
}
