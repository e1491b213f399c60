"""The laws of the jury: how it is composed, when it may sit, how a vote becomes a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from strate.workshop.journal.refusals import Reason

EMPLOYER, UNION = "employer", "union"
SIDES = (EMPLOYER, UNION)
VALIDATED, NOT_VALIDATED, ABSTAINS = "validated", "not_validated", "abstains"
TEXT, FORMER, HOUSE, UNKNOWN = "text", "former", "house", "unknown"
CENTRE = ("centre",)


@dataclass(frozen=True)
class Rule:
    """One rule: its value, where it comes from, what it governs. Without a value it blocks what it governs."""

    id: str
    kind: str
    origin: str
    value: Any
    governs: str
    fr: str
    en: str
    citation: str

    @property
    def known(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class Sits:
    """A seat as the rules see it."""

    person: str
    side: str
    organisation: str
    chair: bool = False
    leave_needed: bool = False
    leave_noticed_on: date | None = None
    declared: bool = False
    present: bool = False


Rules = Mapping[str, Rule]


def composition(rules: Rules, seats: Sequence[Sits]) -> list[Reason]:
    """Why these people do not make a jury: parity, one member per union, the chair and its side."""
    reasons = parity(rules, seats)
    unions = [seat.organisation.casefold() for seat in seats if seat.side == UNION]
    twice = sorted({name for name in unions if unions.count(name) > 1})
    if rules["one_per_union"].value and twice:
        citation = rules["one_per_union"].citation
        reasons.append(Reason("jury_union_twice", {"organisations": twice}, citation, CENTRE))
    chairs = [seat for seat in seats if seat.chair]
    if len(chairs) != 1:
        citation = rules["chair_side"].citation
        reasons.append(Reason("jury_needs_one_chair", {"found": len(chairs)}, citation, CENTRE))
    elif chairs[0].side != rules["chair_side"].value:
        values = {"person": chairs[0].person, "jury_side": rules["chair_side"].value}
        reasons.append(Reason("jury_chair_on_the_wrong_side", values, rules["chair_side"].citation, CENTRE))
    return reasons


def parity(rules: Rules, seats: Iterable[Sits]) -> list[Reason]:
    """As many on one side as on the other, and somebody on each."""
    found = list(seats)
    employers = sum(seat.side == EMPLOYER for seat in found)
    unions = sum(seat.side == UNION for seat in found)
    if employers == unions and employers:
        return []
    if employers and unions and not rules["parity"].value:
        return []
    values = {"employers": employers, "unions": unions}
    return [Reason("jury_parity_broken", values, rules["parity"].citation, CENTRE)]


def dates(rules: Rules, *, held_on: date, unions_asked_on: date, today: date) -> list[Reason]:
    """Why this date cannot be: past already, or the unions asked too late for it."""
    reasons = []
    if held_on < today:
        reasons.append(Reason("jury_date_is_past", {"held_on": held_on}))
    if unions_asked_on > today:
        reasons.append(Reason("jury_unions_not_asked_yet", {"unions_asked_on": unions_asked_on}))
    days = int(rules["unions_asked_days"].value)
    latest = held_on - timedelta(days=days)
    if unions_asked_on > latest:
        values = {"unions_asked_on": unions_asked_on, "latest_on": latest, "days": days}
        citation = rules["unions_asked_days"].citation
        reasons.append(Reason("jury_unions_asked_too_late", values, citation, CENTRE))
    return reasons


def leave(rules: Rules, seats: Iterable[Sits], *, held_on: date) -> list[Reason]:
    """Which employee-jurors cannot be released: their employer was not told, or too late."""
    days = int(rules["leave_notice_days"].value)
    latest, citation = held_on - timedelta(days=days), rules["leave_notice_days"].citation
    reasons = []
    for seat in seats:
        if seat.leave_needed and (seat.leave_noticed_on is None or seat.leave_noticed_on > latest):
            values = {"person": seat.person, "latest_on": latest, "days": days}
            reasons.append(Reason("juror_leave_not_noticed", values, citation, CENTRE))
    return reasons


# What the reference itself requires: no centre enters anything else.
FIXED = frozenset({"all_competences"})


def entering(written: Rule, origin: str) -> list[Reason]:
    """Why a centre may not enter this value: the reference requires it, or a text in force stands above the house."""
    if written.id in FIXED:
        return [Reason("jury_rule_is_fixed", {"rule": written.id}, written.citation)]
    if written.origin == TEXT and origin != TEXT:
        return [Reason("jury_rule_text_stands", {"rule": written.id}, written.citation, CENTRE)]
    return []


def unknown(rules: Rules, governs: str) -> list[Reason]:
    """The rules no text gives, and that the centre has not entered yet."""
    return [
        Reason("jury_rule_unknown", {"rule": rule.id}, rule.citation, CENTRE)
        for rule in rules.values()
        if rule.governs == governs and not rule.known and rule.origin != FORMER
    ]


def sitting(rules: Rules, seats: Sequence[Sits], *, region_informed: bool, held_on: date) -> list[Reason]:
    """Why the jury may not begin: rules missing, declarations missing, too few present, parity broken today."""
    reasons = unknown(rules, "deliberation")
    if rules["region_informed"].value and not region_informed:
        citation = rules["region_informed"].citation
        reasons.append(Reason("jury_region_not_informed", {}, citation, CENTRE))
    reasons += leave(rules, seats, held_on=held_on)
    silent = [seat.person for seat in seats if not seat.declared]
    if silent:
        reasons.append(Reason("jury_declarations_missing", {"people": silent}, "", ("juror",)))
    here = [seat for seat in seats if seat.present]
    reasons += parity(rules, here)
    if not any(seat.chair for seat in here):
        reasons.append(Reason("jury_chair_absent", {}, rules["chair_side"].citation, CENTRE))
    quorum = rules["quorum"].value
    if quorum is not None and len(here) < int(quorum):
        values = {"present": len(here), "quorum": int(quorum)}
        reasons.append(Reason("jury_quorum_not_met", values, rules["quorum"].citation, CENTRE))
    return reasons


def unable(rules: Rules, *, signing_left: int) -> list[Reason]:
    """Why minutes may not do without a signature: no rule allows it, or nobody at all would have signed them."""
    reasons, rule = unknown(rules, "minutes"), rules["unsigned_minutes"]
    if rule.known and not rule.value:
        reasons.append(Reason("minutes_need_every_signature", {}, rule.citation, CENTRE))
    if signing_left < 1:
        reasons.append(Reason("minutes_signed_by_nobody"))
    return reasons


@dataclass(frozen=True)
class Tally:
    """How the voices fell; `outcome` is empty while they decide nothing."""

    votes_for: int
    votes_against: int
    abstained: int
    outcome: str = ""
    casting: bool = False


def tally(rules: Rules, voices: Mapping[str, str], *, chair: str) -> Tally:
    """The majority of the voices given; on a tie the chair's decides, unless the chair abstained."""
    given = list(voices.values())
    counted = Tally(given.count(VALIDATED), given.count(NOT_VALIDATED), given.count(ABSTAINS))
    numbers = (counted.votes_for, counted.votes_against, counted.abstained)
    if counted.votes_for != counted.votes_against:
        outcome = VALIDATED if counted.votes_for > counted.votes_against else NOT_VALIDATED
        return Tally(*numbers, outcome)
    decides = voices.get(chair, ABSTAINS)
    if rules["casting_vote"].value and decides != ABSTAINS:
        return Tally(*numbers, decides, casting=True)
    return counted


def deciding(
    rules: Rules,
    *,
    voices: Mapping[str, str],
    present: Iterable[str],
    chair: str,
    reason: str,
    competence: str,
) -> list[Reason]:
    """Why these voices do not make a decision: somebody has not spoken, no majority, a refusal without its reason."""
    reasons = []
    silent = sorted(set(present) - set(voices))
    if silent:
        values = {"competence": competence, "people": silent}
        reasons.append(Reason("jury_voices_missing", values, "", ("juror",)))
    strangers = sorted(set(voices) - set(present))
    if strangers:
        reasons.append(Reason("jury_voice_of_an_absent", {"people": strangers}))
    counted = tally(rules, voices, chair=chair)
    if not counted.outcome:
        citation = rules["casting_vote"].citation
        reasons.append(Reason("jury_no_majority", {"competence": competence}, citation, ("juror",)))
    if counted.outcome == NOT_VALIDATED and not reason.strip():
        reasons.append(Reason("jury_refusal_needs_a_reason", {"competence": competence}))
    return reasons
