"""The sentences of inspection, and the catalogue of what the eye may find."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Handbook 7.1: the word of the floor, and how it is recognised.
DEFECTS = {
    "delamination": (_("Delamination"), _("layers that split from each other")),
    "crack": (_("Crack"), _("open line, often at a sharp corner")),
    "warp": (_("Distortion"), _("edges lifted, shape bent")),
    "collision_marks": (_("Recoater marks"), _("shocks or shiny rubs of the recoater")),
    "streak": (_("Streak"), _("line drawn along the recoating: nicked blade")),
    "short_layer": (_("Missing or short layer"), _("step or hollow where powder was lacking")),
    "layer_shift": (_("Layer shift"), _("sideways step, often after a stop")),
    "discoloration": (_("Discoloration"), _("blue, yellow or grey: oxygen or heat")),
    "lack_of_fusion": (_("Lack of fusion"), _("open or rough zones between tracks")),
    "porosity": (_("Porosity"), _("round or jagged holes")),
    "balling": (_("Balling"), _("beads instead of a smooth track")),
    "spatter": (_("Spatter, inclusion"), _("grain stuck to or in the surface")),
    "support_failure": (_("Support failure"), _("supports torn off or broken")),
    "dross": (_("Dross under the part"), _("rough drops on faces that look down")),
    "roughness": (_("Roughness, stair-step"), _("coarse skin, visible layers")),
    "contamination": (_("Contamination"), _("foreign matter, other colour of powder")),
    "trapped_powder": (_("Trapped powder"), _("powder left in a channel or a cavity")),
    "out_of_tolerance": (_("Out of tolerance"), _("size or shape visibly wrong")),
}
VERDICTS = {"good": pgettext_lazy("piece", "good"), "scrap": pgettext_lazy("piece", "scrap")}
GAUGES = {
    "caliper": _("Caliper"),
    "micrometer": _("Micrometer"),
    "height_gauge": _("Height gauge"),
    "dial_gauge": _("Dial gauge"),
    "bore_gauge": _("Bore gauge"),
    "plug_gauge": _("Plug gauge"),
    "template": _("Template"),
    "roughness_tester": _("Roughness tester"),
    "balance": _("Balance"),
    "hardness_tester": _("Hardness tester"),
    "cmm": _("Coordinate measuring machine"),
    "scanner": _("3D scanner"),
}
GAUGE_STATES = {
    "valid": pgettext_lazy("gauge", "Calibrated"),
    "due": pgettext_lazy("gauge", "To calibrate soon"),
    "expired": pgettext_lazy("gauge", "Calibration ended"),
    "unknown": pgettext_lazy("gauge", "Never calibrated"),
}
SCAN_STATES = {
    "waiting": pgettext_lazy("scan", "Being compared"),
    "within": pgettext_lazy("scan", "Within tolerance"),
    "out": pgettext_lazy("scan", "Out of tolerance"),
    "unknown": pgettext_lazy("scan", "Cannot be said"),
    "refused": pgettext_lazy("scan", "Refused"),
}
CHOICES = {
    "scan_state": SCAN_STATES,
    "defect": {code: word for code, (word, _how) in DEFECTS.items()},
    "defects": {code: word for code, (word, _how) in DEFECTS.items()},
    "verdict": VERDICTS,
    "gauge_kind": GAUGES,
    "wanted_kind": GAUGES,
}
REFUSALS = {
    "no_such_gauge": _("No gauge bears the label %(gauge)s."),
    "no_such_piece": _("There is no piece %(piece)s."),
    "no_such_control": _("The routing asks for no control « %(control)s »."),
    "no_such_defect": _("« %(defect)s » is not in the catalogue of defects."),
    "gauge_code_taken": _("The label %(gauge)s is already given to a gauge."),
    "gauge_code_not_a_label": _("« %(gauge)s » cannot be printed on a label."),
    "gauge_title_missing": _("A gauge needs a name."),
    "calibration_half_dated": _("A calibration has two dates: when it was made, until when it holds."),
    "calibration_ends_before_it_begins": _("The calibration would end before it begins."),
    "gauge_retired": _("%(gauge)s is set aside: it measures nothing any more."),
    "gauge_never_calibrated": _("%(gauge)s was never calibrated."),
    "gauge_out_of_calibration": _("The calibration of %(gauge)s ended on %(due_on)s: take another gauge."),
    "gauge_of_another_kind": _("%(gauge)s: %(gauge_kind)s; the routing asks for: %(wanted_kind)s."),
    "gauge_of_another_unit": _("%(gauge)s reads %(unit)s; the control is in %(wanted_unit)s."),
    "heavier_in_the_fluid": _("Weighed %(air_mg)s in air and %(fluid_mg)s in the fluid: weigh again."),
    "pieces_already_numbered": _("The pieces of %(build)s already have their numbers."),
    "defect_not_named": _("Not conform: say what is seen on %(piece)s."),
    "conform_with_defects": _("%(piece)s cannot be conform with these defects: %(defects)s."),
    "piece_already_sorted": _("%(piece)s is already sorted: %(verdict)s."),
    "piece_not_looked_at": _("%(piece)s was not looked at yet."),
    "piece_out_of_limits": _("Something on %(piece)s is not conform: it cannot be called good."),
    "measurement_already_replaced": _("This measurement was already replaced."),
    "pieces_not_numbered": _("The pieces of %(build)s have no numbers yet."),
    "pieces_not_looked_at": _("Pieces of %(build)s not looked at yet: %(count)s."),
    "control_not_measured": _("Not measured on any piece: %(control)s."),
    "no_such_scan": _("There is no scan number %(number)s."),
    "no_scan_chosen": _("Choose the file of the scan."),
    "no_nominal_file": _("No approved exchange file to compare %(piece)s with."),
    "scan_tolerance_upside_down": _("A tolerance from %(lower)s to %(upper)s mm holds nothing."),
    "scan_zones_unreadable": _(
        "The list of zones cannot be read (zone %(number)s): each needs a name, a tolerance, and a box or faces."
    ),
    "scan_zone_in_the_routing_too": _(
        "Two zones are called « %(name)s »: one of them is in the routing already."
    ),
    "scan_already_compared": _("Scan number %(number)s was already compared."),
    "scan_not_compared": _("Scan number %(number)s has no answer yet, or was refused."),
    "pieces_not_sorted": _("Pieces of %(build)s not sorted yet: %(count)s."),
}
FACTS = {
    "inspection.gauge_entered": _("Gauge entered: %(title)s, calibrated until %(due_on)s"),
    "inspection.gauge_calibrated": _("%(gauge)s calibrated on %(calibrated_on)s, until %(due_on)s"),
    "inspection.gauge_retired": _("%(gauge)s set aside"),
    "inspection.pieces_numbered": _("%(count)s pieces numbered"),
    "inspection.looked": _("%(piece)s looked at: conform: %(conform)s. Defects: %(defects)s"),
    "inspection.measured": _(
        "%(piece)s, %(control)s: %(value)s %(unit)s with %(gauge)s, within limits: %(conform)s"
    ),
    "inspection.scan_sent": _("Scan « %(name)s » of %(piece)s sent, tolerance %(lower)s to %(upper)s mm"),
    "inspection.scan_compared": _("Scan « %(name)s » of %(piece)s compared: %(scan_state)s"),
    "inspection.sorted": _("%(piece)s sorted: %(verdict)s"),
}
MEANINGS: dict[str, object] = {}
NOTICES = {
    "out_of_limits": _("%(control)s out of its limits: %(value)s %(unit)s."),
    "scan_out": _("Scan « %(name)s » out of tolerance."),
    "scan_refused": _("Scan « %(name)s » could not be compared."),
}
