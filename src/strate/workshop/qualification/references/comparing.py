"""What changed between two versions of a reference, word by word, where a person would look for it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """One place that differs; `words` are runs of (same | in | out, text)."""

    what: str
    place: str
    words: tuple[tuple[str, str], ...]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Everything that differs, in the order of the new version, what was removed last."""
    old, new = dict(texts(before)), dict(texts(after))
    found = []
    for place, text in new.items():
        if place not in old:
            found.append(Change(ADDED, place, (("in", text),)))
        elif old[place] != text:
            found.append(Change(CHANGED, place, tuple(_words(old[place], text))))
    found += [Change(REMOVED, place, (("out", text),)) for place, text in old.items() if place not in new]
    return found


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text by where it stands: by identifier where there is one, else by its rank in its list."""
    if isinstance(value, dict):
        for key, each in value.items():
            if not (key == "id" and place):
                yield from texts(each, f"{place}/{key}" if place else str(key))
    elif isinstance(value, list):
        for rank, each in enumerate(value, 1):
            name = each["id"] if isinstance(each, dict) and "id" in each else str(rank)
            yield from texts(each, f"{place}/{name}")
    else:
        yield place, "—" if value is None else str(value)


def _words(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = before.split(" "), after.split(" ")
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield "same", " ".join(old[a:b])
            continue
        if a != b:
            yield "out", " ".join(old[a:b])
        if c != d:
            yield "in", " ".join(new[c:d])
