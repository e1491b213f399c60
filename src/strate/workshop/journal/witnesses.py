"""Who stands beside the person who acts: found while the act is judged, told in its own fact."""

from contextvars import ContextVar

# Open while an act is; a page that only looks has nowhere to write.
beside: ContextVar[set[str] | None] = ContextVar("beside_the_act", default=None)


def relies_on(person: str) -> None:
    """This act is allowed because this person watches; nothing to say when nobody does, or when no act is open."""
    found = beside.get()
    if found is not None and person:
        found.add(person)
