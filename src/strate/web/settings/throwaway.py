"""A home for each process of the tests, thrown away afterwards."""

import os
import tempfile
from collections.abc import Mapping


def home(environment: Mapping[str, str]) -> dict[str, str]:
    """Its own for each process of a run side by side; the programs it starts share that one."""
    worker = environment.get("PYTEST_XDIST_WORKER", "alone")
    if environment.get("PYTEST_STRATE_WORKER") == worker and "STRATE_HOME" in environment:
        return {}
    return {"PYTEST_STRATE_WORKER": worker, "STRATE_HOME": tempfile.mkdtemp(prefix="strate-test-")}


os.environ.update(home(os.environ))
