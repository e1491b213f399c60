"""The sentences of the powder: why not, what was done, what a signature means."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_material": _("There is no material « %(material)s »."),
    "no_such_lot": _("There is no lot « %(lot)s »."),
    "no_such_container": _("There is no powder container « %(container)s »."),
    "material_exists": _("The material « %(material)s » exists already."),
    "density_out_of_reason": _("%(field)s = %(value)s g/cm³: a density lies between 0 and 30 g/cm³."),
    "bed_denser_than_solid": _(
        "The powder bed (%(bulk_density_g_cm3)s g/cm³) cannot be denser "
        "than the solid (%(density_g_cm3)s g/cm³)."
    ),
    "lot_exists": _("The lot %(lot)s exists already: choose another code."),
    "other_material_announced": _("The lot %(lot)s was announced as %(expected)s, not %(material)s."),
    "container_not_empty": _("The container %(container)s still holds powder of the lot %(lot)s."),
    "mass_below_zero": _("%(weighed)s: a mass of %(mass_mg)s is not possible."),
    "mass_is_zero": _("Nothing was weighed: type a mass above zero."),
    "changed_meanwhile": _("%(lot)s was changed meanwhile by someone else. Look at it again."),
    "lot_not_in_state": _("This cannot be done now: the lot %(lot)s is in the state « %(lot_state)s »."),
    "lot_not_checked": _("The lot %(lot)s must have been checked and found right first."),
    "released_by_another_person": _(
        "%(person)s received or checked the lot %(lot)s: somebody else must release it."
    ),
    "certificate_missing": _("The certificate of the lot %(lot)s is missing."),
    "lot_not_released": _("The lot %(lot)s is not released."),
    "lot_expired": _("The lot %(lot)s expired on %(expired_on)s."),
    "more_than_container_holds": _("%(asked_mg)s asked of %(lot)s: only %(available_mg)s is there."),
    "machine_holds_other_material": _(
        "%(machine)s holds %(inside)s: %(material)s goes in only after a change of material."
    ),
    "wrong_material": _("The lot %(lot)s is %(material)s; the job asks for %(expected)s."),
    "wrong_material_inside": _("The machine holds %(inside)s; the job asks for %(expected)s."),
    "virgin_powder_only": _("The job allows only virgin powder; the lot %(lot)s has been used."),
    "lots_not_to_be_mixed": _("The job does not allow mixing lots; with %(lot)s: %(inside)s."),
    "age_above_limit": _("The powder has been through %(age)s builds; the limit is %(limit)s."),
    "not_enough_powder": _(
        "%(inside_mg)s of powder in the machine; the build needs %(need_mg)s: add %(missing_mg)s."
    ),
    "pouring_below_need": _(
        "With this pouring %(inside_mg)s in the machine; the build needs %(need_mg)s: %(missing_mg)s still missing. "
        "Pour more, or say that other containers follow."
    ),
    "used_share_above_ceiling": _(
        "Used powder %(share)s of the %(inside_mg)s in the machine; the ceiling is %(ceiling)s. "
        "Virgin powder to add: %(virgin_mg)s."
    ),
    "mass_not_explained": _(
        "%(unexplained_mg)s is not explained (%(share)s of what went in; tolerated: %(tolerance_share)s)."
    ),
    "more_out_than_in": _("%(found_mg)s found for only %(inside_mg)s that went in: weigh again."),
    "mesh_too_wide": _("Mesh of %(mesh_um)s: this powder is sieved at %(limit_um)s or finer."),
    "powder_of_a_build": _(
        "%(machine)s holds the powder of %(build)s: weigh it back with that build, waste included."
    ),
    "machine_is_empty": _("There is no powder in %(machine)s."),
    "materials_mixed_inside": _("%(machine)s holds several materials: %(inside)s. Report an anomaly."),
    "reason_needed_to_reject": _("Say why the lot is rejected."),
    "reason_needed_to_adjust": _("Say why the mass is set right."),
    "scale_already_agrees": _("The container is already known to hold %(mass_mg)s."),
}
# What was weighed, where a refusal says which mass is wrong.
CHOICES = {
    "weighed": {
        "mass": _("Mass"),
        "through": _("Passed"),
        "oversize": _("Stayed on the mesh"),
        "tare": _("Tare"),
        "capacity": _("Can hold"),
        "recovered": _("Recovered"),
        "overflow": _("Overflow"),
        "residual": _("Left in the machine"),
        "sample": _("Sample"),
        "waste": _("Waste"),
        "fused": _("Parts"),
        "supports": _("Supports"),
    }
}
FACTS = {
    "feedstock.material_added": _("Material added: %(title)s."),
    "feedstock.materials_imported": _("Materials brought in from a list: %(count)s."),
    "feedstock.material_changed": _("Material %(material)s changed: %(after)s."),
    "feedstock.material_retired": _("Material %(material)s taken off the list."),
    "feedstock.announced": _("Lot %(lot)s announced: %(mass_mg)s of %(material)s from %(supplier)s."),
    "feedstock.received": _(
        "Lot %(lot)s received: %(mass_mg)s of %(material)s (%(supplier)s %(supplier_lot)s)."
    ),
    "feedstock.checked": _("Lot %(lot)s checked and found right: %(mass_mg)s."),
    "feedstock.found_wrong": _("Lot %(lot)s checked and not found right: %(wrong)s."),
    "feedstock.released": _("Lot %(lot)s released: %(mass_mg)s of %(material)s."),
    "feedstock.rejected": _("Lot %(lot)s rejected: %(mass_mg)s."),
    "feedstock.weighed_again": _("%(container)s weighed again: %(mass_mg)s instead of %(before_mg)s."),
    "feedstock.opened": _(
        "Lot %(lot)s opened (room temperature: %(temperature_celsius)s, relative humidity: %(humidity_percent)s)."
    ),
    "feedstock.loaded": _(
        "%(mass_mg)s of the lot %(lot)s loaded in %(machine)s, "
        "which now holds %(inside_mg)s (used: %(used_share)s)."
    ),
    "feedstock.weighed_back": _(
        "%(recovered_mg)s recovered from %(machine)s as lot %(lot)s; left in the machine: %(residual_mg)s."
    ),
    "feedstock.unloaded": _("%(mass_mg)s taken out of %(machine)s as lot %(lot)s."),
    "feedstock.sieved": _(
        "Lot %(lot)s sieved at %(mesh_um)s: %(through_mg)s passed, %(oversize_mg)s did not, loss %(loss_mg)s."
    ),
}
MEANINGS = {"released": _("Released for production")}
# The states of a lot as the floor says them, and the look (shape and colour) that each takes.
LOT_STATES = {
    "announced": (_("Announced"), "planned"),
    "received": (_("Quarantine"), "quarantine"),
    "quarantine": (_("Not conforming"), "refused"),
    "checked": (_("Checked, to release"), "to_check"),
    "released": (_("Released"), "released"),
    "open": (pgettext_lazy("lot", "Open"), "open"),
    "to_sieve": (_("To sieve"), "due"),
    "exhausted": (_("Exhausted"), "closed"),
    "rejected": (_("Rejected"), "rejected"),
}
FAMILIES = {"metal": _("Metal"), "polymer": _("Polymer"), "sand": _("Sand"), "binder": _("Binder")}
CMR = {"unknown": _("Not known"), "yes": _("Yes"), "no": _("No")}
MOVEMENTS = {
    "received": _("Received"),
    "adjusted": _("Set right"),
    "loaded": _("Loaded"),
    "spread": _("Spread"),
    "fused": _("Parts and supports"),
    "recovered": _("Recovered"),
    "oversize": _("Oversize"),
    "sample": _("Sample"),
    "waste": _("Waste"),
    "unexplained": _("Not explained"),
    "unloaded": _("Unloaded"),
    "gathered": _("Gathered"),
    "sieve_loss": _("Loss at the sieve"),
}
# Where powder comes from or goes to, outside the places that hold it.
PLACES = {
    "supplier": _("Supplier"),
    "scale": _("Scale"),
    "waste": _("Waste"),
    "sample": _("Sample"),
    "lost": _("Not found again"),
    "container": _("Container"),
    "silo": _("Silo"),
}
