"""What qualification tells of personal data: what is handed to a person, what goes when, what is erased."""

from django.utils.translation import gettext_lazy as _

from strate.workshop.people import registry
from strate.workshop.qualification.actions import forgetting
from strate.workshop.qualification.queries import personal
from strate.workshop.site import settings

registry.personal("qualification", _("Candidate, evaluation, commission"), personal.kept_of)
registry.erasing(forgetting.erase_person)
registry.needing(personal.needed)
# No text that was read gives a time for the minutes of a jury: without one, they stay as they were signed.
UNSET = _("Not set: no text read gives a time; the centre enters its own")
settings.register(
    settings.Field(
        "keep_jury_names_days",
        settings.WHOLE,
        0,
        _("Names in minutes and letters of juries are kept for"),
        _(
            "0: without end. They prove an award; afterwards pseudonyms and digests stay, and the papers are shut."
        ),
        UNSET,
        "people",
        _("days"),
        **settings.bounded(0, 36_500),
    ),
    settings.Field(
        "keep_certificate_names_days",
        settings.WHOLE,
        0,
        _("Names on certificates are kept for"),
        _("0: without end. They prove an award; afterwards their pages are shut, the credentials stay."),
        UNSET,
        "people",
        _("days"),
        **settings.bounded(0, 36_500),
    ),
    settings.Field(
        "keep_evaluation_words_days",
        settings.WHOLE,
        730,
        _("Words of evaluations that are settled are kept for"),
        _("0: without end. Comments, answers and drafts go; grids signed, proposals and digests stay."),
        _("Agreement of 8 November 2019: competences are kept 24 months"),
        "people",
        _("days"),
        **settings.bounded(0, 36_500),
    ),
)
registry.keeps(
    registry.Retention(
        "jury_names",
        _("Names in minutes and letters of juries"),
        UNSET,
        "keep_jury_names_days",
        personal.juries_outlived,
        forgetting.strike_names,
        outlives=True,
    )
)
registry.keeps(
    registry.Retention(
        "certificate_names",
        _("Names on certificates"),
        UNSET,
        "keep_certificate_names_days",
        personal.awards_outlived,
        forgetting.shut_certificates,
        outlives=True,
    )
)
registry.keeps(
    registry.Retention(
        "evaluation_words",
        _("Words of evaluations that are settled"),
        _("Agreement of 8 November 2019: competences are kept 24 months"),
        "keep_evaluation_words_days",
        personal.outlived,
        forgetting.purge,
    )
)
