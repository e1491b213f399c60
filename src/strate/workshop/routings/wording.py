"""The sentences of routings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "scan_zone_holds_nothing": _("The zone « %(name)s » holds nothing: each « from » is below its « to »."),
    "scan_zone_named_twice": _("Two zones are called « %(name)s »."),
    "no_such_routing": _("There is no routing « %(routing)s »."),
    "no_such_routing_version": _("The routing %(routing)s has no version %(number)s."),
    "routing_exists": _("The routing « %(routing)s » exists already."),
    "routing_not_released": _("No version of %(routing)s is approved: nothing can be made with it."),
    "routing_field_not_understood": _("%(field)s: « %(value)s » is not understood."),
    "operations_out_of_order": _("The numbers of the operations must rise without repeating: %(numbers)s."),
    "limit_not_known": _("« %(name)s » is not a limit that can be enforced."),
    "share_above_one": _("%(name)s: a share cannot be above 100 %% (%(value)s)."),
    "bounds_crossed": _("%(name)s: %(lower)s ≤ %(nominal)s ≤ %(upper)s does not hold."),
    "routing_version_not_in_state": _("This cannot be done with %(version)s in the state it is in."),
    "routing_lacks": _("The routing does not say yet: %(field)s."),
    "limit_without_source": _("Say where the limit « %(name)s » comes from."),
    "routing_approved_by_its_author": _("%(person)s wrote in %(version)s: somebody else must approve it."),
    "why_needed_for_a_version": _("Say why a new version is needed."),
    "why_needed_to_send_back": _("Say what must be changed."),
    "why_needed_to_retire": _("Say why the version is retired."),
    "version_still_open": _("%(version)s is not finished: go on with it."),
    "only_drafts_are_written": _("%(version)s is not a draft: start a new version."),
    "draft_changed_meanwhile": _(
        "%(person)s changed %(version)s meanwhile. Reload it: what you typed is kept here."
    ),
    "routing_changed_meanwhile": _("%(version)s was changed meanwhile by someone else. Look at it again."),
    "nothing_changed_in_draft": _("Nothing was changed in %(version)s."),
}
FACTS = {
    "routings.started": _("Routing %(routing)s started."),
    "routings.version_started": _("%(version)s started."),
    "routings.edited": _("%(version)s written: %(changed)s."),
    "routings.submitted": _("%(version)s submitted for approval."),
    "routings.sent_back": _("%(version)s sent back: %(reason)s"),
    "routings.approved": _("%(version)s approved."),
    "routings.retired": _("%(version)s taken out of use."),
}
MEANINGS = {"approved_routing": _("Approved for production")}
# The states of a version as they are said, and the look that each takes.
ROUTING_STATES = {
    "draft": (_("Draft"), "draft"),
    "submitted": (_("To approve"), "to_check"),
    "approved": (pgettext_lazy("feminine", "Approved"), "approved"),
    "retired": (pgettext_lazy("feminine", "Retired"), "obsolete"),
}
OPERATION_KINDS = {
    "preparation": _("Preparation"),
    "build": _("Build"),
    "depowdering": _("Depowdering"),
    "stress_relief": _("Stress relief"),
    "separation": _("Separation"),
    "finishing": _("Finishing"),
    "inspection": _("Inspection"),
}
SECTIONS = {
    "operations": _("Operations"),
    "limits": _("Limits"),
    "parameters": _("Parameter set"),
    "furnace": _("Furnace cycle"),
    "measurements": _("Measurements"),
    "scan_zones": _("Zones of a scan"),
}
LIMIT_NAMES = {
    "used_share_ceiling": _("Ceiling of used powder"),
    "age_max": _("Age of the powder, at most"),
    "oxygen_max_ppm": _("Oxygen in the chamber, at most"),
    "refresh_min": _("Virgin powder, at least"),
    "hours_max": _("Hours of the powder at temperature, at most"),
    "open_days": _("Days of the powder after opening, at most"),
    "overflow_weight": _("How much overflow ages (0 to 1)"),
    "powder_margin": _("Powder prepared in excess"),
    "pause_max_min": _("Longest interruption"),
    "cooling_open_below_celsius": _("Open the chamber below"),
    "min_plate_thickness_mm": _("Thickness of the plate, at least"),
    "plate_gap_mm": _("Gap between parts on the plate, at least"),
    "plate_margin_mm": _("Edge of the plate kept free"),
}
