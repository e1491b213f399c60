"""The gestures of the tablet, in a real browser: typing, scanning, losing the page, tapping twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.hands import wedge
from tests.journeys.tablet import PATIENCE_S

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
SMALLEST_TARGET = 48


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, ROOT / "tools/specimen.py", "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as shop:
        assert shop.stdout is not None
        yield shop.stdout.readline().strip()
        shop.terminate()


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True, locale="fr-FR")
    context.set_default_timeout(1000 * PATIENCE_S)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def posts(address: str) -> list[dict[str, Any]]:
    with urlopen(f"{address}/posts/") as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def test_steps_of_a_tenth_never_drift(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "0,1")
    for _tap in range(2):
        tablet.tap("[data-more]")
    assert tablet.input_value("#q-mass") == "0,3"


def test_a_measure_out_of_bounds_turns_red_with_words(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "45,2")
    tablet.locator("#q-mass").blur()
    assert tablet.inner_text("#q-mass-error") == "Au-dessus du maximum"
    assert tablet.get_attribute("#q-mass", "aria-invalid") == "true"


def test_what_was_typed_is_back_after_the_page_is_lost(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "24,5")
    tablet.reload()
    assert tablet.input_value("#q-mass") == "24,5"
    assert "revenue" in tablet.inner_text("[data-toasts]")


def test_a_gesture_without_network_leaves_what_was_typed_on_the_screen(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    before = len(posts(address))
    tablet.fill("#q-mass", "24,5")
    tablet.context.set_offline(True)
    tablet.tap(".action")
    assert tablet.input_value("#q-mass") == "24,5"
    assert "Pas de réseau" in tablet.inner_text("[data-outbox]")
    assert tablet.locator(".is-sending").count() == 0
    tablet.context.set_offline(False)
    assert len(posts(address)) == before


def test_a_reading_made_without_network_leaves_by_itself_and_only_once(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    before = len(posts(address))
    tablet.evaluate("document.getElementById('step-form').dataset.outboxForm = ''")
    tablet.fill("#q-mass", "31,5")
    tablet.context.set_offline(True)
    tablet.tap(".action")
    assert "1 saisie pas encore envoyée" in tablet.inner_text("[data-outbox]")
    tablet.context.set_offline(False)
    tablet.wait_for_selector("[data-outbox]", state="hidden")
    tablet.reload()
    assert [sent["mass"] for sent in posts(address)[before:]] == ["31,5"]
    assert tablet.input_value("#q-mass") == ""


def test_two_taps_send_one_gesture(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "20")
    before = len(posts(address))
    with tablet.expect_navigation():
        tablet.evaluate(
            "() => { const f = document.getElementById('step-form'); f.requestSubmit(); f.requestSubmit(); }"
        )
    assert len(posts(address)) == before + 1


def test_a_badge_shown_to_the_reader_is_sent_wherever_the_cursor_is(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/kiosk/")
    before = len(posts(address))
    with tablet.expect_navigation():
        wedge(tablet, "BADGE-0042")
    sent = posts(address)
    assert len(sent) == before + 1
    assert sent[-1]["badge"] == "BADGE-0042"


def test_a_code_read_while_typing_a_mass_does_not_spoil_the_mass(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/specimen/")
    mass = tablet.locator("#q-mass")
    mass.fill("12,5")
    mass.focus()
    wedge(tablet, "PL-0042")
    assert mass.input_value() == "12,5"
    assert tablet.input_value("#scan-code") == "PL-0042"


def test_a_pin_is_typed_on_the_keypad_and_never_kept(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/kiosk/")
    for key in "123":
        tablet.locator(".keypad button", has_text=key).tap()
    assert tablet.input_value("#pin-pin") == "123"
    assert "123" not in tablet.evaluate("JSON.stringify(localStorage)")


def test_the_light_of_the_hall_is_chosen_by_hand_and_kept(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.tap("summary.tool")
    tablet.tap("[data-theme-set=dark]")
    tablet.reload()
    assert tablet.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("name", ["specimen", "tablet", "kiosk", "desk"])
def test_every_page_fits_a_narrow_screen_and_every_target_a_glove(
    tablet: Page, address: str, name: str
) -> None:
    tablet.set_viewport_size({"width": 320, "height": 640})
    tablet.goto(f"{address}/{name}/")
    assert tablet.evaluate("document.documentElement.scrollWidth") <= 320
    small = tablet.evaluate(
        """(least) =>
            [...document.querySelectorAll("button, a.button, a.action, summary, select, .choice, .tool")]
            .filter((e) => e.offsetParent && !e.closest(".skip"))
            .filter((e) => e.offsetHeight < least || e.offsetWidth < least)
            .map((e) => e.className + " " + e.textContent.trim())""",
        SMALLEST_TARGET,
    )
    assert small == []


def test_the_next_gesture_is_tall_and_in_sight_without_scrolling(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    box = tablet.locator(".action-bar .action").bounding_box()
    assert box is not None
    assert box["height"] >= 96
    assert box["y"] + box["height"] <= 800


def test_the_keyboard_reaches_the_gesture_and_the_focus_is_seen(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.keyboard.press("Tab")
    assert tablet.evaluate("document.activeElement.className").startswith("skip")
    outline = tablet.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
