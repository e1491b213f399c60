"""Lets only a few readers of untrusted files work at once on this computer; the others wait for their turn."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from strate.kernels.geometry.refusal import FileRefused

AT_ONCE = max(4, os.cpu_count() or 1)
_ROOM = BoundedSemaphore(AT_ONCE)
_LOOK_AGAIN_S = 0.05
# All the programs of one user on this computer share the places of this name.
PLACES = "strate-reader"


@contextmanager
def a_slot(wait_s: float) -> Iterator[None]:
    """One of the few places, given back whatever happens: the system takes it back from the dead."""
    until = time.monotonic() + wait_s
    if not _ROOM.acquire(timeout=wait_s):
        raise FileRefused("readers_busy", seconds=wait_s)
    try:
        held = _taken(until, wait_s)
        try:
            yield
        finally:
            if held is not None:
                held.close()
    finally:
        _ROOM.release()


def _taken(until: float, wait_s: float) -> socket.socket | None:
    """A name that only one process at a time can hold: nothing is written on the disk, nothing is left."""
    if sys.platform != "linux":
        return None
    while True:
        for number in range(AT_ONCE):
            held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                held.bind(f"\0{PLACES}-{os.getuid()}-{number}")
                return held
            except OSError as error:
                held.close()
                if error.errno != errno.EADDRINUSE:
                    return None
        if time.monotonic() > until:
            raise FileRefused("readers_busy", seconds=wait_s)
        time.sleep(_LOOK_AGAIN_S)
