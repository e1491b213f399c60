"""How people are shown: what they did, what they hold, what a team can do."""

from strate.workshop.people.shown.doings import about, signed_by
from strate.workshop.people.shown.records import tables
from strate.workshop.people.shown.skills import coverage_rows, matrix_rows, said, skill

__all__ = ["about", "coverage_rows", "matrix_rows", "said", "signed_by", "skill", "tables"]
