"""The laws of documents: whom a manual or a rule concerns, and before which gesture it is read."""

from collections.abc import Iterable


def concerns(
    roles: Iterable[str], machines: Iterable[str], *, mine: Iterable[str], on: Iterable[str]
) -> bool:
    """Whether a document is for this person: the roles and machines it names; none means everyone."""
    return covers(roles, mine) and covers(machines, on)


def covers(named: Iterable[str], at_hand: Iterable[str]) -> bool:
    """Whether what a document names (none: everything) is at hand."""
    wanted = {each.rpartition(":")[2] for each in named}
    return not wanted or bool(wanted & {each.rpartition(":")[2] for each in at_hand})
