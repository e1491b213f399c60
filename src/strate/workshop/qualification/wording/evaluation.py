"""The sentences of the evaluation: evidence, grids, questions, reports, the opinion of the company."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_evidence": _("There is no such piece of evidence in this file (%(piece)s)."),
    "evidence_withdrawn": _(
        "This piece was withdrawn by the candidate: it can no longer be cited (%(piece)s)."
    ),
    "evidence_withdrawn_already": _("This piece is withdrawn already."),
    "evidence_without_title": _("Say what this piece is."),
    "evidence_without_target": _("Say for which criteria this piece speaks."),
    "rehearsal_is_no_evidence": _(
        "This was done on a simulated machine: it is training, not evidence (%(piece)s)."
    ),
    "finding_not_possible": _("« %(finding)s » cannot be said of %(target)s."),
    "not_applicable_without_reason": _("%(target)s: say why it does not apply."),
    "applicability_decided_before": _(
        "%(target)s applies: it was decided with the file, before the evaluation."
    ),
    "target_does_not_apply": _(
        "%(target)s does not apply: it was decided with the file, before the evaluation."
    ),
    "grid_not_whole": _("Lines without a finding (%(count)s): %(targets)s."),
    "grid_text_too_long": _("%(target)s: the text is longer than %(limit)s signs."),
    "grid_cites_too_much": _("%(target)s: no more than %(limit)s pieces are cited on one line."),
    "observed_in_the_future": _(
        "%(day)s is still to come: an observation is written down after it was made."
    ),
    "grid_empty": _("Nothing is written yet for %(competence)s."),
    "grid_signed_already": _("Your grid for %(competence)s was signed at %(at)s: it never changes."),
    "grid_saved_elsewhere": _(
        "Your grid for %(competence)s was changed on another tablet since you opened it. What you typed is still here: "
        "compare, then keep it if it is the right one."
    ),
    "commission_concluded_meanwhile": _(
        "The commission of %(candidate)s has just concluded: send it once more."
    ),
    "commission_has_concluded": _("The commission of %(candidate)s has concluded: nothing more counts."),
    "grid_not_signed": _("%(person)s has not signed their grid for %(competence)s."),
    "opinion_missing": _("The company has not given its opinion."),
    "no_opinion_in_vae": _("In VAE the company gives no opinion."),
    "only_the_company": _("Only the person who speaks for the company in %(candidate)s gives its opinion."),
    "opinion_given_already": _("The company has given its opinion already."),
    "opinion_on_activity_missing": _("Give an opinion on activity %(activity)s."),
    "opinion_without_words": _("Activity %(activity)s: say why the opinion is not fully favourable."),
    "late_report_undecided": _("A report came late: the centre decides whether it is taken (%(count)s)."),
    "negative_proposal_without_reasons": _("A proposal « not acquired » says why, in writing."),
    "proposed_meanwhile": _(
        "Another member has proposed something for %(competence)s since you opened the page: read it. "
        "What you typed is still here."
    ),
    "proposals_changed_meanwhile": _(
        "The proposals of %(candidate)s were changed since you opened the page: read them again."
    ),
    "proposal_missing": _("Nothing is proposed yet for %(competence)s."),
    "question_not_approved": _("%(question)s is not approved: it is not asked yet."),
    "question_needs_words": _("Write the question and the answer."),
    "no_report_expected": _("No report is expected in %(candidate)s: no deadline was fixed."),
    "report_without_file": _("Choose the file of the report."),
    "report_without_title": _("Give the report a title."),
    "no_such_report": _("No report bears the receipt « %(receipt)s »."),
    "report_decided_already": _("There is nothing to decide about the report %(receipt)s."),
    "presentation_missing": _(
        "%(competence)s is evaluated by projects: it is not proposed as acquired before they were presented."
    ),
    "report_missing": _("No report was received and taken for %(candidate)s."),
    "competence_not_by_projects": _("%(competence)s is not evaluated by the presentation of projects."),
    "presentation_not_held_yet": _("A presentation is written down after it was held."),
    "presentation_of_nothing": _("Say which competences were presented."),
}

FACTS = {
    "qualification.evidence_commented": _("Evidence commented by the candidate"),
    "qualification.evidence_tied": _("Evidence tied to criteria by the candidate: %(targets)s"),
    "qualification.evidence_withdrawn": _(
        "Evidence withdrawn by the candidate (%(sha256)s), cited in %(cited)s lines"
    ),
    "qualification.evidence_restored": _("Withdrawn evidence brought back (%(sha256)s)"),
    "qualification.evidence_added": _("Evidence added by the candidate for %(targets)s"),
    "qualification.grid_saved": _("Grid of %(competence)s kept (version %(version)s)"),
    "qualification.grid_kept_late": _(
        "Grid of %(competence)s kept as a late draft: the commission had concluded"
    ),
    "qualification.grid_signed": _("Grid of %(competence)s signed"),
    "qualification.question_asked": _("Question asked on %(target)s"),
    "qualification.report_received": _(
        "Report received at %(received_at)s, due at %(due_at)s, late: %(late)s"
    ),
    "qualification.late_report_decided": _("Late report %(receipt)s, taken: %(accepted)s"),
    "qualification.presentation_held": _("Presentation held on %(held_on)s: %(competences)s"),
    "qualification.opinion_given": _("Opinion of the company given"),
    "qualification.competence_proposed": _("%(competence)s: %(outcome)s"),
    "qualification.commission_concluded": _("The commission has concluded"),
}

MEANINGS = {
    "grid_signed": _("Grid of evaluation"),
    "opinion_given": _("Opinion of the company"),
    "commission_concluded": _("Synthesis of the commission"),
}

NOTICES = {
    "cited_evidence_withdrawn": _("%(thing)s: a piece you cite in a grid was withdrawn by the candidate"),
    "report_received": _("%(thing)s: the report was received"),
    "report_late": _("%(thing)s: the report came after its deadline"),
    "opinion_given": _("%(thing)s: the company gave its opinion"),
    "commission_concluded": _("%(thing)s: the commission has concluded"),
}

FINDINGS = {
    "observed": pgettext_lazy("finding", "Observed"),
    "proved": pgettext_lazy("finding", "Proved"),
    "questioned": pgettext_lazy("finding", "Questioned"),
    "not_observed": pgettext_lazy("finding", "Not observed"),
    "not_applicable": pgettext_lazy("finding", "Not applicable"),
}
CONDITION_FINDINGS = {
    "observed": pgettext_lazy("condition", "Met"),
    "not_observed": pgettext_lazy("condition", "Not met"),
    "not_applicable": pgettext_lazy("finding", "Not applicable"),
}
HEADINGS = {
    "K": _("Conditions of work"),
    "M": _("Methods used"),
    "O": _("Means used"),
    "R": _("Professional relations"),
    "E": _("Constraints of the place and environment of work"),
    "S": _("Expected results"),
}
REACHES = {
    "shows": _("The entry shows it; you judge it"),
    "supports": _("The entry supports it: observe or ask"),
    "human_only": _("Only a person can see it"),
}
NOT_IN_TABLE = _("The table of evidence does not speak of it: only a person can tell")
VERDICTS = {
    "known": _("Known"),
    "partly_known": _("Partly known"),
    "not_known": _("Not known"),
}
OPINIONS = {
    "favourable": _("Favourable"),
    "with_reservations": _("With reservations"),
    "unfavourable": _("Unfavourable"),
}
OUTCOMES = {
    "proposed_acquired": _("Proposed as acquired"),
    "proposed_not_acquired": _("Proposed as not acquired"),
}
CONTEXT = {
    "order": _("Order"),
    "build": _("Build"),
    "machine": _("Machine"),
    "lot": _("Lot"),
    "piece": _("Piece"),
    "procedure": _("Procedure"),
    "plate": _("Plate"),
    "recoater": _("Recoater"),
}
CHOICES = {
    "finding": {**CONDITION_FINDINGS, **FINDINGS},
    "outcome": OUTCOMES,
}
# What a draft of a grid is made of, when it is taken up again.
FIELDS = {
    "finding": _("Finding"),
    "remarks": _("Remarks on this competence"),
    "observed_on": _("Observed on"),
}
