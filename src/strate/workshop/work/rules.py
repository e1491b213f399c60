"""The laws of patience: how long to wait before trying again, and when to stop and show the failure."""

from datetime import timedelta

FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
MOST_TRIES = 8


def pause_after(tries: int) -> timedelta:
    """Two seconds, then twice as long each time, at most an hour."""
    return min(FIRST_PAUSE * (1 << min(max(tries - 1, 0), 12)), LONGEST_PAUSE)


def gives_up(tries: int) -> bool:
    """After eight tries the work is shown as failed: a person decides."""
    return tries >= MOST_TRIES
