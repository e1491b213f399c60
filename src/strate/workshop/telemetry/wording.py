"""The words of what the machines say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "machine_at_work": _(
        "%(machine)s is at work (%(machine_state)s): switching it off now would lose the build."
    ),
}
# Why nothing can be said of a machine.
SILENCES = {
    "never": _("Nothing was ever heard of this machine."),
    "silent": _("The gateway has not been heard for a while."),
    "connecting": _("The gateway is looking for the machine."),
    "backoff": _("The gateway does not reach the machine and will try again."),
    "stale": _("The machine answers no more; the gateway waits."),
}
COLLECTORS = {
    "live": _("hears the machine"),
    "connecting": _("looks for the machine"),
    "backoff": _("does not reach the machine"),
    "stale": _("waits for the machine"),
}
# The words of ISA-95 for the state of a build order.
JOB_STATES = {
    "NotAllowedToStart": _("not allowed to start"),
    "AllowedToStart": _("allowed to start"),
    "Running": _("under way"),
    "Interrupted": _("interrupted"),
    "Ended": _("ended"),
    "Aborted": _("aborted"),
}
STATES = {
    "off": pgettext_lazy("machine", "Off"),
    "idle": pgettext_lazy("machine", "Idle"),
    "preparing": pgettext_lazy("machine", "Preparing"),
    "ready": pgettext_lazy("machine", "Ready"),
    "running": pgettext_lazy("machine", "Running"),
    "held": pgettext_lazy("machine", "Held"),
    "cooling": pgettext_lazy("machine", "Cooling"),
    "finished": pgettext_lazy("machine", "Finished"),
    "aborted": pgettext_lazy("machine", "Aborted"),
    "alarm": pgettext_lazy("machine", "Alarm"),
}
CHOICES = {"machine_state": STATES, "collector": COLLECTORS}
SIGNALS = {
    "state": _("State"),
    "layer": _("Layers done"),
    "layers_planned": _("Layers planned"),
    "seconds_left": _("Time left"),
    "oxygen_ppm": _("Oxygen in the chamber"),
    "plate_celsius": _("Build plate"),
    "gas_flow_m_s": _("Gas over the plate"),
    "filter_pressure_mbar": _("Process filter"),
    "chamber_pressure_mbar": _("Chamber overpressure"),
    "room_oxygen_percent": _("Oxygen in the room"),
    "laser_hours": _("Laser hours"),
    "feedstock_mg": _("Powder in store"),
    "door_open": _("Chamber door open"),
    "door_locked": _("Door locked"),
    "alarm": _("Last alarm"),
    "alarms_active": _("Alarms present"),
    "job": _("Build in the machine"),
    "job_state": _("State of the build"),
    "job_file_sha256": _("Digest of its file"),
    "laser_power_w": _("Laser power"),
    "scan_speed_mm_s": _("Scan speed"),
    "hatch_um": _("Hatch distance"),
    "layer_um": _("Layer thickness"),
    "preheat_celsius": _("Plate preheat"),
    "collector": _("Collection"),
    "gap": _("Last silence"),
}
QUALITIES = {
    "good": pgettext_lazy("quality of a value", "Good"),
    "uncertain": _("Uncertain"),
    "bad": _("Bad"),
    "stale": _("Not heard any more"),
}
