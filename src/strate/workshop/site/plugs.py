"""What the site decides about the rooms below it."""

from strate.workshop.journal.actions import customs
from strate.workshop.site import queries


def late_after_s() -> int:
    """From when on an entry is marked late."""
    minutes: int = queries.value("late_entry_minutes")
    return minutes * 60


customs.late_after_s = late_after_s
