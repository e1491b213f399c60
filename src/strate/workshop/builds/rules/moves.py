"""The moves of a build: all that is legal, readable in one glance; anything else is refused."""

from strate.workshop.journal.refusals import RuleBroken

PREPARED, SENT, LAUNCHED, HELD = "prepared", "sent", "launched", "held"
ENDED, ABORTED, OPENED = "ended", "aborted", "opened"
DEPOWDERED, CLOSED, ABANDONED = "depowdered", "closed", "abandoned"
MOVES: dict[str, set[str]] = {
    PREPARED: {SENT, ABANDONED},
    SENT: {SENT, LAUNCHED, ABANDONED},
    LAUNCHED: {HELD, ENDED, ABORTED},
    HELD: {LAUNCHED, ABORTED, ENDED},
    ENDED: {OPENED},
    ABORTED: {OPENED},
    OPENED: {DEPOWDERED},
    DEPOWDERED: {CLOSED},
}
LIVE = frozenset({PREPARED, SENT, LAUNCHED, HELD, ENDED, ABORTED, OPENED, DEPOWDERED})
# Once its powder is weighed back a build no longer occupies its machine; it still waits for its parts.
ON_THE_MACHINE = LIVE - {DEPOWDERED}


def move(state: str, to: str) -> str:
    """The next state, or a refusal that names both."""
    if to not in MOVES.get(state, set()):
        raise RuleBroken("build_cannot_move", build_state=state, next_state=to)
    return to
