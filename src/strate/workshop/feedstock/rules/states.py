"""The life of a lot: announced, received, checked, released, open, exhausted; anything else is refused."""

from strate.workshop.journal.refusals import Reason

ANNOUNCED = "announced"
RECEIVED = "received"
QUARANTINE = "quarantine"
CHECKED = "checked"
RELEASED = "released"
OPEN = "open"
TO_SIEVE = "to_sieve"
EXHAUSTED = "exhausted"
REJECTED = "rejected"

# Received powder waits in quarantine by nature; QUARANTINE itself says that a check found
# something wrong. What comes out of a machine waits to be sieved. Blocked and expired are not states:
# a hold or a date says so.
MOVES: dict[str, frozenset[str]] = {
    ANNOUNCED: frozenset({RECEIVED}),
    RECEIVED: frozenset({CHECKED, QUARANTINE, REJECTED}),
    QUARANTINE: frozenset({CHECKED, QUARANTINE, REJECTED}),
    CHECKED: frozenset({RELEASED, QUARANTINE, REJECTED}),
    RELEASED: frozenset({OPEN, EXHAUSTED, REJECTED}),
    OPEN: frozenset({EXHAUSTED, REJECTED}),
    TO_SIEVE: frozenset({RELEASED, EXHAUSTED, REJECTED}),
    EXHAUSTED: frozenset({OPEN}),
    REJECTED: frozenset(),
}
USABLE = frozenset({RELEASED, OPEN})
LIVE = frozenset(MOVES) - {EXHAUSTED, REJECTED}


def check_move(lot: str, state: str, to: str) -> list[Reason]:
    """Whether the lot may pass to that state now (ISO/ASTM 52928: control of virgin and used powder)."""
    return [] if to in MOVES[state] else [Reason("lot_not_in_state", {"lot": f"lot:{lot}", "state": state})]
