"""The sentences of safety, and the names of operations, streams and documents."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
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
}

NOTICES = {
    "sheet_to_read": _("%(thing)s: version %(version)s is to be read"),
    "document_to_read": _("%(thing)s: version %(version)s is to be read"),
}

MEANINGS = {
    "sheet_reviewed": _("Safety data sheet reviewed"),
    "document_published": _("Document put in force"),
}

OPERATIONS = {
    "running": _("machine closed, running"),
    "powder": _("open powder"),
    "filter": _("filter change"),
    "binder": _("filling binder or activator"),
    "separation": _("separation, supports, deburring"),
    "blasting": _("blasting cabinet"),
    "furnace": _("furnace"),
    "spill": _("accidental spill"),
}

STREAMS = {
    "used_powder_takeback": _("clean used powder, taken back"),
    "oversize": _("oversize"),
    "contaminated_powder": _("contaminated powder"),
    "wet_sludge": _("wet sludge"),
    "filters": _("filters and condensate"),
    "wipes": _("wipes, gloves and masks with powder"),
    "solvents": _("solvents and print-head flush"),
    "polymer_cake": _("polymer cake"),
    "sand": _("sand"),
    "blasting_media": _("blasting media with powder"),
}

DOCUMENT_KINDS = {
    "manual": _("maker's manual"),
    "procedure": _("procedure"),
    "safety_rule": _("safety rule"),
    "drawing": _("drawing"),
}
SIGNALS = {"": "", "danger": _("Danger"), "warning": _("Warning")}

GHS = {
    "GHS01": _("Explosive"),
    "GHS02": _("Flammable"),
    "GHS03": _("Oxidising"),
    "GHS04": _("Gas under pressure"),
    "GHS05": _("Corrosive"),
    "GHS06": _("Acute toxicity"),
    "GHS07": _("Irritant, harmful"),
    "GHS08": _("Serious health hazard"),
    "GHS09": _("Dangerous for the environment"),
}
