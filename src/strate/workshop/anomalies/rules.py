"""The laws of anomalies: to whom each goes, who answers, who closes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from strate.workshop.journal.refusals import Reason

MINOR, MAJOR, CRITICAL = "minor", "major", "critical"
SEVERITIES = (MINOR, MAJOR, CRITICAL)
OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
# An answer may be completed by another; what was closed is opened again, never answered.
MOVES: Mapping[str, frozenset[str]] = {
    OPEN: frozenset({ANSWERED}),
    ANSWERED: frozenset({ANSWERED, CLOSED, OPEN}),
    CLOSED: frozenset({OPEN}),
}
LEADER = "shift_leader"


@dataclass(frozen=True)
class Addressee:
    """A recipient as a rule sees it. `external`: those roles reach them and write down the answer."""

    code: str
    roles: tuple[str, ...]
    external: bool = False


RECIPIENTS: tuple[Addressee, ...] = (
    Addressee("pilot", ("shift_leader",)),
    Addressee("line_manager", ("shift_leader",)),
    Addressee("methods", ("methods",)),
    Addressee("design_office", ("design",)),
    Addressee("quality", ("quality",)),
    Addressee("maintenance", ("maintenance",)),
    Addressee("machine_supplier", ("maintenance", "methods"), external=True),
    Addressee("feedstock_supplier", ("quality", "methods"), external=True),
    Addressee("hse", ("hse",)),
    Addressee("customer", ("quality",), external=True),
)


@dataclass(frozen=True)
class Seen:
    """An anomaly as a rule sees it."""

    ref: str
    state: str
    reported_by: str
    recipient_roles: frozenset[str]


def why_not_answer(seen: Seen, *, roles: Iterable[str]) -> list[Reason]:
    """The recipient answers; the shift leader may in their place when the line waits."""
    who = seen.recipient_roles | {LEADER}
    reasons = _moves(seen, ANSWERED)
    if not who & set(roles):
        reasons.append(
            Reason("anomaly_not_yours_to_answer", {"anomaly": seen.ref}, lifted_by=tuple(sorted(who)))
        )
    return reasons


def why_not_close(seen: Seen, *, person: str, roles: Iterable[str]) -> list[Reason]:
    """Whoever reports does not decide alone (NF EN 9100 8.7)."""
    who = seen.recipient_roles | {LEADER}
    reasons = _moves(seen, CLOSED)
    if not who & set(roles):
        reasons.append(
            Reason("anomaly_not_yours_to_close", {"anomaly": seen.ref}, lifted_by=tuple(sorted(who)))
        )
    if person == seen.reported_by:
        reasons.append(
            Reason("anomaly_closed_by_who_reported_it", {"anomaly": seen.ref}, lifted_by=tuple(sorted(who)))
        )
    return reasons


def why_not_reopen(seen: Seen) -> list[Reason]:
    """Anybody who sees that it is not settled may open it again."""
    return _moves(seen, OPEN)


def why_not_forward(seen: Seen) -> list[Reason]:
    if seen.state == CLOSED:
        return [Reason("anomaly_is_closed", {"anomaly": seen.ref})]
    return []


def _moves(seen: Seen, to: str) -> list[Reason]:
    if to in MOVES[seen.state]:
        return []
    code = {CLOSED: "anomaly_is_closed", OPEN: "anomaly_is_not_answered", ANSWERED: "anomaly_is_answered"}[
        seen.state
    ]
    return [Reason(code, {"anomaly": seen.ref})]
