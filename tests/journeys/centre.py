"""The site of a certification centre: made by actions in a process of its own, then one screen for everybody."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests import templates
from tests.journeys.conftest import ROOT, start_site, stop_site
from tests.journeys.tablet import LARGE, Tablet


def made(home: Path, module: str) -> Path:
    """An empty site, then what this module of the journeys brings about on it."""
    templates.lay("empty", home)
    words = [sys.executable, "-m", f"tests.journeys.{module}", str(home)]
    subprocess.run(words, env=templates.site(home), cwd=ROOT, check=True)
    return home


@contextmanager
def screen(browser: Browser, home: Path, shots: Path) -> Iterator[Tablet]:
    """The site in French on a large screen; what the browser complained of is the journey's to judge, afterwards."""
    process, address = start_site(home, demo=False)
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=LARGE,
        base_url=address,
        accept_downloads=True,
    )
    held = Tablet(context.new_page(), shots)
    held.watch()
    yield held
    context.close()
    stop_site(process)
