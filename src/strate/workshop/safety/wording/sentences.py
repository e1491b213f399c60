"""The sentences of safety: every refusal, fact and notice."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "oxygen_not_understood": _("« %(typed)s » is not a share of oxygen."),
    "day_not_understood": _("« %(typed)s » is not a day."),
    "no_such_sheet": _("No safety data sheet is called « %(sheet)s »."),
    "no_such_document": _("No document is called « %(document)s »."),
    "no_such_drum": _("No waste drum is called « %(drum)s »."),
    "hazard_code_unknown": _("« %(typed)s » is not an H or P statement."),
    "sheet_reviewed_by_its_author": _("%(author)s typed this sheet: somebody else reviews it."),
    "sheet_version_exists": _("Version %(version)s of %(sheet)s is already there."),
    "sheet_already_reviewed": _("Version %(version)s of %(sheet)s was already reviewed."),
    "sheet_not_in_force": _("%(sheet)s (%(version)s) is not in force: HSE has not reviewed it."),
    "sheet_read_already": _("You have already read %(sheet)s (%(version)s)."),
    "sheet_missing": _("No reviewed safety data sheet for %(material)s."),
    "sheet_unread": _("%(person)s has not read the safety data sheet %(sheet)s, version %(version)s."),
    "document_kind_unknown": _("« %(kind)s » is not a kind of document."),
    "document_role_unknown": _("These roles do not exist: %(roles)s."),
    "document_version_exists": _("Version %(version)s of %(document)s is already there."),
    "document_not_in_force": _("%(document)s (%(version)s) is no longer in force."),
    "document_read_already": _("You have already read %(document)s (%(version)s)."),
    "document_unread": _("%(person)s has not read %(document)s, version %(version)s."),
    "operation_unknown": _("« %(operation)s » is not an operation that asks for equipment."),
    "ppe_not_confirmed": _("%(person)s has not confirmed the protective equipment for: %(operation)s."),
    "waste_code_not_usable": _("« %(typed)s » is not a waste code (six digits by pairs, * if hazardous)."),
    "waste_mass_not_positive": _("A waste of %(mass_mg)s cannot be recorded."),
    "waste_in_the_wrong_drum": _("%(drum)s is for « %(expected)s », not for « %(stream)s »."),
    "waste_drum_not_open": _("%(drum)s is not open."),
    "waste_not_recorded": _("No waste was recorded for %(about)s."),
    "sign_unknown": _("« %(sign)s » is not a sign the house can draw."),
    "stream_unknown": _("« %(stream)s » is not a stream of waste."),
    "drum_exists": _("%(drum)s is already in service."),
    "drum_is_open": _("%(drum)s is still open: close it first."),
    "drum_is_closed": _("%(drum)s is already closed."),
    "drum_is_collected": _("%(drum)s was collected."),
    "collector_missing": _("Say who collects the drum."),
    "no_such_spill": _("No spill is called « %(spill)s »."),
    "composition_not_understood": _(
        "The share of « %(substance)s » is not understood: least and most, between 0 and 100 %%."
    ),
    "group_unknown": _("« %(group)s » is not a family of waste."),
    "agent_unknown": _("« %(agent)s » is not an extinguishing agent of the list."),
    "agent_both_used_and_never": _("%(agent)s is both to be used and never to be used."),
    "section_unknown": _("A safety data sheet has no section « %(section)s » to keep here."),
    "next_check_not_ahead": _("The next check (%(next_check)s) must lie ahead."),
    "document_read_by_all": _("Everybody concerned has read %(document)s."),
    "withdrawal_needs_a_reason": _("Say why this document is withdrawn."),
    "waste_code_needs_its_star": _(
        "« %(typed)s » exists only with a star in the list: %(typed)s*. Check before you choose."
    ),
    "waste_code_bears_no_star": _(
        "« %(typed)s » bears no star in the list: a hazardous waste has another code."
    ),
    "waste_drum_too_full": _("%(drum)s has room for %(room_mg)s only."),
    "waste_reactive_and_wet": _("Metal that reacts with water and wet waste never share a drum: %(drum)s."),
    "waste_families_apart": _("%(drum)s holds « %(expected_group)s »: « %(group)s » goes in another drum."),
    "drum_capacity_not_positive": _("A drum cannot hold %(mass_mg)s."),
    "drum_without_a_code": _("%(drum)s has no waste code: choose it before it leaves."),
    "sheet_not_pdf": _("This file is no PDF: choose the sheet of the supplier as a PDF."),
    "zone_kind_unknown": _("« %(typed)s » is not a kind of zone."),
    "authorisation_kind_unknown": _("« %(typed)s » is not a kind of authorisation."),
    "category_unknown": _("« %(typed)s » is not an ATEX category (1D, 2D, 3D, 1G, 2G, 3G)."),
    "zone_oxygen_not_read": _("%(place)s: read the oxygen before you go in (at least %(least_percent)s)."),
    "zone_oxygen_too_low": _(
        "%(place)s: oxygen at %(oxygen_percent)s, under %(least_percent)s. Nobody goes in."
    ),
    "zone_alone": _("%(place)s is not entered alone: name who stays outside and watches."),
    "zone_ppe_not_confirmed": _("%(place)s: put on and confirm the protective equipment first."),
    "zone_badge_not_shown": _("%(place)s: show your badge at its tablet."),
    "already_inside": _("You are already in %(place)s since %(at)s."),
    "not_inside": _("%(person)s is not in the register of %(place)s."),
    "equipment_not_for_this_zone": _(
        "%(equipment)s (category %(category)s) may not be used in %(place)s: %(categories)s needed."
    ),
    "exposure_not_positive": _("A concentration, a volume or a Kst is a positive number."),
    "limits_need_a_source": _("Say from which text these limits come."),
    "limits_already_decided": _("Limits were already decided from %(valid_from)s on."),
    "spill_of_nothing": _("Say what was spilt, or at least where."),
    "danger_unknown": _("« %(typed)s » is not a danger of the list."),
    "cause_unknown": _("« %(typed)s » is not a cause of the list."),
    "spill_is_settled": _("%(spill)s was closed by HSE."),
    "spill_not_recorded": _("%(spill)s: its mass, its cause and who was there are not recorded."),
    "spill_still_holds": _("Things %(spill)s still stops: %(count)s. Decide what becomes of them first."),
    "spill_conclusion_missing": _("Say what is concluded of this spill."),
}

# Where what stands in the way is lifted at once, and the word of the button.
WAYS_OUT = {
    "sheet_unread": ("safety:to_read", _("Read it now")),
    "document_unread": ("safety:to_read", _("Read it now")),
}
FACTS = {
    "safety.sheet_typed": _("Safety data sheet %(sheet)s, version %(version)s, entered for %(material)s"),
    "safety.sheet_reviewed": _("Safety data sheet %(sheet)s, version %(version)s, in force"),
    "safety.sheet_read": _("Safety data sheet %(sheet)s, version %(version)s, read"),
    "safety.document_published": _("%(document)s, version %(version)s, in force"),
    "safety.document_read": _("%(document)s, version %(version)s, read"),
    "safety.ppe_confirmed": _("Protective equipment confirmed for: %(operation)s"),
    "safety.drum_opened": _("%(drum)s in service for: %(stream)s"),
    "safety.drum_closed": _("%(drum)s closed: %(stream)s, %(mass_mg)s"),
    "safety.drum_collected": _("%(drum)s collected by %(collector)s: %(stream)s, %(mass_mg)s"),
    "safety.waste_sorted": _("Waste sorted: %(stream)s, %(mass_mg)s in %(drum)s"),
    "safety.sheet_checked_again": _(
        "Safety data sheet %(sheet)s, version %(version)s, checked again; next check %(next_check)s"
    ),
    "safety.checks_reminded": _("Sheets to check, of which HSE was reminded: %(count)s"),
    "safety.product_named": _("%(lot)s is the product of the sheet %(sheet)s"),
    "safety.document_withdrawn": _("%(document)s, version %(version)s, withdrawn"),
    "safety.readers_reminded": _("People reminded of what they have to read: %(count)s"),
    "safety.drum_reopened": _("%(drum)s open again: %(stream)s, %(mass_mg)s"),
    "safety.waste_code_chosen": _("Waste code of %(drum)s: %(waste_code)s"),
    "safety.drums_reminded": _("Drums kept too long, of which HSE was reminded: %(count)s"),
    "safety.zone_described": _("%(place)s: zone described (%(zone_kind)s)"),
    "safety.zone_entered": _("Entered %(place)s"),
    "safety.zone_left": _("%(person)s left %(place)s after %(stayed_min)s"),
    "safety.exits_asked": _("People asked whether they are still inside: %(count)s"),
    "safety.equipment_declared": _("%(equipment)s declared, category %(category)s"),
    "safety.divisors_decided": _("Limits of the silica index from %(valid_from)s on (%(limits_source)s)"),
    "safety.exposure_recorded": _("%(exposure_kind)s: %(result)s, %(exposure_verdict)s"),
    "safety.spill_reported": _("Accidental spill %(spill)s: %(material)s, %(place)s"),
    "safety.spill_recorded": _("%(spill)s recorded: %(mass_mg)s, %(spill_cause)s"),
    "safety.spill_weighed": _("%(spill)s: %(mass_mg)s spilt"),
    "safety.spill_settled": _("%(spill)s closed by HSE"),
}

SOURCES = {
    "sds_7_10": _("SDS § 7, 10"),
    "sds_8": _("SDS § 8"),
    "sds_10_13": _("SDS § 10, 13"),
}

NOTICES = {
    "sheet_to_read": _("%(thing)s: version %(version)s is to be read"),
    "sheet_still_to_read": _("%(thing)s: you have not read version %(version)s yet"),
    "sheet_to_review": _("%(thing)s: version %(version)s waits for your review"),
    "sheet_to_check": _("%(thing)s: ask the supplier whether version %(version)s is still the last"),
    "document_to_read": _("%(thing)s: version %(version)s is to be read"),
    "document_still_to_read": _("%(thing)s: you have not read version %(version)s yet"),
    "drum_nearly_full": _("%(thing)s is %(filled)s %% full"),
    "drum_stored_too_long": _("%(thing)s has been stored since %(since)s: call the collector"),
    "still_inside": _("%(thing)s: is %(person)s still inside?"),
    "exposure_too_high": _("%(thing)s: %(exposure_kind)s out of its limits"),
    "spill_reported": _("%(by)s reports %(thing)s (%(where)s)"),
    "dangerous_spill_reported": _("%(by)s reports %(thing)s (%(where)s): %(spill_dangers)s"),
    "spill_to_review": _("%(thing)s is recorded and waits for your conclusion"),
}

MEANINGS = {
    "sheet_reviewed": _("Safety data sheet reviewed"),
    "sheet_still_good": _("Safety data sheet checked again"),
    "document_published": _("Document put in force"),
    "document_withdrawn": _("Document withdrawn"),
    "zone_described": _("Zone and its entry conditions decided"),
    "limits_decided": _("Exposure limits decided"),
    "spill_settled": _("Spill reviewed and closed"),
}
