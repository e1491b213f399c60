"""The sentences of a text somebody sends: a reference, a table of evidence; what is wrong with it, and where."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "reference_too_long": _("This text is too long (%(limit)s signs at most)."),
    "reference_not_readable": _("This text cannot be read as YAML (line %(line)s)."),
    "reference_not_utf8": _("This file is not written in UTF-8: save it so, then send it again."),
    "reference_key_twice": _("Line %(line)s: « %(field)s » is written twice."),
    "reference_misshapen": _("« %(place)s »: %(misshape)s."),
    "reference_line_misshapen": _("Line %(line)s, « %(place)s »: %(misshape)s."),
    "map_of_another_reference": _("This table is for another reference: %(reference)s."),
    "map_line_for_people": _("%(target)s is said to be for people only: no entry stands beside it."),
    "map_line_empty": _("%(target)s: say which entries stand beside it."),
    "map_kind_unknown": _("%(target)s: « %(typed)s » is not an entry that people write at work."),
    "map_gesture_unknown": _("%(target)s: « %(typed)s » is not a kind of procedure."),
    "map_changed_meanwhile": _(
        "Somebody has written the table of %(reference)s since you opened it: open it again and read it."
    ),
}

FACTS = {
    "qualification.evidence_mapped": _("Table of evidence of %(reference)s written: %(count)s criteria"),
}

# Entries whose sentence is nothing but what they hold.
ENTRIES = {"step.done": _("A step of a procedure, done")}

# The faults of a text, as its form calls them.
CHOICES = {
    "misshape": {
        "missing": _("it is missing"),
        "extra_forbidden": _("there is no such field"),
        "string_type": _("a text is expected"),
        "string_too_short": _("it is empty"),
        "string_too_long": _("it is too long"),
        "string_pattern_mismatch": _("it is not written this way"),
        "int_type": _("a whole number is expected"),
        "bool_type": _("true or false is expected"),
        "list_type": _("a list is expected"),
        "dict_type": _("a group of fields is expected"),
        "model_type": _("a group of fields is expected"),
        "model_attributes_type": _("a group of fields is expected"),
        "literal_error": _("it is not one of the expected words"),
        "too_long": _("there are too many"),
        "unprintable": _("it holds a sign nobody can print"),
    }
}
