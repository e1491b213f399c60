"""The sentences about what happens to powder: blended, dried, sampled, moved, contaminated, thrown away, proposed."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "lot_contaminated": _("The lot %(lot)s is contaminated: it is never poured again."),
    "machine_holds_contaminated": _(
        "%(machine)s holds contaminated powder (%(lot)s): empty it and clean it first."
    ),
    "drum_of_other_waste": _(
        "%(drum)s is kept for « %(stream)s »: the powder of %(lot)s goes in a drum for: %(wanted)s."
    ),
    "open_too_long": _("The lot %(lot)s was opened on %(opened_on)s: it was to be used by %(until_on)s."),
    "hours_above_limit": _(
        "The powder has spent %(spent_h)s at temperature on average; the limit is %(limit_h)s."
    ),
    "mixture_out_of_limits": _("%(property)s of the mixture: %(found)s; the limit is %(limit)s."),
    "ages_not_to_be_mixed": _(
        "Only powder that has seen the same number of builds may be mixed; here: %(ages)s."
    ),
    "material_change_needed": _(
        "%(about)s carries traces of %(inside)s: change of material by its procedure, "
        "with the check of a second person, before %(material)s."
    ),
    "powder_in_the_oven": _("%(container)s (lot %(lot)s) is in the oven: weigh it out of it first."),
    "container_not_scanned": _("Scan the label of the container itself (%(containers)s)."),
    "blend_of_one_lot": _(
        "A blend needs at least two lots; to pour one lot from a container to another, move it."
    ),
    "blend_of_several_materials": _(
        "These lots are not of one material: %(materials)s. They are never mixed."
    ),
    "supplier_lots_not_to_be_mixed": _(
        "Different supplier lots (%(lots)s) are blended only where the routing or the site allows it."
    ),
    "parts_do_not_make_the_whole": _(
        "The parts weigh %(found_mg)s, the whole %(total_mg)s: %(gap_mg)s is not accounted for."
    ),
    "shares_do_not_make_a_hundred": _(
        "The parts make %(found_percent)s, not exactly 100 %%: %(gap_percent)s is missing or too much."
    ),
    "share_not_positive": _("Each part of a blend is more than 0 %%."),
    "no_blend_within_ceiling": _("No blend of this stock keeps used powder at or below %(ceiling)s."),
    "no_blend_within_age": _("No blend of this stock keeps the mean age at or below %(limit)s builds."),
    "no_blend_within_hours": _(
        "No blend of this stock keeps the hours at temperature at or below %(limit_h)s."
    ),
    "no_blend_within_property": _("No blend of this stock keeps %(property)s within %(limit)s."),
    "no_blend_within_all_limits": _(
        "Each limit can be kept alone, but no blend of %(need_mg)s keeps all of them together."
    ),
    "virgin_powder_missing": _("Virgin powder missing for a legal blend: %(virgin_mg)s."),
    "stock_too_small": _("%(available_mg)s may be poured; %(need_mg)s is needed: %(missing_mg)s is missing."),
    "stock_enough_but_not_together": _(
        "There is %(together_mg)s in all, but the lots that may be mixed together make only "
        "%(available_mg)s of the %(need_mg)s needed."
    ),
    "blend_too_hard": _("Too many lots (%(lots)s) and limits to settle at once: choose the lots by hand."),
    "property_unknown": _("%(property)s of %(lot)s is not known."),
    "container_is_empty": _("There is no powder in %(container)s."),
    "container_overfull": _("%(container)s would hold %(holds_mg)s; it takes %(capacity_mg)s at most."),
    "same_container": _("%(container)s is both where it comes from and where it goes."),
    "nothing_in_containers": _("Nothing of the lot %(lot)s is left in its containers."),
    "sample_exists": _("The sample %(sample)s exists already: choose another number."),
    "scale_disagrees": _(
        "%(container)s weighs %(mass_mg)s; %(inside_mg)s is expected. Weigh it again and set the mass right first."
    ),
    "drying_forbidden": _("The specification forbids drying the lot %(lot)s."),
    "oven_too_hot": _("%(set_celsius)s is too hot for this powder: %(limit_celsius)s at most."),
    "not_in_an_oven": _("%(container)s is not in an oven."),
    "ends_before_it_starts": _("It cannot end at %(at)s: it started at %(started_at)s."),
    "reason_needed_to_contaminate": _("Say what contaminated it."),
    "nothing_to_contaminate": _("There is no powder in %(about)s that could still be poured."),
    "reason_needed_to_return": _("Say why it goes back."),
    "not_from_a_supplier": _("The lot %(lot)s was made here: it cannot go back to a supplier."),
    "still_holds_powder": _("%(about)s still holds %(mass_mg)s of powder: take it out first."),
    "made_of_held": _(
        "The lot %(lot)s is made of %(ancestor)s, stopped by %(by)s (%(hold)s): it waits for the same decision."
    ),
    "not_a_change_of_material": _("%(run)s is not a finished change of material of %(about)s."),
    "powder_since_the_change": _("%(about)s has seen powder since %(run)s: clean it again."),
    "second_look_missing": _(
        "%(run)s was not looked at and signed by a second person, who did nothing else of it."
    ),
}
FACTS = {
    "feedstock.blended": _(
        "Lot %(lot)s blended in %(container)s: %(mass_mg)s (used powder: %(used_share)s), made of %(portions)s."
    ),
    "feedstock.put_in_oven": _(
        "%(container)s put in the oven at %(set_celsius)s: %(mass_mg)s of the lot %(lot)s."
    ),
    "feedstock.dried": _(
        "%(container)s out of the oven after %(dried_h)s: %(mass_mg)s of the lot %(lot)s, "
        "%(loss_mg)s of water lost (%(loss_share)s)."
    ),
    "feedstock.transferred": _("%(mass_mg)s of the lot %(lot)s moved from %(source)s to %(target)s."),
    "feedstock.sampled": _("Sample %(sample)s taken: %(mass_mg)s of the lot %(lot)s. %(purpose)s"),
    "feedstock.contaminated": _("Contaminated: %(lots)s (%(mass_mg)s). Cause: %(because)s"),
    "feedstock.returned": _("%(mass_mg)s of the lot %(lot)s returned to %(supplier)s."),
    "feedstock.wasted": _("%(mass_mg)s of the lot %(lot)s thrown in %(drum)s."),
    "feedstock.cleared": _("%(about)s free for %(material)s from now on, after %(run)s."),
}
MEANINGS = {"powder_limit_passed_over": _("A limit of the powder passed over")}
NOTICES = {"powder_contaminated": _("Powder contaminated: %(because)s")}
HOLDS = {"mesh_torn": _("Torn mesh")}
LOT_STATES = {
    "contaminated": (_("Contaminated"), "rejected"),
    "returned": (_("Returned"), "closed"),
}
MOVEMENTS = {
    "blended": _("Blended"),
    "dried": _("Dried"),
    "split": _("Part set apart"),
    "transferred": _("Moved"),
    "contaminated": _("Contaminated"),
    "returned": _("Returned"),
    "overflow": _("Overflow"),
}
PLACES = {"drum": _("Waste drum")}
# What left in no place of the house: told by what it is.
GONE = {"lost:water": _("Water, in the oven")}
POLICIES = {
    "oldest_first": _("Oldest first"),
    "least_virgin": _("As little virgin powder as possible"),
}
REUSES = {
    "": _("No rule"),
    "VIERGE": _("Virgin powder only"),
    "LOT_UNIQUE": _("One lot until it is used up"),
    "APPOINT": _("Topped up with virgin powder"),
    "RAFRAICHI": _("A fixed share of virgin powder"),
    "PAR_AGE": _("Only powder of the same age"),
}
# A limit that was passed over, as the build shows it.
PASSED = {
    "age_above_limit": _("age of the powder"),
    "hours_above_limit": _("hours at temperature"),
    "open_too_long": _("time since it was opened"),
    "container_not_scanned": _("container not scanned"),
}
# A cause of contamination kept as a word of the house.
CAUSES = {
    "torn_mesh": _("Torn mesh of the sieve"),
    "accidental_spill": _("Accidental spill"),
}
CHOICES = {"because": CAUSES}
