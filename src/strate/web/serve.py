"""The web server: the house is read once, then shared by the processes that answer (half the start and memory)."""

import gc
import multiprocessing
from importlib import import_module

from granian.cli import entrypoint


def main() -> None:
    """`python -m strate.web.serve …` takes the words of `granian`."""
    # Only a forked process inherits what was read; elsewhere each would read it anyway.
    if multiprocessing.get_start_method() == "fork":
        import_module("strate.web.wsgi")
        import_module("strate.web.urls")
        from django.db import connections

        # A connection must not be shared by two processes.
        connections.close_all()
        # What is read once and kept for good is not searched again each time memory is tidied: a third of the
        # processor of a large answer; and the processes go on sharing it.
        gc.collect()
        gc.freeze()
    entrypoint()


if __name__ == "__main__":
    main()
