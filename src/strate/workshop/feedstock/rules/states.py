"""The life of a lot: announced, received, checked, released, open, exhausted; anything else is refused."""

from collections.abc import Iterable

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
CONTAMINATED = "contaminated"
RETURNED = "returned"

# Received powder waits in quarantine by nature; QUARANTINE itself says that a check found
# something wrong. What comes out of a machine waits to be sieved. Blocked and expired are not states:
# a hold or a date says so.
_OUT = (REJECTED, CONTAMINATED, RETURNED)
MOVES: dict[str, frozenset[str]] = {
    ANNOUNCED: frozenset({RECEIVED}),
    RECEIVED: frozenset({CHECKED, QUARANTINE, *_OUT}),
    QUARANTINE: frozenset({CHECKED, QUARANTINE, *_OUT}),
    CHECKED: frozenset({RELEASED, QUARANTINE, *_OUT}),
    RELEASED: frozenset({OPEN, EXHAUSTED, *_OUT}),
    OPEN: frozenset({EXHAUSTED, *_OUT}),
    TO_SIEVE: frozenset({RELEASED, EXHAUSTED, *_OUT}),
    EXHAUSTED: frozenset({OPEN}),
    REJECTED: frozenset({RETURNED}),
    CONTAMINATED: frozenset({REJECTED, RETURNED}),
    RETURNED: frozenset(),
}
USABLE = frozenset({RELEASED, OPEN})
# A lot in one of these states is never poured again, whatever is left of it.
FINISHED = frozenset({EXHAUSTED, REJECTED, CONTAMINATED, RETURNED})
LIVE = frozenset(MOVES) - FINISHED


def out_of_machine(inside: Iterable[str]) -> str:
    """What comes out of a machine waits for the sieve; what any of it spoils never comes back into use."""
    met = set(inside)
    if CONTAMINATED in met:
        return CONTAMINATED
    return REJECTED if met & {REJECTED, RETURNED} else TO_SIEVE


def check_move(lot: str, state: str, to: str) -> list[Reason]:
    """Whether the lot may pass to that state now (ISO/ASTM 52928: control of virgin and used powder)."""
    if to in MOVES[state]:
        return []
    return [Reason("lot_not_in_state", {"lot": f"lot:{lot}", "lot_state": state})]
