"""The sentences about what powder is: its properties, the limits of a specification, its containers and labels."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from strate.workshop.feedstock.wording.properties import PROPERTIES, UNITS, WORDS

REFUSALS = {
    "no_such_property": _("There is no property « %(property)s »."),
    "no_such_limit": _("There is no line « %(limit)s » in a specification."),
    "property_not_number": _(
        "%(property)s: « %(value)s » is not a number. Type for instance 0,13 or 1300 ppm."
    ),
    "property_not_word": _("%(property)s: « %(value)s » is not one of its words."),
    "property_unit_unknown": _(
        "%(property)s: the unit « %(unit)s » is not known here; it is told in %(told_in)s."
    ),
    "property_two_units": _("%(property)s: « %(value)s » is written in another unit than %(unit)s."),
    "property_out_of_reason": _(
        "%(property)s: %(value)s is not possible; it lies between %(least)s and %(most)s %(told_in)s."
    ),
    "property_of_other_family": _("%(property)s is not told of this family of matter."),
    "property_twice": _("%(property)s is given twice: keep one."),
    "properties_contradict": _("%(small)s (%(value)s) is above %(large)s (%(other)s): read both again."),
    "property_above_limit": _(
        "%(property)s of %(lot)s: %(value)s %(told_in)s, above the limit of %(high)s %(told_in)s."
    ),
    "property_below_limit": _(
        "%(property)s of %(lot)s: %(value)s %(told_in)s, below the limit of %(low)s %(told_in)s."
    ),
    "property_not_as_wanted": _("%(property)s of %(lot)s: %(word)s, outside the specification."),
    "property_not_precise": _(
        "%(property)s of %(lot)s is only known as %(bound)s %(value)s %(told_in)s: too coarse to be judged."
    ),
    "property_not_known": _("%(property)s of %(lot)s is not known, and the specification asks for it."),
    "nothing_measured": _("Nothing was typed: give at least one value."),
    "day_not_come": _("%(on)s has not come yet: look at the date again."),
    "expires_before_made": _("It cannot expire on %(on)s: it was made on %(made_on)s."),
    "sample_of_other_lot": _("%(sample)s was taken from the lot %(other)s, not from %(lot)s."),
    "specification_without_source": _("%(property)s: say where this limit comes from."),
    "limit_says_nothing": _("%(property)s: give a minimum, a maximum, or a word."),
    "limit_upside_down": _("%(property)s: the minimum %(low)s is above the maximum %(high)s."),
    "limit_not_a_draft": _("%(property)s: this line is not waiting for approval any more."),
    "limit_of_other_material": _("%(property)s: this line belongs to another material than %(material)s."),
    "limit_approved_by_another": _(
        "%(person)s wrote this line (%(property)s): somebody else must approve it."
    ),
    "limit_already_withdrawn": _("%(property)s: this line was withdrawn already."),
    "limit_exists": _("%(property)s: the list says it twice for the same machine and routing."),
    "reason_needed_to_withdraw": _("Say why this line is withdrawn."),
    "container_exists": _("The label %(container)s is already on a container: take another one."),
    "container_out_of_use": _("The container %(container)s was taken out of use."),
    "container_too_small": _("%(container)s holds %(holds_mg)s: its capacity cannot be %(capacity_mg)s."),
    "container_inside_itself": _("%(container)s cannot stand in %(inside)s, which stands in it."),
    "cell_disagrees": _("« %(value)s »: the row %(first_row)s says « %(other)s » for the same lot."),
    "lot_made_of_itself": _("The lot %(lot)s would be made of itself (through %(through)s)."),
    "parents_not_read": _("« %(value)s » is not understood: write L-1=12,5 + L-2=7 (kilograms)."),
    "parents_of_other_material": _("%(lot)s is made of %(parent)s, which is another material."),
    "certificate_line_twice": _("%(property)s of %(lot)s stands already in row %(first_row)s."),
    "mass_too_fine": _("« %(value)s » is finer than a milligram: no scale weighs that."),
}
FACTS = {
    "feedstock.measured": _("Lot %(lot)s measured: %(known)s. Outside its limits: %(out)s."),
    "feedstock.certified": _("Certificate of the lot %(lot)s read: %(known)s. Outside its limits: %(out)s."),
    "feedstock.certificates_imported": _(
        "Certificates brought in. Values: %(count)s; lots: %(lots)s; lots outside their limits: %(out_lots)s."
    ),
    "feedstock.stock_imported": _(
        "Stock brought in. Lots: %(count)s; containers: %(containers)s; mass: %(mass_mg)s."
    ),
    "feedstock.limit_written": _(
        "Limit written for %(material)s: %(property)s, to be approved (%(source)s)."
    ),
    "feedstock.limits_imported": _("Limits brought in from a list, to be approved: %(count)s."),
    "feedstock.limits_approved": _("Limits of %(material)s approved: %(count)s."),
    "feedstock.limit_withdrawn": _("Limit of %(material)s withdrawn: %(property)s."),
    "feedstock.container_labelled": _("Container %(container)s labelled."),
    "feedstock.container_changed": _("Container %(container)s changed: %(after)s."),
    "feedstock.container_retired": _("Container %(container)s taken out of use."),
}
MEANINGS = {"limits_approved": _("Specification approved")}
NOTICES = {
    "property_out": _("%(thing)s: %(property)s (%(value)s) is outside its limits."),
    "cobalt_found": _(
        "%(thing)s holds %(value_percent)s of cobalt, a CMR agent of category 1B: check the safety data sheet."
    ),
}
BASES = {
    "measured": _("Measured"),
    "certificate": _("Certificate"),
    "predicted": pgettext_lazy("property", "Reckoned"),
}
VERDICTS = {
    "within": (_("Within"), "released"),
    "out": (pgettext_lazy("property", "Outside"), "refused"),
    "unknown": (_("Not known"), "planned"),
    "unclear": (_("Too coarse"), "to_check"),
    "free": (_("No limit"), "closed"),
}
CONTAINERS = {
    "drum": _("Drum"),
    "bottle": _("Bottle"),
    "bag": pgettext_lazy("container", "Bag"),
    "silo": _("Silo"),
    "hopper": _("Hopper"),
    "bin": _("Machine bin"),
}
SEALS = {
    "whole": _("Whole"),
    "broken": pgettext_lazy("seal", "Broken"),
    "none": pgettext_lazy("seal", "None"),
}
CERTIFICATES = {
    "2.1": _("2.1 (declaration of compliance)"),
    "2.2": _("2.2 (test report)"),
    "3.1": _("3.1 (inspection certificate)"),
    "3.2": _("3.2 (certificate of an independent inspector)"),
    "coa": _("Certificate of analysis"),
    "coc": _("Certificate of conformity"),
}
MAKING = {
    "gas_viga": _("Gas atomised (VIGA)"),
    "gas_eiga": _("Gas atomised (EIGA)"),
    "plasma": _("Plasma atomised"),
    "water": _("Water atomised"),
    "milled": _("Milled"),
    "precipitated": _("Precipitated"),
    "polymerised": _("Polymerised"),
    "natural": _("Natural"),
}
LIMIT_STATES = {
    "draft": (_("To approve"), "to_check"),
    "approved": (_("In force"), "released"),
    "retired": (_("Withdrawn"), "closed"),
}
MOVEMENTS = {"declared": pgettext_lazy("movement", "Declared at the start")}
PLACES = {"past": _("Before Strate")}
# What a check at the door may find wrong.
CHECKS = {
    "identity": _("the label"),
    "seal": _("the seal"),
    "certificate": _("the certificate"),
    "quantity": _("the mass"),
    "visual": _("the look of the powder"),
}
CHOICES = {
    "wrong": CHECKS,
    "property": PROPERTIES,
    "known": PROPERTIES,
    "out": PROPERTIES,
    "small": PROPERTIES,
    "large": PROPERTIES,
    "basis": BASES,
    "told_in": UNITS,
    "word": WORDS,
    "wanted": WORDS,
}
