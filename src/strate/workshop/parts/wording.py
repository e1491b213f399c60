"""The words of parts and of their exchange files."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_part": _("No part bears the number %(part)s."),
    "no_such_exchange_file": _("This part has no such exchange file (%(file)s)."),
    "part_code_taken": _("The number %(part)s is already given to a part."),
    "part_code_not_a_label": _(
        "« %(code)s » cannot be a part number: at most 60 signs, without / \\ : ? # %% < > or quotes."
    ),
    "part_title_missing": _("A part needs a name."),
    "revision_missing": _("The revision of %(part)s is needed, in at most 20 signs."),
    "no_file_chosen": _("Choose the exchange file."),
    "file_already_known": _("The file « %(file)s » is already there for %(part)s, revision %(revision)s."),
    "file_already_approved": _("The file « %(file)s » is already approved."),
    "file_replaced": _("The file « %(file)s » was replaced by another one: add it again to use it."),
    "file_not_sound": _("The file « %(file)s » must not be made: the verification found why."),
    "file_cannot_be_shown": _("This file cannot be drawn: %(why)s"),
    "file_approved_by_its_author": _("You added « %(file)s » yourself: somebody else must approve it."),
}
FACTS = {
    "parts.entered": _("Part entered: %(title)s"),
    "parts.file_added": _("Exchange file « %(name)s » added, revision %(revision)s"),
    "parts.file_approved": _("Exchange file « %(name)s » approved, revision %(revision)s"),
}
MEANINGS = {"approved_file": _("Approved for production")}
STATES = {
    "verified": _("Verified, to be approved"),
    "approved": _("Approved"),
    "retired": _("Replaced"),
    "refused": _("Refused"),
}
