"""The verbs of notices: tell somebody, note that it was read."""

from collections.abc import Iterable
from typing import Any

from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.rules import plain
from strate.workshop.notices import queries
from strate.workshop.notices.models import Notice, NoticeRead, NoticeTo


def notify(*, by: Actor, to: str | Iterable[str], about: str, code: str, **values: Any) -> Notice:
    """Tell roles, persons or stations something about a thing; part of the act that calls it."""
    addressees = [to] if isinstance(to, str) else list(dict.fromkeys(to))
    notice = Notice.objects.create(about=about, code=code, values=plain(values), by=by.person, at=clock.now())
    NoticeTo.objects.bulk_create(NoticeTo(notice=notice, to=each) for each in addressees)
    return notice


def mark_read(*, by: Actor, notice: int) -> None:
    """Note that this person has seen a notice: a state of their screen, not a fact."""
    if by.person and queries.meant_for(by).filter(pk=notice).exists():
        _read(by, [notice])


def mark_all_read(*, by: Actor) -> None:
    """Note that this person has seen everything told to them so far."""
    if by.person:
        _read(by, [n.pk for n in queries.unread(by)])


def _read(by: Actor, notices: list[int]) -> None:
    at = clock.now()
    rows = [NoticeRead(notice_id=pk, person=by.person, at=at) for pk in notices]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)
