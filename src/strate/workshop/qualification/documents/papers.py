"""What each paper says, part by part, in the language of the site: layouts only place it on the page."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from strate.kernels.printing import Attached
from strate.workshop.people.queries import name_of
from strate.workshop.qualification.models import Jury, Minutes, Rectification, Seat
from strate.workshop.qualification.wording.jury import OUTCOMES, SIDES, place_words, value_words
from strate.workshop.site import queries as site

CERTIFICATES = ("certificate", "block_certificate", "attestation")
KINDS = (
    "invitation",
    "attendance",
    "minutes",
    "rectification",
    "notification",
    "transmission",
    *CERTIFICATES,
)
NOTHING = "—"


@contextmanager
def house_words() -> Iterator[None]:
    """Papers speak the language of the site on its wall clock, whoever prints them."""
    zone = ZoneInfo(str(site.value("time_zone")))
    with translation.override(str(site.value("language"))), timezone.override(zone):
        yield


def in_house_words(builder: "Callable[..., Paper]") -> "Callable[..., Paper]":
    @wraps(builder)
    def spoken(*args: Any, **named: Any) -> Paper:
        with house_words():
            return builder(*args, **named)

    return spoken


@dataclass(frozen=True)
class Part:
    """A part of a paper: sentences, pairs (word, value), a table, or signatures; under its heading."""

    kind: str
    heading: str = ""
    lines: Sequence[Any] = ()
    columns: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """A paper before it is laid out; `mark` runs across every page of what is worth no certificate."""

    kind: str
    number: str
    title: str
    subtitle: str
    issuer: str
    parts: Sequence[Part]
    mark: str = ""
    attached: Sequence[Attached] = field(default=(), repr=False)
    # Taken when the paper is written, so that it is printed in the language it speaks.
    lang: str = field(default_factory=lambda: (get_language() or "fr")[:2])
    note: str = field(default_factory=lambda: _("Layout of the centre, not an official one"))
    page_word: str = field(default_factory=lambda: pgettext("of a document", "page"))

    def told(self) -> dict[str, Any]:
        """What the layout reads."""
        told = asdict(self)
        del told["attached"]
        return {
            **told,
            "lang": self.lang,
            "layout_note": self.note,
            "page_word": self.page_word,
        }


def day(value: str | date) -> str:
    """A day as people write it."""
    if not value:
        return NOTHING
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "DATE_FORMAT")


def hour(value: str | datetime) -> str:
    """A moment on the wall clock of the site."""
    if not value:
        return NOTHING
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def data(name: str, content: Any) -> Attached:
    """The data behind a paper, inside its PDF."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return Attached(name, "application/json", text.encode(), _("The data of this paper"))


def head(found: Jury) -> list[tuple[str, str]]:
    return [
        (_("Certificate"), found.reference.title),
        (_("Date of the jury"), day(found.held_on)),
        (_("Time"), found.starts or NOTHING),
        (_("Place"), found.place),
    ]


@in_house_words
def invitation(found: Jury, seat: Seat) -> Paper:
    """What a juror receives: when, where, for whom, and the date by which their employer must know."""
    role = _("as chair") if seat.chair else _("as a member")
    lines = [
        _("You are invited to sit, %(role)s, for %(organisation)s.")
        % {"role": role, "organisation": seat.organisation},
        _("Before sitting, you declare and sign your ties with the candidates, or that there is none."),
    ]
    if seat.leave_needed:
        lines.append(_("Employer told of the absence: %(day)s.") % {"day": day(seat.leave_noticed_on or "")})
    return Paper(
        "invitation",
        f"CONV-{found.code}-{seat.pk}",
        _("Invitation to a joint jury"),
        name_of(seat.person),
        found.code,
        [Part("facts", "", head(found)), Part("text", "", lines)],
    )


@in_house_words
def attendance(found: Jury, seats: Sequence[Seat]) -> Paper:
    """The attendance sheet: each member, their side, and when they signed."""
    rows = [[name_of(s.person), str(SIDES[s.side]), s.organisation, hour(s.present_at or "")] for s in seats]
    columns = [_("Name"), pgettext("of a jury", "Side"), _("Organisation"), _("Signed")]
    return Paper(
        "attendance",
        f"EMARG-{found.code}",
        _("Attendance sheet of the jury"),
        found.code,
        found.code,
        [Part("facts", "", head(found)), Part("table", _("Members"), rows, columns)],
    )


@in_house_words
def minutes(
    found: Jury,
    made: Minutes,
    *,
    signing: Sequence[tuple[Seat, datetime]] = (),
    unable: Sequence[Seat] | None = None,
) -> Paper:
    """The minutes as locked, with who signed them, who is about to, and who was present and cannot."""
    told = made.content
    parts = [Part("facts", "", head(found)), members(told), *_excused(told), _rules(told)]
    parts.append(
        Part("text", _("Conditions"), [_("The jury found the conditions of organisation and admission met.")])
    )
    parts += [decisions(case) for case in told["cases"]]
    if told["withdrawn"]:
        rows = [[each["candidate"], each["reason"]] for each in told["withdrawn"]]
        parts.append(Part("table", _("Files not examined"), rows, [_("Candidate"), _("Reason")]))
    hands = [(s.seat, s.at) for s in made.signatures.select_related("seat")]
    signed = [
        [name_of(seat.person), str(SIDES[seat.side]), _("Minutes approved"), hour(at)]
        for seat, at in (*hands, *signing)
    ]
    parts.append(Part("signatures", _("Signatures"), signed))
    parts += _unable(found.seats.exclude(unable_at=None).order_by("pk") if unable is None else unable)
    parts.append(Part("facts", _("Digest of the minutes"), [("SHA-256", made.sha256)]))
    title = _("Minutes of the joint jury")
    attached = [data("minutes.json", told)]
    return Paper("minutes", f"PV-{found.code}", title, found.reference.title, found.code, parts, "", attached)


def _unable(seats: Iterable[Seat]) -> list[Part]:
    # Why somebody cannot sign may be a matter of health: it stays in the room.
    rows = [
        [
            name_of(seat.person),
            str(SIDES[seat.side]),
            name_of(seat.unable_told_by),
            hour(seat.unable_at or ""),
            seat.unable_source,
        ]
        for seat in seats
    ]
    columns = [_("Name"), pgettext("of a jury", "Side"), _("Stated by"), _("Stated on"), _("Source")]
    return [Part("table", _("Present, unable to sign"), rows, columns)] if rows else []


def members(told: dict[str, Any]) -> Part:
    rows = []
    for each in told["members"]:
        role = _("chair") if each["chair"] else _("member")
        rows.append(
            [each["name"], str(SIDES[each["side"]]), each["organisation"], role, hour(each["present_at"])]
        )
    columns = [_("Name"), pgettext("of a jury", "Side"), _("Organisation"), _("Role"), _("Present")]
    return Part("table", _("Composition"), rows, columns)


def _excused(told: dict[str, Any]) -> list[Part]:
    rows = [[each["name"], each["organisation"]] for each in told["excused"]]
    columns = [_("Name"), _("Organisation")]
    return [Part("table", _("Excused"), rows, columns)] if rows else []


def _rules(told: dict[str, Any]) -> Part:
    rows = [
        [each["text"], value_words(each["kind"], each["value"]), each["citation"]] for each in told["rules"]
    ]
    return Part("table", _("Rules applied"), rows, [_("Rule"), _("Value"), _("Source")])


def decisions(case: dict[str, Any]) -> Part:
    rows = []
    for each in case["decisions"]:
        voices = f"{each['for']} / {each['against']} / {each['abstained']}"
        voices += " · " + _("casting vote") if each["casting"] else ""
        said = str(OUTCOMES[each["outcome"]]) + (f" — {each['reason']}" if each["reason"] else "")
        proposed = str(OUTCOMES.get(each["proposed"], NOTHING))
        rows.append([f"{each['competence']} · {each['title']}", proposed, voices, said])
    columns = [
        _("Competence"),
        _("Commission's proposal"),
        _("For / against / abstained"),
        _("Decision of the jury"),
    ]
    return Part("table", f"{case['candidate']} · {case['name']}", rows, columns)


@in_house_words
def rectification(found: Jury, made: Minutes, row: Rectification, *, rank: int) -> Paper:
    """The dated act that corrects one place of the minutes; the first of a jury, the second..."""
    facts = [
        (_("Minutes"), f"PV-{found.code}"),
        ("SHA-256", made.sha256),
        (_("Place corrected"), place_words(row.place)),
        (_("It read"), row.before),
        (_("It reads"), row.after),
        (_("Reason"), row.reason),
    ]
    signed = [[name_of(row.by), "", _("Rectification"), hour(row.at)]]
    parts = [Part("facts", "", facts), Part("signatures", _("Signature"), signed)]
    number = f"RECT-{found.code}-{rank}"
    return Paper("rectification", number, _("Rectification of minutes"), found.code, found.code, parts)
