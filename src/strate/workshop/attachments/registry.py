"""Who may open a file: whoever is signed in, unless a room above keeps it for some people only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from strate.workshop.attachments.models import Attachment
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound

# Yes or no for a file the room keeps; nothing for a file it knows nothing of.
Answer = Callable[[Attachment, Actor], bool | None]
NOBODY = Actor(person="")


@dataclass(frozen=True)
class Keeper:
    """A room that keeps files for some people: the kinds of things they are about, and its answer."""

    kinds: frozenset[str]
    opens: Answer


__all__ = ["Answer", "Attachment", "Keeper", "is_kept", "kept_by", "must_open", "opens"]
_keepers: list[Keeper] = []


def kept_by(opens: Answer, *, kinds: Iterable[str] = ()) -> None:
    """A room above keeps files: from now on it is asked before one of them is opened.

    A file also attached, by whoever could open it, to a thing of another kind is seen there as before.
    """
    _keepers.append(Keeper(frozenset(kinds), opens))


def is_kept(row: Attachment) -> bool:
    """Whether a file is for some people only: nobody, for one, may not open it."""
    return not opens(row, NOBODY)


def opens(row: Attachment, by: Actor) -> bool:
    """Whether this person may open this file."""
    answers = [answer for keeper in _keepers if (answer := keeper.opens(row, by)) is not None]
    if not answers or any(answers):
        return True
    kept = {kind for keeper in _keepers for kind in keeper.kinds}
    return any(about.partition(":")[0] not in kept for about in row.uses.values_list("about", flat=True))


def must_open(by: Actor, *digests: str) -> None:
    """Refuse whoever names a file they may not open, as if it had never been received."""
    for row in Attachment.objects.filter(pk__in=digests):
        if not opens(row, by):
            raise NotFound("no_such_file", digest=row.digest)
