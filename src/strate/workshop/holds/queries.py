"""What is stopped, why, and who may let it go."""

from collections.abc import Collection

from django.db.models import QuerySet

from strate.workshop.doors import wording
from strate.workshop.holds import rules
from strate.workshop.holds.models import PLACED, Hold
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason

MANY = 2_000
_ON = Question(lambda *refs: Hold.objects.filter(about__in=refs, state=PLACED).order_by("pk"))


def one(hold: str) -> Hold:
    """A hold by its number (« B-12 »), with or without its kind."""
    number = hold.removeprefix("hold:").upper().removeprefix("B-")
    found = Hold.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if not found:
        raise NotFound("no_such_hold", hold=hold)
    return found


def standing(hold: Hold) -> rules.Standing:
    return rules.Standing(
        hold.ref, hold.state == PLACED, hold.placed_by, frozenset(hold.liftable_by), hold.by_another
    )


def on(*refs: str) -> list[Hold]:
    """The holds that stop any of these things now, oldest first."""
    return _ON.all(*refs) if refs else []


def from_origin(ref: str) -> list[Hold]:
    """The holds still standing because of this anomaly, nonconformity..."""
    return list(Hold.objects.filter(origin=ref, state=PLACED).order_by("pk"))


def reasons(*refs: str) -> list[Reason]:
    """For a gate: why none of these things may go on, one reason for each hold."""
    return [reason(hold) for hold in on(*refs)]


def reason(hold: Hold) -> Reason:
    """One hold, as a gate tells it."""
    return Reason(
        "on_hold",
        {"thing": hold.about, "hold": hold.ref, "by": hold.placed_by},
        source=hold.origin.partition(":")[2],
        lifted_by=tuple(hold.liftable_by),
    )


def standing_now(limit: int = 500) -> list[Hold]:
    """Everything that is stopped, newest first."""
    return list(Hold.objects.filter(state=PLACED)[:limit])


def history(ref: str) -> list[Hold]:
    """Every hold a thing ever had, newest first."""
    return list(Hold.objects.filter(about=ref))


def recently_lifted(limit: int = 50) -> list[Hold]:
    return list(Hold.objects.exclude(state=PLACED).order_by("-lifted_at")[:limit])


def why(hold: Hold) -> str:
    """The reason of a hold as it is said: the rule's sentence, then what the person wrote."""
    if hold.code == "stopped_by_hand":
        return hold.text
    said = wording.sentence("HOLDS", hold.code, hold.values)
    return f"{said} {hold.text}".strip()


def stopping(refs: Collection[str]) -> dict[str, list[Hold]]:
    """The holds that stand on these things, however many things."""
    found, wanted = Hold.objects.filter(state=PLACED).order_by("pk"), set(refs)
    # Beyond a few thousand things it is quicker to read all that stands and keep what concerns them.
    found = found.filter(about__in=wanted) if len(wanted) <= MANY else found
    by_thing: dict[str, list[Hold]] = {}
    for hold in found:
        if hold.about in wanted:
            by_thing.setdefault(hold.about, []).append(hold)
    return by_thing


def standing_on(kind: str) -> list[Hold]:
    """All that stands on things of one kind (every lot that is stopped), oldest first."""
    return list(Hold.objects.filter(state=PLACED, about__startswith=f"{kind}:").order_by("pk"))


def caused_by(*origins: str) -> QuerySet[Hold]:
    """Every hold placed because of these, standing or lifted; those that stand first."""
    return Hold.objects.filter(origin__in=origins).order_by("-state", "about")
