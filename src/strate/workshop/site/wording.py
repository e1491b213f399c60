"""What the site room says: refusals and facts."""

from django.utils.translation import gettext_lazy as _

from strate.workshop.site.settings import CHOSEN, LABELS

REFUSALS = {
    "no_such_setting": _("There is no setting %(setting)s."),
    "setting_not_understood": _("%(setting)s: « %(value)s » is not understood."),
    "setting_out_of_bounds": _("%(setting)s: between %(least)s and %(most)s."),
    "no_such_place": _("There is no place %(place)s."),
    "no_such_zone": _("There is no zone %(zone)s."),
    "place_code_taken": _("The place %(place)s already exists."),
    "place_unnamed": _("A place needs a short code and a name."),
    "place_inside_itself": _("%(place)s cannot lie inside %(parent)s, which lies inside it."),
    "list_empty": _("The file holds no row to import."),
    "list_not_readable": _("This file is not read as a list: save it as CSV or XLSX."),
    "list_too_long": _("The file has more than %(most)s rows: cut it in several."),
    "list_too_large": _("The file is larger than %(most_mb)s MB."),
    "list_changed": _("The file is not the one that was checked: start again from the file."),
    "column_missing": _("The column « %(column)s » is missing."),
    "column_twice": _("The column « %(column)s » is there twice."),
    "cell_empty": _("Nothing is written here, and something must be."),
    "cell_repeated": _("« %(value)s » is already on row %(first_row)s."),
    "cell_not_code": _("« %(value)s » is not a short code: letters, digits and dashes, at most 40 signs."),
    "cell_taken": _("« %(value)s » already exists here."),
    "cell_not_text": _("This cell holds signs that are not text, or far too many."),
    "cell_too_long": _("More than %(most)s characters."),
    "cell_not_number": _("« %(value)s » is not a number (12,5 or 12.5)."),
    "cell_not_whole": _("« %(value)s » is not a whole number."),
    "cell_out_of_bounds": _("« %(value)s » is out of bounds: from %(least)s to %(most)s."),
    "cell_not_day": _("« %(value)s » is not a day (2026-11-23 or 23/11/2026)."),
    "cell_not_choice": _("« %(value)s » is none of: %(choices)s."),
}

FACTS = {
    "site.decided": _("Setting %(setting)s: %(old)s → %(new)s"),
    "site.place_added": _("Place added"),
    "site.places_imported": _("%(count)s places added from a list"),
    "site.place_changed": _("Place changed"),
}
CHOICES_OF = {"site.decided": {"setting": LABELS, "old": CHOSEN, "new": CHOSEN}}

ZONES = {
    "none": _("No special zone"),
    "atex_20": _("ATEX zone 20"),
    "atex_21": _("ATEX zone 21"),
    "atex_22": _("ATEX zone 22"),
    "cmr": _("CMR"),
    "inert": _("Inert gas"),
}
