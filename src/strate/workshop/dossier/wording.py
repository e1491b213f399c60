"""The sentences of dossiers."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_dossier": _("There is no dossier « %(dossier)s »."),
    "dossier_already_sealed": _("The dossier of %(order)s is sealed already."),
    "dossier_is_sealed": _(
        "The dossier of %(order)s is sealed: what it tells is never corrected. Report an anomaly."
    ),
    "dossier_moved_meanwhile": _(
        "Something was written about %(order)s while the dossier was being read. Read it again."
    ),
    "dossier_not_filed_yet": _("The files of %(dossier)s are being made. Try again in a moment."),
    "sealing_fact_lost": _(
        "The fact that sealed %(dossier)s is not in the journal any more. Check the journal."
    ),
    "attached_file_altered": _("The file %(digest)s is not what it was when it was received."),
    "attached_file_missing": _("The file %(digest)s is missing from the data folder, or was altered."),
    "sealed_by_its_launcher": _("%(person)s launched the build: somebody else seals its dossier."),
    "trail_not_reviewed": _(
        "Read the corrections, late entries and limits passed over (%(count)s), then say so."
    ),
    "order_not_made": _("%(left)s parts of %(order)s are still to be made."),
    "order_routing_unapproved": _("The routing %(routing)s was not approved when the order was opened."),
    "file_never_read_back": _("%(build)s: the machine never gave back the approved exchange file."),
    "launcher_read_no_sheet": _(
        "%(person)s launched without having read the safety data sheet of the material."
    ),
    "launcher_wore_nothing": _("%(person)s launched without having confirmed the protective equipment."),
    "powder_not_known": _("Nobody knows which powder %(order)s was made of."),
    "lot_turned_bad": _("%(lot)s was rejected or found wrong after it was used."),
    "start_up_not_followed": _("%(build)s: the machine was not started by its procedure."),
    "order_has_no_build": _("%(order)s was never made on any machine."),
    "build_never_launched": _("%(build)s was never launched."),
    "layers_not_kept": _("%(build)s: the digest of its layers is not in the journal. Keep the layers."),
    "layers_changed_since": _(
        "%(build)s: its layers were marked after their digest was kept. Keep them again."
    ),
    "powder_not_weighed_back": _("%(build)s: the powder was not weighed back."),
    "order_has_no_pieces": _("The pieces of %(order)s are not numbered."),
    "order_pieces_not_seen": _("%(count)s pieces of %(order)s were not looked at."),
    "order_control_missing": _("« %(control)s » was measured on no piece of %(order)s made in %(build)s."),
    "order_pieces_not_sorted": _("%(count)s pieces of %(order)s are neither good nor scrap."),
    "anomaly_still_open": _("The anomaly %(anomaly)s is not closed."),
    "machine_not_handed_over": _("No note was left about %(machine)s after the build."),
    "build_still_open": _("%(build)s is not closed."),
}
FACTS = {
    "dossier.sealed": _(
        "Dossier %(dossier)s of %(order)s sealed: %(good)s good, %(scrap)s scrapped, %(facts)s facts read."
    ),
    "dossier.filed": _("Dossier %(dossier)s filed: its PDF and its data bundle are kept."),
}
MEANINGS = {"sealed": _("Sealed the dossier: complete and reviewed")}
FIELDS = {"reviewed": _("I have read them all")}
DOSSIER_SECTIONS = {
    "order": _("Order"),
    "routing": _("Routing"),
    "file": _("Exchange file"),
    "people": _("People and documents"),
    "feedstock": _("Powder"),
    "machine": _("Machine and means"),
    "launch": _("Launch"),
    "layers": _("Layers"),
    "readings": _("Reading sheet"),
    "interruptions": _("Interruptions"),
    "balance": _("Powder balance"),
    "post_processing": _("Furnace and separation"),
    "inspection": _("Inspection"),
    "anomalies": _("Anomalies and holds"),
    "attachments": _("Photos and certificates"),
    "waste": _("Waste"),
    "handover": _("Handover"),
    "closing": _("Closing of the build"),
}
DOSSIER_REVIEWS = {"correction": _("Correction"), "late": _("Late entry"), "override": _("Limit passed over")}
# The state of a dossier as the floor says it, and the look it takes.
DOSSIER_STATES = {
    "open": (_("Not sealed"), "waiting"),
    "sealed": (_("Sealed, files being made"), "running"),
    "filed": (_("Sealed and filed"), "sealed"),
}
FINISHINGS = {
    "stress_relief": _("Stress relief"),
    "separation": _("Separation from the plate"),
    "supports": _("Removal of supports"),
    "blasting": _("Blasting"),
    "cleaning": _("Cleaning"),
}
BALANCE_LINES = {
    "input_mg": _("Powder in the machine"),
    "parts_mg": _("Parts"),
    "supports_mg": _("Supports"),
    "recovered_mg": _("Recovered"),
    "oversize_mg": _("Oversize"),
    "filters_mg": _("Filters and waste"),
    "samples_mg": _("Samples"),
    "residual_mg": _("Left in the machine"),
}
PROOFS = {
    "badge+pin": _("badge and PIN"),
    "name+pin": _("name and PIN"),
    "password+pin": _("password and PIN"),
    "token+pin": _("token and PIN"),
    "password": _("password"),
}
