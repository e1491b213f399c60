"""A dossier as a page shows it: its parts, the trail to read again, the timeline, what the verifier says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from strate.kernels.sealing import Finding
from strate.kernels.sealing.commands import verify_file
from strate.kernels.sealing.verdict import NotADossier
from strate.kernels.sealing.words import LANGUAGES, word
from strate.workshop.attachments import queries as files
from strate.workshop.doors import wording as doors
from strate.workshop.doors.pages import Outcome
from strate.workshop.dossier import completeness, queries, wording
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.models import Dossier
from strate.workshop.dossier.rules import DONE, Section
from strate.workshop.dossier.summary import trail
from strate.workshop.journal.queries import Fact
from strate.workshop.orders.queries import Order
from strate.workshop.things import queries as things


@dataclass(frozen=True)
class Card:
    """An order and where its dossier stands."""

    order: Order
    dossier: Dossier | None
    state: str
    look: str


def card(order: Order, dossier: Dossier | None) -> Card:
    word_, look = wording.DOSSIER_STATES[dossier.state if dossier else queries.OPEN]
    return Card(order, dossier, str(word_), look)


def sections(gathered: Gathered) -> list[dict[str, Any]]:
    """Each part of the dossier with its word, its state and what is missing."""
    return [
        {"title": wording.DOSSIER_SECTIONS[each.code], "state": each.state, "reasons": _spoken(each)}
        for each in completeness.sections(gathered)
    ]


def _spoken(section: Section) -> list[dict[str, Any]]:
    return Outcome(done=False, reasons=list(section.reasons)).spoken


def count_done(shown: list[dict[str, Any]]) -> int:
    return sum(each["state"] == DONE for each in shown)


def review(gathered: Gathered) -> list[dict[str, Any]]:
    """What was corrected, written late or let through, each as a sentence."""
    return [
        {
            "kind": wording.DOSSIER_REVIEWS[each.kind],
            "seq": each.seq,
            "at": each.at,
            "what": trail.sentence(gathered, gathered.facts[each.seq], gathered.told[each.seq]),
            "who": trail.who(gathered.facts[each.seq]),
            "why": each.reason,
        }
        for each in queries.to_review(gathered)
    ]


def timeline(gathered: Gathered, facts: Iterable[tuple[Fact, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Some facts of the dossier as they are told, with what was corrected since."""
    later: dict[str, list[things.Corrected]] = {}
    for fact, told in gathered.of_kind("things.corrected"):
        later.setdefault(str(told["corrects"]), []).append(things.corrected(fact))
    return [
        {
            "at": fact.happened_at,
            "recorded_at": fact.recorded_at,
            "seq": fact.seq,
            "what": trail.sentence(gathered, fact, told),
            "who": trail.who(fact),
            "why": told["reason"],
            "meaning": doors.meaning(told["signature"]["meaning"]) if told["signature"] else "",
            "late": told["timing"] == "late" and bool(fact.by),
            "corrected": later.get(str(fact.event), []),
        }
        for fact, told in facts
    ]


@dataclass(frozen=True)
class Verified:
    """What the offline verifier says of one filed file, line by line."""

    name: str
    ok: bool
    holds: list[str]
    fails: list[str]
    remarks: list[str]


def verified(dossier: Dossier) -> list[Verified]:
    """Both files read again now, exactly as a customer would do."""
    lang = "fr" if (get_language() or "fr").startswith("fr") else LANGUAGES[1]
    return [_verified(digest, dossier.key_id, lang) for digest in (dossier.bundle_digest, dossier.pdf_digest)]


def _verified(digest: str, key: str, lang: str) -> Verified:
    row = files.one(digest)
    try:
        said = verify_file(files.path(digest), key=key)
    except NotADossier as error:
        return Verified(row.name, False, [], [word(Finding(error.code, None, error.values), lang)], [])
    lines = [[word(each, lang) for each in told] for told in (said.holds, said.findings, said.remarks)]
    return Verified(row.name, said.ok, *lines)
