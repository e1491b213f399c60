"""What happened to a thing, with what was corrected since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import speak
from strate.workshop.journal import queries as journal
from strate.workshop.journal.refusals import NotFound
from strate.workshop.journal.rules import plain
from strate.workshop.things import corrections, registry

if TYPE_CHECKING:
    from strate.workshop.journal.models import Fact


@dataclass(frozen=True)
class Corrected:
    """One correction of an entry, as it is shown beside it."""

    field: str
    old: str
    new: str
    who: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """A fact as a timeline shows it."""

    event: str
    at: datetime
    recorded_at: datetime
    what: str
    who: str
    why: str = ""
    meaning: str = ""
    late: bool = False
    clock: str = ""
    correctable: bool = False
    corrected: tuple[Corrected, ...] = field(default_factory=tuple)


def fact(event: str) -> Fact:
    """A fact by its event number."""
    try:
        found = journal.by_event(str(UUID(event)))
    except ValueError:
        found = None
    if found is None:
        raise NotFound("no_such_fact", fact=event)
    return found


def told(of: Fact) -> dict[str, Any]:
    return journal.told(of)


def standing_value(of: Fact, name: str) -> Any:
    """What stands for a field of a fact today: as last corrected, else as first written."""
    event = str(of.event)
    for later in reversed(journal.corrections_of([event]).get(event, [])):
        data = told(later)["data"]
        if data.get("field") == name:
            return data["new"]
    return told(of)["data"].get(name)


def standing_values(of: Fact) -> dict[str, Any]:
    """Everything a fact says, as it stands today."""
    data = dict(told(of)["data"])
    event = str(of.event)
    for later in journal.corrections_of([event]).get(event, []):
        change = told(later)["data"]
        if "field" in change:
            data[change["field"]] = change["new"]
    return data


def same(old: Any, new: Any) -> bool:
    return bool(plain(old) == plain(new))


def history(ref: str, limit: int = 200) -> list[Entry]:
    """What happened to a thing, newest first; a correction is shown beside what it corrects."""
    return _entries(f for f in journal.latest_of(ref, limit) if f.what != "things.corrected")


def histories(refs: Collection[str], kinds: Collection[str], limit: int) -> list[Entry]:
    """The same of several things together, of what is of these kinds."""
    return _entries(journal.latest_among(refs, kinds, limit))


def _entries(facts: Iterable[Fact]) -> list[Entry]:
    found = list(facts)
    registry.read_titles(ref for f in found for ref in told(f)["things"])
    corrected = journal.corrections_of([str(f.event) for f in found])
    return [_entry(f, corrected.get(str(f.event), [])) for f in found]


def entry(event: str) -> Entry:
    """One fact with its corrections."""
    found = fact(event)
    return _entry(found, journal.corrections_of([event]).get(event, []))


def _entry(of: Fact, later: list[Fact]) -> Entry:
    envelope = told(of)
    signature = envelope["signature"]
    values = {**envelope["data"], "by": of.by, "thing": envelope["things"][0] if envelope["things"] else ""}
    return Entry(
        event=str(of.event),
        at=of.happened_at,
        recorded_at=of.recorded_at,
        what=wording.fact_sentence(of.what, values),
        who=hooks.name_of(of.by) if of.by else str(hooks.role_label("machine" if of.station else "system")),
        why=envelope["reason"],
        meaning=wording.meaning(signature["meaning"]) if signature else "",
        late=envelope["timing"] == "late",
        clock=clock_told(int(envelope.get("clock_offset_s") or 0)),
        correctable=not corrections.objections(of),
        corrected=tuple(corrected(each) for each in later if each.what == "things.corrected"),
    )


def clock_told(offset_s: int) -> str:
    """That a tablet's clock was wrong, by how much, and that the hour was put right; nothing when it was right."""
    if not offset_s:
        return ""
    hours, minutes = divmod(abs(offset_s) // 60, 60)
    by = f"{hours} h {minutes:02}" if hours else f"{minutes} min"
    said = _("The tablet's clock was %(by)s slow; the hour was put right.")
    return (said if offset_s > 0 else _("The tablet's clock was %(by)s fast; the hour was put right.")) % {
        "by": by
    }


def corrected(of: Fact) -> Corrected:
    """A correction as it is shown beside what it corrects."""
    envelope = told(of)
    data = envelope["data"]
    name = data["field"]
    return Corrected(
        field=field_label(name),
        old=speak(name, data["old"]),
        new=speak(name, data["new"]),
        who=hooks.name_of(of.by),
        why=envelope["reason"],
        at=of.happened_at,
    )


def field_label(name: str) -> str:
    """What a field is called on a form, from the rooms' FIELDS; its own name when none says better."""
    return str(wording.vocabulary("FIELDS").get(name, name.replace("_", " ")))
