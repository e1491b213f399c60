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
    "files_cannot_be_compared": _("These files cannot be compared: %(why)s"),
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
    # A closed format: whoever approves it signs for what nobody could verify.
    "unverifiable": _("Cannot be verified, to be approved"),
    "approved": _("Approved"),
    "retired": _("Replaced"),
    "refused": _("Refused"),
}

# What to do with a file that is refused, by what was found of it.
WAYS_ON = {
    "unreadable": _(
        "What to do: export it again as 3MF, STL or CLI, check that it opens, and add it; "
        "if it is refused again, ask the methods office."
    ),
    "mesh": _(
        "What to do: mend the part in the CAD software, export it again as 3MF or STL in mm, and add it; "
        "if in doubt, ask the methods office."
    ),
    "layers": _(
        "What to do: have the part cut into layers again by the software it came from, and add the new file; "
        "if in doubt, ask the methods office."
    ),
}

# As the kernel or a 3MF file names them.
UNITS = {
    "mm": "mm",
    "in": _("inch"),
    "m": "m",
    "um": "µm",
    "micron": "µm",
    "millimeter": "mm",
    "centimeter": "cm",
    "meter": "m",
    "inch": _("inch"),
    "foot": _("foot"),
}

# From where a picture of deviations is seen.
SIDES = {"top": _("Seen from above"), "front": _("Seen from the front"), "right": _("Seen from the right")}

# What the findings of a file are about: each code of the kernel belongs to one group, the others to the file.
GROUPS = {
    "file": _("The file"),
    "skin": _("The skin"),
    "shells": _("The shells"),
    "size": _("Size and unit"),
    "walls": _("Walls and overhangs"),
    "powder": _("Trapped powder"),
    "layers": _("Layers"),
}
_GROUP_OF = {
    "skin": "open_edges hairline_gaps crowded_edges flipped_faces degenerate_triangles duplicate_triangles",
    "shells": "inside_out inside_out_shell shells_may_overlap shells_overlap too_many_shells",
    "size": "size_unlikely unit_too_small unit_too_large unit_maybe_inch drawn_in_inches does_not_fit fits_turned",
    "walls": "thin_wall overhang",
    "powder": "closed_cavity trapped_powder narrow_way_out open_to_the_plate_only",
    "layers": "island area_grows area_shrinks thinner_than_a_layer unclosed_lines "
    "turned_lines tiny_lines fewer_layers more_layers dimension_differs layers_not_rising uneven_layers "
    "layer_missing empty_layers open_lines_drawn only_hatches contours_overlap layer_um_differs speed_unknown",
}
_GROUPED = {code: group for group, codes in _GROUP_OF.items() for code in codes.split()}


def group_of(code: str) -> str:
    return _GROUPED.get(code, "file")
