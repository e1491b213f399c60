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
from playwright.sync_api import Browser, Page, expect

from tests.journeys.hands import wedge
from tests.journeys.tablet import NOTICES_STAY, PATIENCE_S

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
SMALLEST_TARGET = 48
STORE = "src/strate/web/islands/layers/store.js"
# Somebody slides from the first layer to the ninetieth block and back, faster than the server answers.
SLID = """
const { Layers } = await import(`${process.cwd()}/store.mjs`);
const asked = [];
globalThis.fetch = (url) => { asked.push(url); return new Promise(() => {}); };
const layers = new Layers("/layers", { layers: 910, perBlock: 10 });
for (const layer of [1, 901, 1]) layers.want(layer);
console.log(JSON.stringify(asked));
"""


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
    expect(tablet.locator("#q-mass")).to_have_value("0,3")


def test_a_measure_out_of_bounds_turns_red_with_words(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "45,2")
    tablet.locator("#q-mass").blur()
    expect(tablet.locator("#q-mass-error")).to_have_text("Au-dessus du maximum")
    expect(tablet.locator("#q-mass")).to_have_attribute("aria-invalid", "true")


def test_what_was_typed_is_back_after_the_page_is_lost(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.fill("#q-mass", "24,5")
    tablet.add_init_script(NOTICES_STAY)
    tablet.reload()
    expect(tablet.locator("#q-mass")).to_have_value("24,5")
    expect(tablet.locator("[data-toasts]")).to_contain_text("revenue")


def test_a_gesture_without_network_leaves_what_was_typed_on_the_screen(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    before = len(posts(address))
    tablet.fill("#q-mass", "24,5")
    tablet.context.set_offline(True)
    tablet.tap(".action")
    expect(tablet.locator("[data-toasts]")).to_contain_text("Pas de réseau")
    expect(tablet.locator("[data-outbox]")).to_contain_text("Pas de réseau")
    expect(tablet.locator(".is-sending")).to_have_count(0)
    assert tablet.input_value("#q-mass") == "24,5"
    tablet.context.set_offline(False)
    assert len(posts(address)) == before


def test_a_reading_made_without_network_leaves_by_itself_and_only_once(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    before = len(posts(address))
    tablet.evaluate("document.getElementById('step-form').dataset.outboxForm = ''")
    tablet.fill("#q-mass", "31,5")
    tablet.context.set_offline(True)
    tablet.tap(".action")
    expect(tablet.locator("[data-outbox]")).to_contain_text("1 saisie pas encore envoyée")
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
    expect(tablet.locator("#scan-code")).to_have_value("PL-0042")
    expect(mass).to_have_value("12,5")


def test_a_pin_is_typed_on_the_keypad_and_never_kept(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/kiosk/")
    for key in "123":
        tablet.locator(".keypad button", has_text=key).tap()
    expect(tablet.locator("#pin-pin")).to_have_value("123")
    assert "123" not in tablet.evaluate("JSON.stringify(localStorage)")


def test_the_light_of_the_hall_is_chosen_by_hand_and_kept(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.tap("summary.tool")
    tablet.tap("[data-theme-set=dark]")
    expect(tablet.locator("html")).to_have_attribute("data-theme", "dark")
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


def test_layers_left_and_wanted_again_at_once_are_fetched_again(tmp_path: Path) -> None:
    bundle = [
        "node_modules/.bin/esbuild",
        STORE,
        "--bundle",
        "--format=esm",
        f"--outfile={tmp_path}/store.mjs",
    ]
    subprocess.run([*bundle, "--log-level=error"], cwd=ROOT, check=True)
    asked = subprocess.run(
        ["node", "--input-type=module", "-"],
        input=SLID,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(asked.stdout) == ["/layers/0", "/layers/90", "/layers/0"]


def test_the_keyboard_reaches_the_gesture_and_the_focus_is_seen(tablet: Page, address: str) -> None:
    tablet.goto(f"{address}/tablet/")
    tablet.keyboard.press("Tab")
    assert tablet.evaluate("document.activeElement.className").startswith("skip")
    outline = tablet.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
