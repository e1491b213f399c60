"""What people do at a desk of the centre: change person, sign, read a paper, look at 320 px."""

import subprocess
from pathlib import Path

from playwright.sync_api import Locator

from tests.journeys.campaign import BADGES, PIN
from tests.journeys.tablet import LARGE, Tablet
from tests.journeys.test_everyone_can_use_it import AXE, SERIOUS, UNNAMED, WIDER


def be(desk: Tablet, who: str) -> None:
    """Change person: badge, then PIN."""
    desk.go("/poste/changer/")
    desk.page.locator("[name='badge']").first.fill(BADGES[who])
    desk.page.keyboard.press("Enter")
    desk.page.locator("[name='pin']").first.fill(PIN)
    desk.page.wait_for_url(lambda url: "/poste/" not in url)


def sign(desk: Tablet, word: str) -> None:
    """The PIN, then the button that bears this word, in the form that holds it."""
    form = desk.page.locator("form").filter(has=desk.page.get_by_role("button", name=word))
    form.locator("[name='pin']").fill(PIN)
    press(desk, word)


def press(desk: Tablet, word: str, place: Locator | None = None) -> None:
    """Press the button, and wait for the page that answers."""
    with desk.page.expect_navigation():
        (place or desk.page.locator("body")).get_by_role("button", name=word).first.click()


def read(desk: Tablet, link: Locator, folder: Path) -> str:
    """A paper downloaded, and its words as pdftotext reads them."""
    answer = desk.page.request.get(str(link.first.get_attribute("href")))
    assert answer.ok, answer.status
    path = folder / "paper.pdf"
    path.write_bytes(answer.body())
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def for_everyone(desk: Tablet) -> None:
    """This page at 320 px: axe-core finds nothing serious, every field has a name, nothing runs off the screen."""
    desk.page.set_viewport_size({"width": 320, "height": 800})
    desk.page.evaluate(AXE.read_text())
    assert [*desk.page.evaluate(SERIOUS), *desk.page.evaluate(UNNAMED)] == []
    assert desk.page.evaluate(WIDER) <= 0
    desk.page.set_viewport_size(LARGE)


def link(desk: Tablet, address: str) -> Locator:
    return desk.page.locator(f"a[href*='{address}']")
