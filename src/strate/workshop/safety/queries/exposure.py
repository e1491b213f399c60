"""The air: limits in force on a day, and what was measured where."""

from datetime import date

from django.db.models import QuerySet

from strate.workshop.safety import rules
from strate.workshop.safety.models import Divisors, Exposure


def silica_limits(on: date) -> rules.Limits:
    """The divisors in force that day: the site's own, else those of the text as read."""
    row = Divisors.objects.filter(valid_from__lte=on).first()
    if row is None:
        return rules.SILICA_IN_FORCE
    if row.valid_from < rules.SILICA_IN_FORCE.valid_from <= on:
        return rules.SILICA_IN_FORCE
    return rules.Limits(
        row.valid_from, row.inhalable, row.quartz, row.cristobalite, row.tridymite, row.source
    )


def all_limits() -> list[Divisors]:
    return list(Divisors.objects.all())


def exposures(place: str = "", kind: str = "") -> QuerySet[Exposure]:
    """What was measured, latest first."""
    found = Exposure.objects.all()
    if place:
        found = found.filter(place=place)
    return found.filter(kind=kind) if kind else found
