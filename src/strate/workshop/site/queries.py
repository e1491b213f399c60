"""What the site has decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q

from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound
from strate.workshop.site import settings
from strate.workshop.site.models import Place, Setting

_PLACES = Question(lambda: Place.objects.select_related("parent").order_by("code"))
_DECIDED = Question(lambda: Setting.objects.values_list("key", "value"))
# Read once per request and forgotten with it: another process may change a decision at any time.
_remembered: ContextVar[dict[str, str] | None] = ContextVar("site_settings", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """While a request is answered, the decisions are read from the database once at most."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """After a change, in the same request."""
    kept = _remembered.get()
    if kept is not None:
        kept.clear()


def value(key: str) -> Any:
    """What the site has decided for this key, in its own type; the default while nothing was decided."""
    found = settings.find(key)
    kept = _remembered.get()
    if kept is None:
        row = Setting.objects.filter(pk=key).values_list("value", flat=True).first()
        return found.default if row is None else found.read(row)
    if not kept:
        kept.update(_DECIDED.all())
        kept.setdefault("", "")
    return found.read(kept[key]) if key in kept else found.default


def decided() -> dict[str, str]:
    """The keys somebody has decided, with their value as kept."""
    return dict(_DECIDED.all())


def place(code: str) -> Place:
    """A place by its code."""
    found = Place.objects.select_related("parent").filter(code=code).first()
    if not found:
        raise NotFound("no_such_place", place=code)
    return found


def places(*, also_closed: bool = False) -> list[Place]:
    """The places of the site."""
    return [each for each in _PLACES.all() if also_closed or not each.closed]


def search_places(text: str, limit: int = 20) -> list[Place]:
    """Places whose code or title holds this text."""
    return list(
        Place.objects.filter(Q(code__icontains=text) | Q(title__icontains=text), closed=False)[:limit]
    )
