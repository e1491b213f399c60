"""The words of the hall."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_machine": _("No machine bears the code %(machine)s."),
    "no_such_item": _("No tool or consumable bears the label %(item)s."),
    "no_such_command": _("No order %(command)s was given to a machine."),
    "no_such_verb": _("A machine cannot be told « %(verb)s »."),
    "code_not_a_label": _(
        "« %(code)s » cannot be printed on a label: at most 40 signs, without / \\ : ? # %% < > or quotes."
    ),
    "machine_code_taken": _("The code %(machine)s is already given to a machine."),
    "machine_title_missing": _("A machine needs a name."),
    "item_title_missing": _("A tool or consumable needs a name."),
    "volume_negative": _("A build volume cannot be negative."),
    "nothing_changed": _("Nothing was changed."),
    "machine_retired": _("%(machine)s is out of service for good."),
    "machine_still_fitted": _("First take off what is fitted on %(machine)s: %(items)s."),
    "machine_not_connected": _("%(machine)s is not connected: it can be told nothing from here."),
    "item_code_taken": _("The label %(item)s is already given."),
    "item_retired": _("%(item)s is worn out or set aside: it is not used any more."),
    "item_fitted_elsewhere": _("%(item)s is fitted on %(machine)s: take it off there first."),
    "item_of_another_material": _(
        "%(item)s is kept for %(item_material)s and the machine is clean for %(machine_material)s."
    ),
    "item_worn": _("%(item)s is at the end of its life: %(used)s of %(limit)s %(unit)s."),
    "item_not_fitted": _("%(item)s is not fitted on any machine."),
    "life_not_positive": _("A life is counted with a number above zero; %(amount)s is not one."),
    "life_without_unit": _(
        "The longest life of %(item)s needs its unit: hours, builds, kilograms or litres."
    ),
    "command_still_waiting": _("%(machine)s has not yet answered the last order about its power."),
    "outcome_is_known": _("What %(machine)s made of this order is known already."),
    "command_already_answered": _("%(machine)s has already answered this order."),
    "gesture_without_machine": _("This gesture names no machine."),
}
FACTS = {
    "machines.entered": _("Machine entered: %(title)s"),
    "machines.imported": _("Machines entered from a list: %(count)s"),
    "machines.amended": _("Machine amended: %(new)s"),
    "machines.dedicated": _("Clean for %(material)s from now on."),
    "machines.retired": _("Machine out of service for good"),
    "machines.item_entered": _("Tool or consumable entered: %(title)s"),
    "machines.fitted": _("%(item)s fitted on %(machine)s"),
    "machines.taken_off": _("%(item)s taken off %(machine)s"),
    "machines.life_used": _("Life counted in %(unit)s: %(amount)s"),
    "machines.told": _("%(machine)s was told: %(verb)s"),
    "machines.answered": _("%(machine)s answered to « %(verb)s »: %(code)s"),
    "machines.outcome_seen": _("Order « %(verb)s » to %(machine)s, cut off in the middle: obeyed: %(ok)s"),
    "machines.withdrawn": _("Order « %(verb)s » to %(machine)s taken back"),
}
SOURCES = {"life_counter": _("Life counter")}
NOTICES = {
    "item_nearly_worn": _("%(item)s nears its end: %(used)s of %(limit)s %(unit)s."),
}
VERBS = {
    "put_file": _("take this file"),
    "read_parameters": _("read your parameters"),
    "power_on": _("switch on"),
    "power_off": _("switch off"),
    "prepare": _("prepare"),
    "start": _("start"),
    "hold": _("hold"),
    "resume": _("resume"),
    "stop": _("stop"),
    "abort": _("abort"),
}
KINDS = {
    "printer": _("Printer"),
    "sieve": _("Sieve"),
    "furnace": _("Furnace"),
    "depowdering": _("Depowdering station"),
    "saw": _("Saw"),
    "blasting": _("Blasting cabinet"),
    "scale": _("Scale"),
    "store": _("Powder store"),
}
FAMILIES = {
    "metal": pgettext_lazy("machine family", "Metal"),
    "polymer": pgettext_lazy("machine family", "Polymer"),
    "sand": pgettext_lazy("machine family", "Sand"),
}
ITEMS = {
    "plate": _("Build plate"),
    "recoater": _("Recoater"),
    "filter": pgettext_lazy("machine item", "Filter"),
    "window": _("Protective window"),
    "mesh": _("Sieve mesh"),
}
LIFE_UNITS = {
    "": _("Not counted"),
    "h": _("hours"),
    "builds": _("builds"),
    "kg": "kg",
    "L": "L",
}
# A life is counted in these; any other unit of a fact is said as it is written.
CHOICES = {"verb": VERBS, "unit": {"builds": _("builds"), "h": _("hours")}}
ITEM_STATES = {
    "available": _("Available"),
    "fitted": _("Fitted"),
    "retired": _("Worn out or set aside"),
}
POWERS = {
    "on": pgettext_lazy("power", "On"),
    "off": pgettext_lazy("power", "Off"),
    "unknown": pgettext_lazy("power", "Unknown"),
}
# What a machine or its gateway answers to an order.
ANSWERS = {
    "done": _("Done"),
    "already_done": _("Was already so"),
    "outcome_unknown": _("Cut off in the middle: look at the machine"),
    "seen_done": _("Cut off in the middle; seen at the machine: obeyed"),
    "seen_not_done": _("Cut off in the middle; seen at the machine: not obeyed"),
    "machine_unreachable": _("The machine was not reached"),
    "product_unreachable": _("Strate was not reached by the gateway"),
    "expired": _("Too late: the order was not obeyed"),
    "withdrawn": _("Taken back"),
    "verb_unknown": _("Not understood by the gateway"),
    "args_invalid": _("Not understood by the gateway"),
    "file_missing": _("The file was missing"),
    "file_corrupt": _("The file arrived damaged"),
    "hash_not_equal": _("The machine holds another file than the one sent"),
    "protocol_error": _("The machine answered something unforeseen"),
    "wrong_state": _("Refused by the machine: not in the right state"),
    "no_file": _("Refused by the machine: it holds no file"),
    "door_open": _("Refused by the machine: a door is open"),
    "alarm_active": _("Refused by the machine: an alarm is present"),
    "machine_off": _("Refused by the machine: it is off"),
}
CHOICES_OF = {"machines.answered": {"code": ANSWERS}}
IMPORT = _("Bring in the machines")
TOO_LONG = _("Not answered for too long")
