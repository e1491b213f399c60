"""What several people do at the same moment, each by a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Everybody acts at one signal; the refusals and the faults met, for the test to judge."""
    signal = Barrier(len(acts))

    def hand(act: Callable[[], object]) -> object:
        signal.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as hands:
        done = [hands.submit(hand, act) for act in acts]
    return [error for each in done if (error := each.exception()) is not None]
