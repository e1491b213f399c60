"""Writers in their own processes, sharing the database of the test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
HANDS = Path(__file__).with_name("hands.py")
# The test database is named here; the process of the test already sits in it.
SETTINGS = """
import os
from strate.web.settings.testing import *
DATABASES["default"]["NAME"] = os.environ["STRATE_TEST_NAME"]
"""


@pytest.fixture()
def hire(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`hire(diary, "amina", 50)`: a process that writes fifty facts in the database of this test."""
    (tmp_path / "hired_settings.py").write_text(SETTINGS)
    hired: list[subprocess.Popen[bytes]] = []
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT / "src"))),
        "DJANGO_SETTINGS_MODULE": "hired_settings",
        "STRATE_HOME": str(settings.STRATE.home),
        "STRATE_TEST_NAME": str(connection.settings_dict["NAME"]),
    }

    def take(diary: Path, name: str, count: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(HANDS), str(diary), name, str(count)]
        hired.append(subprocess.Popen(command, env=env))
        return hired[-1]

    yield take
    for each in hired:
        each.kill()
        each.wait()
