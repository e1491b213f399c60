"""The sentences of the jury: its rules, its members, its decisions, its papers."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

SIDES = {
    "employer": pgettext_lazy("side of a jury", "employers"),
    "union": pgettext_lazy("side of a jury", "unions"),
}
OUTCOMES = {
    "validated": pgettext_lazy("competence", "validated"),
    "not_validated": pgettext_lazy("competence", "not validated"),
    "proposed_acquired": pgettext_lazy("competence", "proposed acquired"),
    "proposed_not_acquired": pgettext_lazy("competence", "proposed not acquired"),
}
PROPOSALS = {name: OUTCOMES[name] for name in ("proposed_acquired", "proposed_not_acquired")}
VOICES = {
    "validated": pgettext_lazy("voice", "validate"),
    "not_validated": pgettext_lazy("voice", "do not validate"),
    "abstains": pgettext_lazy("voice", "abstain"),
}
JURY_STATES = {
    "convened": (pgettext_lazy("jury", "convened"), "waiting"),
    "sitting": (pgettext_lazy("jury", "sitting"), "running"),
    "deliberated": (pgettext_lazy("jury", "minutes to sign"), "due"),
    "closed": (pgettext_lazy("jury", "closed"), "sealed"),
    "called_off": (pgettext_lazy("jury", "called off"), "obsolete"),
}
CONTROLS = {
    "in_order": (pgettext_lazy("control", "papers in order"), "fine"),
    "remarks": (pgettext_lazy("control", "remarks to the jury"), "due"),
}
TIES = {
    "self": _("the candidate in person"),
    "trainee": _("trained by the juror"),
    "family": _("family"),
    "hierarchy": _("hierarchy"),
    "tutor": _("tutor or signatory of the company"),
    "company": _("same company"),
    "assessor": _("evaluated by the juror"),
    "other": _("another tie"),
}
ORIGINS = {
    "text": pgettext_lazy("rule", "text in force"),
    "former": pgettext_lazy("rule", "former text, for information"),
    "house": pgettext_lazy("rule", "house rule"),
    "unknown": pgettext_lazy("rule", "given by no text"),
}
UNITS = {
    "days": _("%(n)s days"),
    "months": _("%(n)s months"),
    "years": _("%(n)s years"),
    "people": _("%(n)s people"),
}
GOVERNS = {
    "convening": _("Convening"),
    "deliberation": _("Deliberation"),
    "minutes": pgettext_lazy("of a jury", "Minutes"),
    "award": _("Award"),
    "notification": _("Letter to the candidate"),
    "transmission": _("Sending to the technical group"),
}
RULES = {
    "parity": _("Parity"),
    "one_per_union": _("One member per union"),
    "unions_asked_days": _("Unions asked beforehand"),
    "leave_notice_days": _("Notice to the employer of a juror"),
    "chair_side": _("Side of the chair"),
    "casting_vote": _("Casting vote of the chair"),
    "region_informed": _("Regional committee informed"),
    "conditions_checked": _("Conditions checked first"),
    "all_competences": _("Every competence required"),
    "retention_months": _("How long a competence is kept"),
    "retention_block_years": _("How long a block is kept"),
    "quorum": _("Quorum"),
    "unsigned_minutes": _("Minutes without a member's signature"),
    "incompatibilities": _("Ties that exclude a juror"),
    "complaint_days": _("Time to complain"),
    "transmission_months": _("Time to send the papers"),
}
# Where the minutes may be corrected, part by part of the place.
PLACES = {
    "held_on": _("Date of the jury"),
    "starts": _("Time"),
    "place": _("Place"),
    "members": _("Member"),
    "excused": _("Excused"),
    "name": _("Name"),
    "organisation": _("Organisation"),
    "reason": _("Reason"),
}
COMPLAINT_STATES = {
    "filed": (pgettext_lazy("complaint", "to be answered"), "due"),
    "upheld": (pgettext_lazy("complaint", "upheld"), "ok"),
    "rejected": (pgettext_lazy("complaint", "rejected"), "refused"),
}


def value_words(kind: str, value: Any) -> str:
    """The value of a rule in words: yes, 15 days, the ties that exclude."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if kind == "ties":
        return ", ".join(str(TIES[tie]) for tie in value) or gettext("none")
    if kind == "side":
        return str(SIDES[value])
    return str(UNITS[kind]) % {"n": value}


def place_words(place: str) -> str:
    """« Member · 2 · Name », « C-4K7RXM · C3 · Reason »: a place of the minutes as people call it."""
    return " · ".join(str(PLACES.get(part, part)) for part in place.split("/") if part != "cases")


CHOICES = {
    "jury_side": SIDES,
    "jury_state": {code: word for code, (word, _look) in JURY_STATES.items()},
    "tie": TIES,
    "rule": RULES,
    "origin": ORIGINS,
    "complaint_outcome": {code: word for code, (word, _look) in COMPLAINT_STATES.items()},
}

REFUSALS = {
    "no_such_jury": _("No jury is called « %(jury)s »."),
    "no_such_juror": _("%(person)s holds no seat in %(jury)s."),
    "no_such_case": _("%(candidate)s is not before %(jury)s."),
    "no_such_jury_rule": _("« %(rule)s » is not a rule of the jury."),
    "no_such_complaint": _("There is no complaint number %(complaint)s."),
    "no_minutes_yet": _("%(jury)s has no minutes yet."),
    "jury_rule_unknown": _("No text gives the rule « %(rule)s »: the centre enters it with its source."),
    "jury_rule_needs_a_source": _("Say where « %(rule)s » comes from: a text, or a decision of the house."),
    "jury_rule_is_fixed": _("« %(rule)s » is required by the reference itself: nothing else is entered."),
    "jury_rule_text_stands": _(
        "A text in force gives « %(rule)s »: only another text replaces it, not a rule of the house."
    ),
    "jury_rule_changed_meanwhile": _("Somebody has entered « %(rule)s » since you opened the page: read it."),
    "jury_rule_not_understood": _("« %(typed)s » is not a value for « %(rule)s »."),
    "registration_incomplete": _("Give the RNCP number of %(reference)s, its dates and their source."),
    "registration_dates_crossed": _("The registration ends (%(until_on)s) before it begins (%(since_on)s)."),
    "jury_parity_broken": _(
        "Parity does not hold: %(employers)s employer members, %(unions)s union members."
    ),
    "jury_union_twice": _("One member per union: %(organisations)s stands twice."),
    "jury_needs_one_chair": _("A jury has one chair; %(found)s named here."),
    "jury_chair_on_the_wrong_side": _("%(person)s may not chair: the chair is on the side of %(jury_side)s."),
    "jury_date_is_past": _("The date of the jury (%(held_on)s) is past."),
    "jury_unions_not_asked_yet": _("The unions were not asked yet (%(unions_asked_on)s is to come)."),
    "jury_unions_asked_too_late": _(
        "Unions asked on %(unions_asked_on)s: for that date it was due by %(latest_on)s (%(days)s calendar days)."
    ),
    "jury_convened_meanwhile": _("Another jury was convened at the same time: send again."),
    "juror_leave_not_noticed": _(
        "The employer of %(person)s was to be told by %(latest_on)s (%(days)s calendar days)."
    ),
    "juror_twice": _("%(person)s holds, or held, a seat in this jury already."),
    "juror_without_role": _("%(person)s does not hold the role of juror."),
    "juror_without_organisation": _("Say for which organisation %(person)s sits."),
    "juror_not_independent": _("%(person)s may not judge %(candidate)s: %(tie)s."),
    "assessor_not_independent": _("%(person)s may not evaluate this candidate: %(tie)s."),
    "jury_without_candidates": _("A jury is convened for at least one candidate."),
    "case_of_another_reference": _("%(candidate)s is registered for another reference (%(reference)s)."),
    "case_before_another_jury": _("%(candidate)s is already before %(jury)s."),
    "case_not_concluded": _("The commission of %(candidate)s has not concluded."),
    "case_already_decided": _("The jury has already decided for %(candidate)s."),
    "case_not_decided": _("The jury has not decided for %(candidate)s."),
    "jury_past_that_point": _("%(jury)s is %(jury_state)s: this is no longer, or not yet, possible."),
    "jury_region_not_informed": _("The regional committee was not told the composition and the calendar."),
    "jury_declarations_missing": _("Ties with the candidates not declared by: %(people)s."),
    "jury_chair_absent": _("The chair is absent."),
    "jury_quorum_not_met": _("%(present)s jurors present: %(quorum)s are needed."),
    "jury_is_not_today": _("The jury sits on %(held_on)s: this is signed on that day."),
    "jury_conditions_not_found_met": _(
        "The jury first finds the conditions of organisation and admission met."
    ),
    "juror_signed_already": _("%(person)s has already signed the attendance sheet."),
    "declaration_incomplete": _("Declare your ties with each candidate, or none: %(candidates)s."),
    "date_is_to_come": _("%(told_on)s is to come: write down what was done."),
    "only_the_chair": _("Only the chair (%(person)s) does this."),
    "jury_voices_missing": _("%(competence)s: %(people)s did not speak."),
    "jury_voice_of_an_absent": _("A voice was given for somebody who is not present: %(people)s."),
    "jury_no_majority": _("%(competence)s: no majority, and the chair abstained."),
    "jury_refusal_needs_a_reason": _("%(competence)s is not validated: write why."),
    "competence_not_asked": _("%(competence)s is not to be decided for this candidate."),
    "competence_said_twice": _("A competence stands twice."),
    "minutes_signed_already": _("%(person)s has already signed these minutes."),
    "minutes_signed_by_an_absent": _("%(person)s was not present: only those present sign the minutes."),
    "minutes_not_those_read": _("These are not the minutes you read: reload the page, read them, sign."),
    "minutes_need_every_signature": _(
        "The centre decided that minutes never close without the signature of a member present."
    ),
    "minutes_signed_by_nobody": _("Nobody would have signed these minutes: one member at least signs them."),
    "only_the_centre_for_the_chair": _("That the chair (%(person)s) cannot sign, the centre states."),
    "minutes_not_signed_yet": _("Every member present signs the minutes of %(jury)s first."),
    "minutes_place_not_corrigible": _(
        "« %(place)s » is not corrected by a rectification: an outcome is decided again by a jury."
    ),
    "written_meanwhile": _("Somebody wrote at the same time, several times over: start again."),
    "notified_already": _("The letter was already sent to %(candidate)s."),
    "not_notified_yet": _("%(candidate)s has received no letter yet."),
    "candidate_not_notified": _("%(candidate)s has received no letter yet."),
    "complaint_without_grounds": _("Write what you dispute."),
    "complaint_of_somebody_else": _("Only the candidate of %(candidate)s complains."),
    "complaint_too_late": _("The time to complain ended on %(until_on)s."),
    "complaint_already_open": _("A complaint of %(candidate)s is waiting for its answer."),
    "complaint_answered_already": _("This complaint was already answered."),
    "complaint_still_possible": _(
        "%(candidate)s may still complain until %(until_on)s: close the folder after."
    ),
    "certificate_still_owed": _("Everything is validated for %(candidate)s: issue the certificate first."),
    "complaint_still_open": _("A complaint of %(candidate)s is waiting for its answer."),
    "reviewer_not_independent": _("%(person)s took part in this case: somebody else answers."),
    "file_archived": _("%(candidate)s is archived."),
    "receiver_missing": _("Say who received the papers at the technical group."),
    "not_transmitted_yet": _("The papers of %(jury)s were not sent yet."),
    "receipt_noted_already": _("The receipt of the papers of %(jury)s is noted already (%(received_on)s)."),
    "received_before_sent": _("The papers were sent on %(sent_on)s: they were not received before."),
    "control_without_remarks": _("Write down the remarks of the technical group."),
    "control_noted_already": _("What the technical group found of %(jury)s is noted already (%(told_on)s)."),
    "case_competence_lapsed": _(
        "%(candidate)s: no longer kept on %(held_on)s and not evaluated for this file: %(competences)s. "
        "Choose an earlier day, or register the candidate again."
    ),
    "name_needed_by_a_file": _("%(candidate)s is not settled and needs this name: settle it first."),
    "name_needed_by_a_jury": _("%(jury)s is not closed and needs this name: close it or replace the juror."),
    "transmitted_already": _("The papers of %(jury)s were already sent."),
}
FACTS = {
    "qualification.jury_rule_entered": _("Rule of the jury « %(rule)s » entered: %(value)s (%(source)s)"),
    "qualification.registration_entered": _("RNCP registration of %(reference)s entered: %(number)s"),
    "qualification.jury_convened": _("%(jury)s convened for %(held_on)s"),
    "qualification.region_informed": _("%(jury)s: regional committee told on %(told_on)s"),
    "qualification.leave_noticed": _("%(jury)s: employer of %(person)s told on %(told_on)s"),
    "qualification.juror_excused": _("%(jury)s: %(person)s excused"),
    "qualification.juror_replaced": _("%(jury)s: %(person)s takes a seat"),
    "qualification.independence_declared": _("%(jury)s: ties with the candidates declared by %(person)s"),
    "qualification.case_withdrawn": _("%(candidate)s withdrawn from %(jury)s"),
    "qualification.jury_called_off": _("%(jury)s called off"),
    "qualification.juror_attended": _("%(jury)s: %(person)s present"),
    "qualification.sitting_opened": _("%(jury)s: sitting opened, conditions found met"),
    "qualification.case_decided": _("%(jury)s has decided for %(candidate)s"),
    "qualification.minutes_locked": _("Minutes of %(jury)s locked"),
    "qualification.minutes_signed": _("Minutes of %(jury)s signed by %(person)s"),
    "qualification.member_unable": _("%(jury)s: %(person)s, present, could not sign the minutes"),
    "qualification.minutes_rectified": _("Minutes of %(jury)s rectified by a dated act"),
    "qualification.candidate_notified": _(
        "Result sent to %(candidate)s; complaint until %(complaint_until)s"
    ),
    "qualification.complaint_filed": _("%(candidate)s disputes a decision of %(jury)s"),
    "qualification.complaint_answered": _("Complaint of %(candidate)s answered: %(complaint_outcome)s"),
    "qualification.jury_transmitted": _("Papers of %(jury)s sent to the joint technical group"),
    "qualification.transmission_received": _(
        "Papers of %(jury)s received by the joint technical group on %(received_on)s"
    ),
    "qualification.jury_controlled": _("%(jury)s controlled by the joint technical group on %(told_on)s"),
    "qualification.names_struck": _("Names in the papers of %(jury)s gone with time"),
}
MEANINGS = {
    "jury_rule_entered": _("Rule of the jury entered with its source"),
    "registration_entered": _("RNCP registration entered"),
    "jury_convened": _("Jury convened"),
    "independence_declared": _("Ties with the candidates declared"),
    "juror_attended": _("Present at the jury"),
    "sitting_opened": _("Conditions found met, sitting opened"),
    "jury_decided": _("Decision of the jury"),
    "minutes_signed": _("Minutes approved"),
    "minutes_rectified": _("Minutes rectified"),
    "member_unable": _("Stated that a member cannot sign"),
    "complaint_answered": _("Complaint answered"),
}
NOTICES = {
    "jury_invitation": _("You are invited to a jury on %(held_on)s (%(thing)s): declare your ties"),
    "jury_tie": _("%(person)s declares a tie with a candidate (%(thing)s)"),
    "jury_result": _("The jury has decided (%(thing)s): your letter is there"),
    "complaint_filed": _("%(thing)s: a complaint is to be answered"),
    "complaint_answered": _("%(thing)s: your complaint was answered"),
}
