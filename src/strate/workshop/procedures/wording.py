"""The sentences of the procedures."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_procedure": _("No procedure is called « %(procedure)s »."),
    "no_such_run": _("No guided gesture has the number %(run)s."),
    "no_such_step": _("This gesture has no step « %(step)s »."),
    "procedure_not_approved": _("%(procedure)s has no approved version: nobody may follow it yet."),
    "steps_missing": _("The procedure has no steps."),
    "step_code_not_usable": _("« %(step)s » cannot be a code: small letters, digits and hyphens only."),
    "step_code_twice": _("Two steps are called « %(step)s »."),
    "step_not_before": _("Step « %(step)s » names « %(other)s », which does not come before it."),
    "step_kind_unknown": _("Step « %(step)s »: « %(kind)s » is not a kind of step."),
    "step_text_missing": _("Step « %(step)s » needs its text in French and in English."),
    "step_right_unknown": _("Step « %(step)s » asks for a right that does not exist: « %(right)s »."),
    "step_effect_unknown": _("Step « %(step)s » has an effect that no room carries out: « %(effect)s »."),
    "step_field_wrong": _("Step « %(step)s »: « %(field)s » is missing or makes no sense."),
    "sheet_text_missing": _("Choose a file, or paste its text."),
    "sheet_not_readable": _("This text is not a procedure sheet (see line %(line)s)."),
    "sheet_too_long": _("This text is too long for a procedure sheet."),
    "sheet_lacks": _("Line %(line)s: « %(field)s » is missing."),
    "procedure_draft_exists": _("%(procedure)s already has a draft: finish or retire it first."),
    "procedure_not_a_draft": _("Version %(version)s of %(procedure)s is no longer a draft: write a new one."),
    "procedure_is_draft": _("Version %(version)s of %(procedure)s is still a draft."),
    "procedure_is_submitted": _("Version %(version)s of %(procedure)s waits for its approval."),
    "procedure_is_approved": _("Version %(version)s of %(procedure)s is already approved."),
    "procedure_is_retired": _("Version %(version)s of %(procedure)s is retired."),
    "procedure_approved_by_its_author": _("%(author)s wrote in this version: somebody else approves it."),
    "procedure_code_taken": _("There is already a procedure with this code: %(procedure)s."),
    "procedure_changed_meanwhile": _(
        "%(person)s wrote in this draft on %(at)s, after you opened it: what you typed is still here."
    ),
    "step_changed_meanwhile": _(
        "%(person)s changed step « %(step)s » on %(at)s, after you opened it: what you typed is still here."
    ),
    "step_gone_meanwhile": _(
        "%(person)s took step « %(step)s » out on %(at)s, after you opened it: what you typed is still here."
    ),
    "called_procedure_unknown": _("The procedure « %(called)s », called by a step, does not exist here."),
    "procedures_go_round": _("These procedures call each other without end: %(way)s."),
    "procedure_calls_itself": _("%(procedure)s is already under way above: it is not started inside itself."),
    "sub_procedure_under_way": _("%(procedure)s is already under way for this step: go on with it."),
    "no_step_concerns_this": _("No step of %(procedure)s concerns this job."),
    "step_of_another_role": _("This step is for: %(role)s."),
    "second_person_is_the_first": _(
        "%(person)s had a hand in this gesture: somebody who did none of it does this step."
    ),
    "wait_cannot_be_cut": _("This wait cannot be cut short: it ends on %(ready_at)s."),
    "wait_cut_short": _("Wait cut short by %(left_min)s: %(note)s"),
    "means_missing": _("Not in its place: %(means)s (%(place)s) %(note)s"),
    "picture_not_here": _("The picture %(digest)s of a step is not on this site: attach it again."),
    "sheet_key_twice": _("Line %(line)s: « %(field)s » is written twice."),
    "sheet_field_unknown": _("Line %(line)s: « %(field)s » is not a field of such a step."),
    "sheet_kind_unknown": _("Line %(line)s: « %(typed)s » is not a kind of step."),
    "sheet_field_wrong": _("Line %(line)s: « %(field)s » makes no sense: « %(typed)s »."),
    "sheet_of_another_procedure": _("Line %(line)s: this sheet is that of « %(code)s »."),
    "reading_already_watched": _("%(procedure)s is already filled in regularly for %(thing)s."),
    "reading_without_period": _("Say every how many minutes %(procedure)s is filled in."),
    "reading_watch_over": _("These readings ended on %(at)s."),
    "reading_not_due_yet": _("The reading of %(planned_at)s is not due yet."),
    "reading_not_planned": _("No reading was due on %(planned_at)s."),
    "reading_already_done": _("The reading of %(planned_at)s is already done or under way."),
    "reading_belated_why": _("This reading was due on %(planned_at)s: say why it is filled in afterwards."),
    "run_about_nothing": _("Say what %(procedure)s is about: a build, a machine, an oven."),
    "no_such_watch": _("No regular reading has the number %(watch)s."),
    "gesture_reason_missing": _("Say why."),
    "run_is_open": _("%(run)s is under way."),
    "run_is_interrupted": _("%(run)s was interrupted by %(person)s (%(why)s): resume it first."),
    "run_is_done": _("%(run)s is finished."),
    "run_is_abandoned": _("%(run)s was given up by %(person)s (%(why)s)."),
    "step_already_done": _("%(person)s has already done « %(step)s », on %(at)s."),
    "step_not_next": _("« %(step)s » is not the next step: « %(expected)s » comes first."),
    "step_not_done": _("« %(step)s » is not done yet: there is nothing to correct."),
    "step_required": _("Step « %(step)s » cannot be passed."),
    "second_person_needed": _("%(person)s did « %(other)s »: a second person does « %(step)s »."),
    "measure_missing": _("No value was typed."),
    "number_not_understood": _("« %(typed)s » is not understood as a number."),
    "measure_out_of_bounds": _(
        "%(measure)s: %(value)s %(unit)s is out of bounds (minimum %(low)s, maximum %(high)s)."
    ),
    "check_not_answered": _("Say whether it is as it must be, or not."),
    "check_not_ok": _("« %(step)s » is not as it must be: %(note)s"),
    "step_choice_missing": _("Choose one of the answers."),
    "choice_is_a_deviation": _("« %(step)s »: « %(choice)s » is a deviation."),
    "step_photo_missing": _("The photo is missing."),
    "scan_missing": _("Nothing was scanned."),
    "scan_wrong_kind": _("%(thing)s is not what this step expects (%(expected)s)."),
    "scan_wrong_state": _("%(thing)s is « %(state)s »; this step expects: %(expected)s."),
    "scan_not_the_expected_thing": _("%(thing)s is not the one expected: %(expected)s."),
    "wait_not_over": _("Wait until %(ready_at)s (%(left_min)s left)."),
    "machine_not_named": _("This gesture is about no machine: its values cannot be read."),
    "machine_is_silent": _("%(thing)s does not give « %(signal)s » now."),
    "sub_procedure_not_done": _("%(procedure)s is to be done first."),
    "not_yours_to_correct": _("%(person)s entered this value: they correct it, or somebody with the right."),
    "step_had_an_effect": _("« %(step)s » changed the workshop itself: correct it there."),
}

FACTS = {
    "procedure.drafted": _("%(procedure)s: version %(version)s written (%(steps)s steps)"),
    "procedure.edited": _("%(procedure)s: version %(version)s changed (%(steps)s steps)"),
    "procedure.submitted": _("%(procedure)s: version %(version)s submitted"),
    "procedure.returned": _("%(procedure)s: version %(version)s sent back to its author"),
    "procedure.approved": _("%(procedure)s: version %(version)s approved, written by %(author)s"),
    "procedure.retired": _("%(procedure)s: version %(version)s retired"),
    "procedure.defaults_loaded": _("Default procedures proposed: %(procedures)s"),
    "run.started": _("%(procedure)s started, version %(version)s: %(about)s"),
    "run.finished": _("%(procedure)s finished: %(steps)s steps, %(deviations)s deviations"),
    "run.interrupted": _("%(run)s interrupted before « %(step)s »"),
    "run.resumed": _("%(run)s resumed at « %(step)s », interrupted by %(person)s"),
    "run.abandoned": _("%(run)s given up before « %(step)s »"),
    "run.confirmed": _("%(run)s: still under way"),
    "run.forgotten": _("Still working? Asked about %(runs)s"),
    "reading.watched": _("%(procedure)s to be filled in every %(every_min)s: %(about)s"),
    "reading.ended": _("%(procedure)s: end of the regular readings"),
    "reading.begun": _("%(procedure)s: reading of %(planned_at)s begun (afterwards: %(belated)s)"),
    "reading.missed": _("%(procedure)s: reading missed, due at %(planned_at)s"),
    "step.done": _("%(text)s: %(entered)s"),
    "step.corrected": _("%(text)s: %(entered)s (instead of %(instead_of)s)"),
}

NOTICES = {
    "spill_under_way": _("%(by)s started the spill procedure: %(where)s"),
    "reading_missed": _("%(procedure)s: reading missed, due at %(planned_at)s"),
}

HOLDS = {"touched_by_a_spill": _("Touched by an accidental spill")}

MEANINGS = {
    "procedure_approved": _("Procedure approved"),
    "wait_cut_short": _("Wait cut short"),
    "step_done": _("Done"),
    "step_checked": _("Checked"),
    "step_approved": _("Approved"),
    "step_released": _("Released"),
    "step_witnessed": _("Witnessed"),
}

PROCEDURE_KINDS = {
    "start_up": _("Start-up"),
    "launch": _("Launch"),
    "reading_sheet": _("Reading sheet"),
    "end": _("End of build"),
    "shut_down": _("Shut-down"),
    "shift": _("Shift"),
    "reception": _("Reception"),
    "release": _("Release"),
    "loading": _("Loading"),
    "unpacking": _("Unpacking"),
    "depowdering": _("Depowdering"),
    "furnace": _("Furnace"),
    "inspection": _("Inspection"),
    "cleaning": _("Cleaning"),
    "maintenance_round": _("Maintenance round"),
    "maintenance": _("Maintenance"),
    "drying": _("Drying of powder"),
    "sampling": _("Sampling"),
    "sieving": _("Sieving"),
    "blending": _("Blending"),
    "material_change": _("Change of material"),
    "recycling": _("Recycling"),
    "means": _("Means check"),
    "spill": _("Accidental spill"),
    "waste": _("Waste"),
    "other": _("Other"),
}

RUN_STATES = {
    "open": _("Under way"),
    "interrupted": _("Interrupted"),
    "done": _("Finished"),
    "abandoned": _("Given up"),
}

# What a step may set in motion, as whoever writes a procedure reads it.
EFFECTS = {
    "safety.confirm_ppe": _("Confirms the equipment worn"),
    "safety.sheets_read": _("Refused while a safety data sheet is not read"),
    "safety.sort_waste": _("Writes the waste in the register"),
    "notices.hse": _("Tells HSE"),
    "holds.place": _("Holds what the gesture is about"),
    "machines.fit": _("Fits the tool that is scanned"),
    "machines.power_on": _("Switches the machine on"),
    "machines.prepare": _("Asks the machine to inert and heat"),
    "maintenance.done": _("Writes in the book of the machine"),
    "anomalies.means_missing": _("Reports what is missing"),
}
