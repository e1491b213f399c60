"""Tells somebody who waits in front of a terminal that work goes on; silent in a pipe or a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from strate.kernels.geometry.saying.words import LABELS, Lang

_AFTER_S = 1.0
_EVERY_S = 0.5
_ERASE = "\r\x1b[K"


@contextmanager
def waiting(lang: Lang) -> Iterator[None]:
    """While the work lasts, the seconds that passed; the line is wiped at the end."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    clock = threading.Thread(target=_count, args=(done, LABELS["still_reading"][lang == "fr"]), daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()


def _count(done: threading.Event, words: str) -> None:
    begun, shown = time.monotonic(), False
    with suppress(OSError):
        while not done.wait(_EVERY_S if shown else _AFTER_S):
            shown = True
            sys.stderr.write(f"{_ERASE}{words} {time.monotonic() - begun:.0f} s")
            sys.stderr.flush()
        if shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
