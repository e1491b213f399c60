"""The words of things, their labels and the correction of entries."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_thing": _("Nothing bears the label « %(thing)s »."),
    "label_names_several": _("« %(thing)s » names %(count)s things: scan or type its full label."),
    "no_such_fact": _("There is no entry %(fact)s in the journal."),
    "correction_not_possible": _("This entry cannot be corrected here; report an anomaly if it is wrong."),
    "field_not_correctable": _("« %(field)s » cannot be corrected."),
    "correction_needs_a_reason": _("Say in a few words why the entry was wrong."),
    "correction_changes_nothing": _("« %(value)s » is what already stands."),
    "value_not_a_number": _("« %(value)s » is not a number."),
    "value_finer_than_a_milligram": _("« %(value)s » is finer than a milligram."),
}
FACTS = {"things.corrected": _("An entry was corrected: %(old)s became %(new)s.")}
MEANINGS = {"corrected": _("Corrected")}
FIELDS = {
    "mass_mg": _("Mass"),
    "value": _("Value"),
    "text": _("Text"),
    "quantity": _("Quantity"),
    "note": _("Note"),
}
# Sizes of label paper, as people ask for them.
SIZES = {
    "62x29": _("Roll, 62 × 29 mm"),
    "70x35": _("Roll, 70 × 35 mm"),
    "100x50": _("Roll, 100 × 50 mm"),
    "a4-3x8": _("A4 sheet of 24 (70 × 37 mm)"),
    "a4-2x7": _("A4 sheet of 14 (99.1 × 38.1 mm)"),
    "a4-2x4": _("A4 sheet of 8 (105 × 74 mm)"),
}
