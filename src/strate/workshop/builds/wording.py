"""The sentences of a build: why it does not start, open or close, what happened to it, what is told to whom."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.machines.wording import ANSWERS

STATES = {
    "prepared": pgettext_lazy("build", "prepared"),
    "sent": pgettext_lazy("build", "file sent"),
    "launched": pgettext_lazy("build", "launched"),
    "held": pgettext_lazy("build", "interrupted"),
    "ended": pgettext_lazy("build", "ended"),
    "aborted": pgettext_lazy("build", "aborted"),
    "opened": pgettext_lazy("build", "opened"),
    "depowdered": pgettext_lazy("build", "depowdered"),
    "closed": pgettext_lazy("build", "closed"),
    "abandoned": pgettext_lazy("build", "given up"),
}
DECISIONS = {"resume": _("resume the build"), "abort": _("give the build up")}
# Why a machine stops by itself: the codes of the alarms of the machines known so far, and what nobody said.
CAUSES = {
    "unknown": _("cause not told by the machine"),
    "oxygen_high": _("chamber oxygen above the limit"),
    "room_oxygen_low": _("room oxygen low"),
    "filter_pressure_high": _("filter pressure drop too high"),
    "recoater_jam": _("recoater jammed"),
    "short_feed": _("short feed: the bed is not fully covered"),
    "plate_temperature_out": _("plate temperature out of range"),
    "laser_fault": _("laser power deviation"),
    "chiller_low": _("chiller flow low"),
    "gas_low": _("inert gas pressure low"),
    "power_cut": _("mains power lost"),
    "door_open": _("door opened"),
}
PARAMETERS = {
    "laser_power_w": _("Laser power (W)"),
    "scan_speed_mm_s": _("Scan speed (mm/s)"),
    "hatch_um": _("Hatch distance (µm)"),
    "layer_um": _("Layer thickness (µm)"),
    "preheat_celsius": _("Plate preheat (°C)"),
}
FIGURES = {
    "bed": _("the volume of the bed"),
    "part": _("the volume of the parts"),
    "solid": _("the density of the part"),
    "bulk": _("the density of the powder"),
    "dose": _("the dosing factor"),
    "more": _("the margin"),
    "back": _("the recovery"),
}
CHOICES = {
    "build_state": STATES,
    "next_state": STATES,
    "decision": DECISIONS,
    "cause": CAUSES,
    "answer": ANSWERS,
    "parameter": PARAMETERS,
    "figure": FIGURES,
}
REFUSALS = {
    "balance_to_explain": _(
        "%(unexplained_mg)s of powder is not explained (%(share)s of what went in; tolerated: %(tolerance_share)s): "
        "say why before closing."
    ),
    "balance_needs_no_reason": _("The mass balance of %(build)s waits for no reason."),
    "means_not_checked": _("The means of %(build)s were not checked."),
    "means_still_missing": _("Not in its place at the means check: %(missing)s"),
    "no_means_check_approved": _("No procedure for the means check is approved: nobody may follow it yet."),
    "means_check_under_way": _("The means check of %(build)s is already under way: go on with it."),
    "no_such_build": _("There is no build « %(build)s »."),
    "build_code_taken": _("The build number %(build)s is already taken."),
    "build_code_not_a_label": _(
        "« %(build)s » cannot be printed on a label: letters, digits, dashes, at most 40 signs."
    ),
    "build_cannot_move": _("The build is %(build_state)s: it cannot become « %(next_state)s » from there."),
    "machine_has_a_build": _("%(machine)s already has a build: %(build)s."),
    "not_a_printer": _("%(machine)s does not make parts: choose a printer."),
    "no_order_on_the_plate": _("Say how many parts of which order stand on the plate."),
    "more_than_ordered": _("%(quantity)s parts of %(order)s on the plate: only %(left)s are left to make."),
    "no_approved_file": _("%(order)s has no approved exchange file."),
    "routings_differ_on_the_plate": _("Orders of different routings cannot share a plate: %(routings)s."),
    "file_without_measures": _(
        "The exchange file of %(order)s is of a closed format: layers and powder cannot be worked out."
    ),
    "file_cut_otherwise": _(
        "The exchange file of %(order)s is cut in layers of %(file_um)s; the routing wants %(layer_um)s."
    ),
    "plate_full": _("The plate is full: %(placed)s of %(wanted)s copies stand on it."),
    "plate_not_worked_out": _("The plate could not be worked out: %(said)s"),
    "plate_already_sent": _("The file of %(build)s is already in the machine: its plate no longer changes."),
    "plate_changed_meanwhile": _("Somebody else has just changed the plate of %(build)s: look at it again."),
    "no_such_copy": _("There is no copy « %(label)s » on the plate of %(build)s."),
    "labels_alike": _("Two copies carry the same label %(label)s."),
    "flip_refused": _("%(label)s is turned over: it would not be built as it was approved."),
    "copy_off_plate": _("%(label)s stands %(over_mm)s beyond the edge kept free (%(margin_mm)s)."),
    "copy_too_high": _("%(label)s is %(over_mm)s too high for the machine."),
    "copies_meet": _("%(label)s and %(other)s share the same place."),
    "copies_too_near": _("%(label)s and %(other)s are %(distance_mm)s apart: %(gap_mm)s are needed."),
    "part_too_tall": _("The part is %(height_mm)s tall; %(machine)s builds up to %(machine_mm)s."),
    "routing_without_layer": _("The routing %(routing)s gives no layer thickness."),
    "material_without_density": _("%(material)s has no density: the powder cannot be worked out."),
    "figure_not_positive": _("The powder cannot be worked out: %(figure)s is %(value)s."),
    "part_larger_than_bed": _("The parts (%(part_mm3)s) are larger than the bed (%(bed_mm3)s)."),
    "dosing_below_one": _("A dosing factor of %(dosing)s would spread less powder than the bed takes."),
    "recovery_not_a_share": _("A recovery of %(recovery)s is not possible."),
    "machine_silent": _("%(machine)s is not heard: nothing can be checked on it."),
    "machine_not_ready": _("%(machine)s is not ready (%(machine_state)s)."),
    "machine_of_another_material": _(
        "%(machine)s is clean for %(machine_material)s; the build asks for %(material)s."
    ),
    "no_plate_fitted": _("No build plate is fitted on %(machine)s."),
    "no_recoater_fitted": _("No recoater is fitted on %(machine)s."),
    "fitted_item_worn": _("%(item)s is at the end of its life."),
    "plate_too_thin": _("%(item)s is %(thickness_um)s thick; the routing asks for at least %(min_um)s."),
    "file_not_the_approved_one": _("The file of the build (%(sha256)s…) is no longer the approved one."),
    "file_not_in_the_machine": _("The exchange file was not read back from %(machine)s."),
    "file_in_the_machine_differs": _(
        "The machine holds another file (%(machine_sha256)s…) than the approved one (%(sha256)s…)."
    ),
    "parameters_not_read_back": _("The parameters were not read back from %(machine)s."),
    "parameter_differs": _("%(parameter)s: the routing wants %(wanted)s, the machine holds %(found)s."),
    "oxygen_unknown": _("The chamber oxygen is not known; the limit is %(max_ppm)s."),
    "oxygen_too_high": _("Chamber oxygen %(oxygen_ppm)s: above the limit of %(max_ppm)s."),
    "room_oxygen_low": _(
        "Oxygen in the room %(room_percent)s, below %(min_percent)s: leave the room and air it."
    ),
    "start_up_not_done": _("The start-up of %(machine)s was not done for this build."),
    "nothing_to_decide": _("There is no interruption to decide on %(build)s."),
    "pause_too_long": _(
        "The build stood still for %(pause_min)s; beyond %(max_min)s it is quality or methods who decide."
    ),
    "chamber_was_opened": _("The chamber was opened during the stop: it is quality or methods who decide."),
    "temperature_unknown": _("The plate temperature is not known: the chamber stays shut."),
    "still_too_hot": _("The plate is at %(plate_celsius)s: the chamber is opened below %(below_celsius)s."),
    "start_not_in_doubt": _(
        "There is nothing to say about the start of %(build)s: it is not launched, or the machine itself tells."
    ),
    "interruption_undecided": _("An interruption of %(build)s was not decided."),
    "reading_sheet_missing": _("The reading sheet of %(build)s was not filled in."),
    "no_procedure_chosen": _("Choose the procedure to follow."),
}
FACTS = {
    "builds.balance_explained": _("Mass balance explained: %(unexplained_mg)s (%(anomaly)s)."),
    "builds.prepared": _(
        "Build prepared: %(quantities)s on the plate, %(layers)s layers, %(need_mg)s of powder to load"
    ),
    "builds.plate_laid_out": _("Plate laid out: copies: %(copies)s %(label)s"),
    "builds.abandoned": _("Build given up before its launch"),
    "builds.file_sent": _("Exchange file sent to the machine"),
    "builds.file_read_back": _("Exchange file read back from the machine: identical: %(equal)s"),
    "builds.parameters_read": _("Parameters read back from the machine"),
    "builds.launched": _(
        "Build launched: used powder %(used_share)s, %(powder_mg)s in the machine, %(layers)s layers"
    ),
    "builds.start_refused": _("The machine did not start: %(answer)s. The build is back before its launch"),
    "builds.start_lost": _(
        "The network was cut in the middle of the launch: whether the machine started is not known"
    ),
    "builds.start_seen": _("Looked at the machine after a lost launch: it runs this build: %(started)s"),
    "builds.interrupted": _("Interrupted at layer %(layer)s: %(cause)s"),
    "builds.interruption_decided": _(
        "Interruption at layer %(layer)s decided: %(decision)s, after %(pause_min)s"
    ),
    "builds.decision_not_obeyed": _(
        "The machine did not obey « %(decision)s »: %(answer)s. It is to be decided again"
    ),
    "builds.resumed": _("The machine goes on"),
    "builds.ended": _("The machine has ended: %(layers)s layers of %(layers_planned)s"),
    "builds.aborted": _("The build stopped for good at layer %(layers)s of %(layers_planned)s"),
    "builds.opened": _("Chamber opened: plate at %(plate_celsius)s"),
    "builds.depowdered": _(
        "Depowdered: %(recovered_mg)s recovered, %(residual_mg)s left in the machine, "
        "%(unexplained_mg)s unexplained (%(unexplained_share)s)"
    ),
    "builds.closed": _("Build closed"),
}
MEANINGS = {
    "launched": _("launched: powder, file, parameters and means are those of the routing"),
    "start_seen": _("looked at the machine and said whether it runs this build"),
    "decided": _("decided what becomes of the interrupted build"),
}
NOTICES = {
    "build_interrupted": _("The build stopped at layer %(layer)s: %(cause)s. It is to be decided."),
    "resumed_without_decision": _(
        "The machine was resumed before the interruption was decided: it is still to be decided."
    ),
    "decision_not_obeyed": _("The machine did not obey « %(decision)s »: %(answer)s."),
    "start_refused": _("The machine did not start: %(answer)s."),
    "start_unknown": _(
        "The network was cut in the middle of the launch. Look at the machine and say whether it runs; "
        "nothing is sent again."
    ),
    "build_ended": _("The build has ended: %(layers)s layers of %(layers_planned)s."),
    "balance_not_explained": _("%(unexplained_mg)s of powder is not explained (%(unexplained_share)s)."),
}
# Why the time of a build is not known.
UNKNOWN_TIMES = {
    "no_build_yet": _("Unknown: this machine has not ended any build yet."),
    "too_few_builds": _("Unknown: builds ended: %(builds)s; at least %(needed)s are needed."),
    "builds_too_alike": _("Unknown: the past builds (%(builds)s) are too alike to learn from."),
    "pace_unexplained": _("Unknown: layers and volume do not explain the past builds (%(builds)s)."),
}
# A line of the arithmetic of the powder, and of a mass balance.
NEED_LINES = {
    "bed_volume": _("Volume of the bed up to the tallest part"),
    "part_mass": _("Mass of the parts"),
    "spread_mass": _("Powder in the bed"),
    "mass_to_load": _("With the dosing factor and the margin"),
    "overflow_mass": _("Goes over the bed"),
    "mass_to_prepare": _("With the losses of recovery"),
    "as_past_builds_took": _("As past builds really took"),
}
BALANCE_LINES = {
    "parts": _("Parts"),
    "supports": _("Supports"),
    "recovered": _("Recovered, overflow included"),
    "oversize": _("Oversize"),
    "filters": _("Filters, vacuum, soot"),
    "samples": _("Samples"),
    "residual": _("Left in the machine"),
}
