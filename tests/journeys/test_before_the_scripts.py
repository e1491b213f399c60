"""On a slow tablet hands and readers are faster than the scripts: what they do meanwhile counts, and counts once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.hands import wedge
from tests.journeys.test_islands import address, posts, tablet

pytestmark = pytest.mark.journey
__all__ = ["address", "tablet"]
# Every change that is told once the scripts are there.
TOLD = """
window.told = [];
document.addEventListener("change", (event) => { if (window.strate) window.told.push(event.target.value); });
"""


@contextmanager
def before(page: Page, script: str, url: str) -> Iterator[None]:
    """The page is drawn and can be touched; this script, and all that come after it, arrive only at the end."""
    held: list[Route] = []
    address = f"**/{script}*.js"
    page.route(address, lambda route: route.continue_() if held else held.append(route))
    page.goto(url, wait_until="commit")
    yield
    _until(page, lambda: bool(held))
    held[0].continue_()
    page.wait_for_load_state("load")


def _until(page: Page, holds: Callable[[], bool]) -> None:
    while not holds():
        page.wait_for_timeout(20)


def test_a_code_read_before_the_scripts_is_sent_when_they_come(tablet: Page, address: str) -> None:
    sent = len(posts(address))
    with tablet.expect_navigation(url="**/kiosk/"), before(tablet, "strate", f"{address}/kiosk/"):
        tablet.locator("[name=badge]").wait_for()
        wedge(tablet, "BADGE-0043")
    assert [each["badge"] for each in posts(address)[sent:]] == ["BADGE-0043"]


def test_a_code_read_in_a_field_stays_in_it_and_goes_nowhere_else(tablet: Page, address: str) -> None:
    with before(tablet, "scan", f"{address}/specimen/"):
        tablet.locator("#scan-two").fill("")
        tablet.locator("#scan-two").focus()
        wedge(tablet, "CT-0119")
    expect(tablet.locator("#scan-two")).to_have_value("CT-0119")
    expect(tablet.locator("#scan-code")).to_have_value("")
    tablet.locator("#scan-two").fill("")
    wedge(tablet, "CT-0120")
    expect(tablet.locator("#scan-two")).to_have_value("CT-0120")
    expect(tablet.locator("#scan-code")).to_have_value("")


def test_a_measure_typed_before_the_scripts_is_judged_and_kept(tablet: Page, address: str) -> None:
    with before(tablet, "strate", f"{address}/tablet/"):
        tablet.fill("#q-mass", "45,2")
        tablet.locator("#q-mass").blur()
    expect(tablet.locator("#q-mass-error")).to_have_text("Au-dessus du maximum")
    tablet.goto(f"{address}/tablet/")
    expect(tablet.locator("#q-mass")).to_have_value("45,2")


def test_what_is_typed_meanwhile_is_not_replaced_by_an_older_draft(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "24,5")
    with before(tablet, "strate", f"{address}/tablet/"):
        tablet.fill("#q-mass", "31,5")
    expect(tablet.locator("#q-mass")).to_have_value("31,5")
    tablet.goto(f"{address}/tablet/")
    expect(tablet.locator("#q-mass")).to_have_value("31,5")


def test_whoever_listens_to_typing_is_told_what_was_typed_before(tablet: Page, address: str) -> None:
    tablet.add_init_script(TOLD)
    with before(tablet, "strate", f"{address}/tablet/"):
        tablet.fill("#q-mass", "22,5")
    assert tablet.evaluate("told") == ["22,5"]
    # What comes back by itself is told as well; a page nobody has touched tells nothing.
    tablet.reload()
    assert tablet.evaluate("told") == ["22,5"]
    tablet.evaluate("localStorage.clear()")
    tablet.goto(f"{address}/specimen/")
    assert tablet.evaluate("told") == []
