"""The kinds of things that carry a label, and how each is found: rooms add theirs when the program starts."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import NotFound, Reason, Refused
from strate.workshop.people.roles import permit


@dataclass(frozen=True)
class Gesture:
    """Something to do with a scanned thing: what it is called, where it is done, who may, what speaks against it."""

    label: Any
    url: str
    # The right it needs; nothing for what everybody may look at.
    right: str = ""
    # Why it cannot be done now.
    reasons: tuple[Reason, ...] = ()
    note: Any = ""


@dataclass(frozen=True)
class Thing:
    """A thing as it is shown when it is scanned, anywhere in the house."""

    ref: str
    title: str
    url: str = ""
    state: str = ""
    lines: list[tuple[Any, str]] = field(default_factory=list)
    gestures: list[Gesture] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind of thing: `lot`, `plate`... `find(code)` gives it or None; `search(text, limit)` some."""

    code: str
    label: Any
    find: Callable[[str], Thing | None]
    search: Callable[[str, int], list[Thing]] | None = None
    icon: str = "scan"
    # Whom what happened to it is told, `told_to(code, by)`; everybody, unless its room says otherwise.
    told_to: Callable[[str, Actor], bool] | None = None


@dataclass(frozen=True)
class Panel:
    """What a higher room shows on the page of any thing; a small `rank` comes first."""

    title: Any
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    rank: int = 50


# From references of one kind to what their labels say: (title, lines, status, signs of danger).
Labelled = tuple[str, tuple[str, ...], str, tuple[str, ...]]
LabelsOf = Callable[[list[str]], dict[str, Labelled]]
# From the codes of one kind to how these things are called.
TitlesOf = Callable[[list[str]], dict[str, str]]
PanelOf = Callable[[str, Actor], Panel | None]
GestureOf = Callable[[str, Actor], Gesture | None]
GesturesOf = Callable[[str, Actor], Iterable[Gesture]]

_kinds: dict[str, Kind] = {}
_panels: list[PanelOf] = []
_gestures: list[GestureOf] = []
_doable: list[GesturesOf] = []
_labels: dict[str, LabelsOf] = {}
_titled: dict[str, TitlesOf] = {}
# Read for one page and forgotten with it: a thing may be renamed at any time.
_titles: ContextVar[dict[str, str] | None] = ContextVar("titles_of_things", default=None)


def register(kind: Kind) -> None:
    """A room makes one of its kinds of thing findable."""
    if kind.code in _kinds:
        raise RuntimeError(f"kind {kind.code} is registered twice")
    _kinds[kind.code] = kind


def panel(fn: PanelOf) -> PanelOf:
    """A room above shows something on the page of any thing: `fn(ref, by)` gives a panel, or None."""
    _panels.append(fn)
    return fn


def panels(ref: str, by: Actor) -> list[Panel]:
    found = (fn(ref, by) for fn in _panels)
    return sorted((p for p in found if p), key=lambda p: p.rank)


def gesture(fn: GestureOf) -> GestureOf:
    """A room above offers something to do with any thing: `fn(ref, by)` gives a gesture, or None."""
    _gestures.append(fn)
    return fn


def doable(fn: GesturesOf) -> GesturesOf:
    """A room tells all that is done with things of its kind, possible now or not: `fn(ref, by)`."""
    _doable.append(fn)
    return fn


def to_do(thing: Thing, by: Actor) -> tuple[list[Gesture], list[Gesture]]:
    """What this person can do with a thing now, and what not, with all the reasons; each address once."""
    told = [g for fn in _doable for g in fn(thing.ref, by)]
    now, later, seen = [], [], set()
    for each in [*told, *thing.gestures, *gestures(thing.ref, by)]:
        if each.url in seen:
            continue
        seen.add(each.url)
        reasons = against(each, by)
        if reasons:
            later.append(replace(each, reasons=reasons))
        else:
            now.append(each)
    return now, later


def against(gesture: Gesture, by: Actor) -> tuple[Reason, ...]:
    """All that speaks against a gesture: who asks, then how the thing stands."""
    try:
        if gesture.right:
            permit(by, gesture.right)
    except Refused as refused:
        return (*refused.reasons, *gesture.reasons)
    return gesture.reasons


def gestures(ref: str, by: Actor) -> list[Gesture]:
    """What any thing allows, besides what its own kind offers."""
    return [g for fn in _gestures if (g := fn(ref, by))]


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def is_told(ref: str, by: Actor) -> bool:
    """Whether somebody may read what happened to a thing; of what no room knows, nobody is told."""
    kind, _sep, code = ref.partition(":")
    known = _kinds.get(kind)
    return known is not None and (known.told_to is None or known.told_to(code, by))


def labelled(kind: str) -> Callable[[LabelsOf], LabelsOf]:
    """`@labelled("container")` on a function that tells, for many references at once, what their labels say."""

    def keep(fn: LabelsOf) -> LabelsOf:
        _labels[kind] = fn
        return fn

    return keep


def labels_of(refs: Iterable[str]) -> dict[str, Labelled]:
    """What the labels of these things say, in the order asked; refused when one of them is not here."""
    asked = list(dict.fromkeys(refs))
    told: dict[str, Labelled] = {}
    for kind, fn in _labels.items():
        told |= fn([ref for ref in asked if ref.startswith(f"{kind}:")])
    return {ref: told.get(ref) or _plain_label(ref) for ref in asked}


def _plain_label(ref: str) -> Labelled:
    thing = find(ref)
    lines = tuple(gettext("%(word)s: %(value)s") % {"word": w, "value": v} for w, v in thing.lines[:3])
    return str(thing.title), lines, "", ()


def find(ref: str) -> Thing:
    """The thing a reference names; refused when its kind is unknown or nothing bears that code."""
    kind, _sep, code = ref.strip().partition(":")
    found = _kinds[kind].find(code) if kind in _kinds and code.isprintable() and code else None
    if found is None:
        raise NotFound("no_such_thing", thing=ref)
    return found


def matching(text: str) -> list[Thing]:
    """Every thing a scanned text names exactly: `kind:code`, or a bare code whatever its kind."""
    text = text.strip()
    if not text.isprintable():  # no label holds control signs
        return []
    kind, sep, code = text.partition(":")
    if sep and kind in _kinds:
        found = _kinds[kind].find(code.strip()) if code.strip() else None
        return [found] if found else []
    return [thing for each in _kinds.values() if (thing := each.find(text))] if text else []


def resolve(labels: Iterable[str]) -> list[str]:
    """The references of what was scanned or typed; a label that names none or several is refused."""
    found = {label: matching(label) for label in labels}
    wrong = [
        Reason("label_names_several", {"thing": label, "count": len(those)})
        if those
        else Reason("no_such_thing", {"thing": label})
        for label, those in found.items()
        if len(those) != 1
    ]
    if wrong:
        raise Refused(wrong)
    return list(dict.fromkeys(those[0].ref for those in found.values()))


def search(text: str, limit: int = 10) -> list[Thing]:
    """Things whose code or title holds this text: for reading, never for a gesture."""
    found: list[Thing] = []
    for each in _kinds.values():
        if each.search and len(text.strip()) >= 2 and text.isprintable():
            found += each.search(text.strip(), limit)
    return found


def titled(kind: str) -> Callable[[TitlesOf], TitlesOf]:
    """`@titled("lot")` on a function that tells how many things of a kind are called, in one go."""

    def keep(fn: TitlesOf) -> TitlesOf:
        _titled[kind] = fn
        return fn

    return keep


def by_code(codes: list[str]) -> dict[str, str]:
    """What is called by the code on its label."""
    return {code: code for code in codes}


@contextmanager
def remembering_titles() -> Iterator[None]:
    """While a page is drawn, how a thing is called is read once at most: a timeline repeats the same few lots."""
    token = _titles.set({})
    try:
        yield
    finally:
        _titles.reset(token)


def read_titles(refs: Iterable[str]) -> None:
    """How all of these are called is about to be asked: those of a kind that can be are read at once."""
    known = _titles.get()
    if known is None:
        return
    asked = [ref.partition(":") for ref in dict.fromkeys(refs)]
    for kind, fn in _titled.items():
        codes = [code for one, _sep, code in asked if one == kind and code]
        known |= {f"{kind}:{code}": title for code, title in fn(codes).items()}


def title_of(ref: str) -> str:
    """How a thing is called in a sentence; its bare code when it is not to be found any more."""
    known = _titles.get()
    if known is None:
        return _called(ref)
    if ref not in known:
        known[ref] = _called(ref)
    return known[ref]


def _called(ref: str) -> str:
    kind, _sep, code = ref.partition(":")
    if kind in _titled and code:
        return _titled[kind]([code]).get(code, code)
    found = _kinds[kind].find(code) if kind in _kinds and code else None
    return found.title if found else code or ref
