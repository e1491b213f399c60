"""Long work done before the act that needs it: the act writes it down if it is still exact, else it is done again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments import store
from strate.workshop.attachments.rules import Stored
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.qualification.documents import printing
from strate.workshop.qualification.documents.papers import Paper

TRIES = 3
Given = ParamSpec("Given")
Made = TypeVar("Made")


class Outdated(Exception):
    """Somebody wrote between the long work and the act: what was made is not what the act says."""


@dataclass(frozen=True)
class Ready:
    """A file kept before the act, and the digest of what it was made from; nothing when it could not be made yet."""

    made_from: str = ""
    stored: Stored | None = None

    def taken(self, made_from: str) -> Stored:
        """The file, if it was made from this very content; called inside the act."""
        if self.stored is None or self.made_from != made_from:
            raise Outdated
        return self.stored

    def paper(self, paper: Paper, *, at: datetime) -> Stored:
        return self.taken(source_of(paper, at=at))

    def __enter__(self) -> "Ready":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Nobody will open what no act speaks of: refused or outdated, the file goes."""
        if kind and self.stored is not None and not attachments.known([self.stored.digest]):
            store.path_of(self.stored.digest).unlink(missing_ok=True)


def printed(paper: Paper | None, *, at: datetime) -> Ready:
    """Print a paper and keep it, before the act; nothing to print yet: the act will say why."""
    if paper is None:
        return Ready()
    pages = printing.printed(paper, at=at)
    return Ready(source_of(paper, at=at), store.keep(pages, f"{paper.number}.pdf", untouched=True))


def source_of(paper: Paper, *, at: datetime) -> str:
    """The digest of everything a paper is printed from: its words, its data, its layout, its date."""
    told = json.dumps(paper.told(), ensure_ascii=False, sort_keys=True, default=str)
    parts = [told, at.isoformat(), printing.in_force(paper.kind)]
    parts += [hashlib.sha256(each.content).hexdigest() for each in paper.attached]
    return digest_of(*parts)


def digest_of(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def prepared(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """Decorator of an action whose long work comes before its act: done again when somebody wrote meanwhile."""

    @wraps(action)
    def carried_out(*args: Given.args, **named: Given.kwargs) -> Made:
        for _try in range(TRIES):
            try:
                return action(*args, **named)
            except Outdated:
                continue
        raise RuleBroken("written_meanwhile")

    return carried_out
