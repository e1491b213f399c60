"""The sentences of a reference and of a candidate's file, up to its signature."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "no_such_reference": _("No reference is called « %(reference)s » (version %(version)s)."),
    "no_such_block": _("No block is called « %(block_name)s »."),
    "no_such_candidate": _("No candidate bears the number « %(candidate)s »."),
    "no_such_competence": _("« %(competence)s » is not a competence of %(candidate)s."),
    "no_such_target": _("« %(target)s » is not a line of this reference."),
    "no_such_modality": _("« %(modality)s » is not a modality of this reference."),
    "no_such_question": _("No question is called « %(question)s »."),
    "reference_id_twice": _("The identifier « %(target)s » stands twice."),
    "reference_block_mismatch": _("Block « %(block_name)s » and « %(target)s » do not name each other."),
    "reference_is_frozen": _(
        "%(reference)s, version %(version)s, was approved: it never changes. Start another version."
    ),
    "reference_version_exists": _("%(reference)s, version %(version)s, is already there."),
    "centre_value_changed_meanwhile": _(
        "Somebody has decided this since you opened the page: open it again and read it."
    ),
    "reference_changed_meanwhile": _(
        "%(by)s has changed %(reference)s since you opened it: reload it, then make your change again."
    ),
    "reference_approved_by_its_author": _("%(author)s wrote this version: somebody else approves it."),
    "reference_not_in_force": _(
        "%(reference)s has no approved version: nobody can be registered for it yet."
    ),
    "block_has_another_title": _(
        "The block « %(block_name)s » is known as « %(title)s »: a block has one title wherever it is named."
    ),
    "block_not_in_reference": _("The block « %(block_name)s » is not part of %(reference)s."),
    "centre_value_without_source": _(
        "Say where this value comes from: a rule without its source is not applied."
    ),
    "centre_value_changed_without_reason": _("This was decided already (%(value)s): say why it changes."),
    "centre_value_unknown": _("« %(key)s » is not decided here."),
    "centre_value_not_usable": _("« %(value)s » cannot be this value."),
    "question_without_words": _("Write the question."),
    "question_is_approved": _("%(question)s is approved: withdraw it and write another."),
    "question_is_settled": _("%(question)s was settled already."),
    "question_approved_by_its_author": _("%(author)s wrote this question: somebody else approves it."),
    "candidate_registered_already": _("%(person)s is registered already for this: one open file at a time."),
    "candidate_speaks_for_company": _("The candidate cannot speak for their own company."),
    "not_a_party_to_the_file": _(
        "%(candidate)s concerns only the candidate, the centre, the commission and the company."
    ),
    "file_is_settled": _("%(candidate)s is past this stage: it can no longer be changed here."),
    "file_changed_meanwhile": _("%(candidate)s was changed since you opened it: read it again."),
    "file_not_signed": _(
        "%(candidate)s is not signed by both sides, or the candidate has not been told yet."
    ),
    "report_deadline_without_source": _("Say where the deadline of the report comes from."),
    "report_deadline_missing": _("A competence is evaluated by projects: fix the deadline of the report."),
    "applicability_without_reason": _("Say why %(target)s applies or not."),
    "applicability_undecided": _(
        "Decide, with a reason, whether these lines apply (%(count)s): %(targets)s."
    ),
    "modality_missing": _("Say how %(competence)s is evaluated."),
    "commission_too_small": _("Members of the commission: %(count)s; at least %(least)s are needed."),
    "candidate_in_own_commission": _("Nobody evaluates their own competences."),
    "company_person_in_commission": _(
        "%(person)s gives the company's opinion: they do not sit in the commission."
    ),
    "company_person_missing": _("Say who signs for the company and gives its opinion."),
    "place_missing": _("Say where the evaluation takes place."),
    "dates_missing": _("Say from when to when the evaluation takes place."),
    "dates_in_disorder": _("The evaluation ends before it begins."),
    "member_without_qualification": _("Say what qualifies %(person)s to evaluate."),
    "member_is_no_assessor": _("%(person)s does not hold the role of assessor."),
    "not_in_the_commission": _("%(person)s is not in the commission of this file."),
    "file_signed_already": _("The file is signed already for this side: %(side)s."),
    "file_signed_by_two_sides": _("One person signs for one side only."),
    "not_a_signatory": _("You sign for none of the sides of %(candidate)s."),
    "only_the_candidate": _("Only the candidate of %(candidate)s does this."),
}

FACTS = {
    "qualification.references_loaded": _("References brought in: %(references)s"),
    "qualification.reference_typed": _("Reference %(reference)s, version %(version)s, written"),
    "qualification.reference_approved": _("Reference %(reference)s, version %(version)s, approved"),
    "qualification.centre_value_set": _("The centre decided « %(key)s »: %(value)s (%(source)s)"),
    "qualification.questions_loaded": _("Example questions brought in: %(count)s"),
    "qualification.question_typed": _("Question written on %(target)s"),
    "qualification.question_approved": _("Question on %(target)s approved"),
    "qualification.question_withdrawn": _("Question on %(target)s withdrawn"),
    "qualification.candidate_registered": _("Candidate registered: %(reference)s, version %(version)s"),
    "qualification.file_framed": _("Place, dates and accommodations of the file settled"),
    "qualification.modalities_set": _("Modalities of evaluation settled"),
    "qualification.modalities_settled": _("Modalities and applicability settled"),
    "qualification.applicability_decided": _("Applicability of the conditional criteria decided"),
    "qualification.member_named": _("Member named to the commission"),
    "qualification.member_released": _("Member released from the commission"),
    "qualification.file_signed": _("File signed for its side: %(side)s"),
    "qualification.collection_accepted": _("The candidate knows how evidence is collected: it begins"),
    "qualification.file_cancelled": _("File closed before the jury"),
}

MEANINGS = {
    "reference_approved": _("Reference approved"),
    "file_signed": _("File of evaluation agreed"),
    "collection_known": _("Collection of evidence known and accepted"),
}

NOTICES = {
    "candidate_registered": _("You are registered as a candidate (%(thing)s)"),
    "named_to_commission": _("You are named to the commission of %(thing)s"),
    "file_signed": _("%(thing)s is signed: read how evidence is collected, then say so"),
    "collection_begun": _("%(thing)s: the evaluation may begin"),
    "file_cancelled": _("%(thing)s was closed"),
}

STATES = {
    "registered": _("registered"),
    "modalities": _("being prepared"),
    "signed": pgettext_lazy("file", "signed"),
    "collecting": _("under evaluation"),
    "evaluated": _("evaluated"),
    "commission_concluded": _("before the jury"),
    "jury": _("at the jury"),
    "decided": _("decided"),
    "archived": _("archived"),
    "cancelled": pgettext_lazy("file", "closed"),
}
STATUSES = {
    "employee": _("Employee"),
    "vae": _("Validation of experience (VAE)"),
    "job_seeker": _("Job seeker"),
    "other": _("Other status"),
}
CAPACITIES = {
    "tutor": _("Tutor"),
    "line_manager": _("Line manager"),
    "functional_manager": _("Functional manager"),
}
PLACES = {
    "company": _("Company"),
    "training_centre": _("Approved training centre"),
    "other": _("Any other suitable place"),
}
SIDES = {"centre": _("the centre"), "company": _("the company"), "candidate": _("the candidate")}
MODES = {
    "MOD1": _("Evaluation in real work"),
    "MOD2": _("Presentation of projects or activities"),
}
CONDITIONAL = {
    "le_cas_echeant": _("where applicable"),
    "selon_la_matiere_premiere": _("depending on the raw material"),
    "pieces_metalliques": _("for metal parts"),
    "": _("goes with a conditional criterion"),
}
REFERENCE_STATES = {
    "draft": pgettext_lazy("reference", "draft"),
    "approved": pgettext_lazy("reference", "in force"),
    "replaced": pgettext_lazy("reference", "replaced"),
}
QUESTION_STATES = {
    "draft": _("to approve"),
    "example": _("example, to approve"),
    "approved": pgettext_lazy("question", "approved"),
    "withdrawn": pgettext_lazy("question", "withdrawn"),
}
CHOICES = {"side": SIDES, "file_state": STATES}

# What the heading of a reference may leave blank, as it is called.
HEADING = {
    "code_qualification": _("Number of the qualification"),
    "niveau": _("Level"),
    "code_rncp": _("RNCP code"),
    "inscrit_rncp": _("Registered at RNCP"),
    "codes_nsf": _("NSF codes"),
    "codes_rome": _("ROME codes"),
    "formacodes": _("Formacodes"),
    "date_modification": _("Date of the last change"),
}

# What a centre decides about files; the rules of the jury have their own page.
CENTRE_KEYS = {
    "commission.least_members": _("Least number of members of a commission"),
    "block.code": _("Code of a block"),
    "reference.qualification_number": _("Number of the qualification"),
    "reference.level": _("Level of the certificate"),
}
