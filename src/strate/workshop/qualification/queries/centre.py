"""What the certification centre decided where the source is silent, each with where it takes it from."""

from typing import Any

from django.db.models import Max

from strate.workshop.qualification.models import CentreValue
from strate.workshop.qualification.rules.evaluation import LEAST_MEMBERS, MEMBERS_SOURCE

LEAST_MEMBERS_KEY = "commission.least_members"


def value(key: str, *about: str) -> CentreValue | None:
    """The last decision: for one of these, in order, else for all; nothing when the centre decided nothing."""
    for each in (*about, ""):
        found = CentreValue.objects.filter(key=key, about=each).order_by("-pk").first()
        if found:
            return found
    return None


def last() -> int:
    """The last decision of all: what a page had before its eyes."""
    return int(CentreValue.objects.aggregate(last=Max("pk"))["last"] or 0)


def values() -> list[CentreValue]:
    """What counts today, by key."""
    latest: dict[tuple[str, str], CentreValue] = {}
    for each in CentreValue.objects.order_by("pk"):
        latest[(each.key, each.about)] = each
    return sorted(latest.values(), key=lambda v: (v.key, v.about))


def least_members(reference: str) -> tuple[int, str]:
    """How many evaluate a candidate at least, and where that comes from."""
    found = value(LEAST_MEMBERS_KEY, reference)
    if found is None:
        return LEAST_MEMBERS, MEMBERS_SOURCE
    return max(int(found.value), LEAST_MEMBERS), found.source


def plain_value(key: str, *about: str) -> Any:
    found = value(key, *about)
    return None if found is None else found.value
