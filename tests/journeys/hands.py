"""What hands do on the floor: follow a gesture step by step, wait for a machine, read what is asked."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.tablet import Tablet

SCANS = {"plate": "plate:PL-07", "recoater": "recoater:RA-21"}
LONGEST_S = 300.0


def photo(folder: Path) -> Path:
    """A picture taken by the tablet (drawn here)."""
    from PIL import Image

    path = folder / "photo.jpg"
    if not path.exists():
        Image.effect_noise((640, 480), 40).convert("RGB").save(path, "JPEG", quality=80)
    return path


def follow(tablet: Tablet, folder: Path, *, most: int = 60) -> int:
    """Do every step of the gesture on the screen; returns how many were done."""
    done = 0
    while done < most and re.search(r"/gestes/\d+/$", tablet.page.url) and _step(tablet.page):
        code = _step(tablet.page)
        _answer(tablet, folder, code)
        _until_passed(tablet, code)
        done += 1
    return done


def _step(page: Page) -> str:
    field = page.locator("input[name='step']")
    return field.first.get_attribute("value") or "" if field.count() else ""


def _answer(tablet: Tablet, folder: Path, code: str) -> None:
    page = tablet.page
    if page.locator("[name='ref']").count():
        tablet.scan("ref", next(ref for kind, ref in SCANS.items() if kind in code))
    elif page.locator("input[type='file'][name='photo']").count():
        page.locator("input[type='file'][name='photo']").first.set_input_files(str(photo(folder)))
        tablet.efforts[tablet.gesture].taps += 1
    elif page.locator("input[name='choice']").count():
        page.locator("input[name='choice']").first.check(force=True)
        tablet.efforts[tablet.gesture].taps += 1
    elif page.locator("[data-quantity] input[name='value'][required]").count():
        tablet.type("value", _within(page))
    if page.locator("[name='pin']").count():
        tablet.pin()
    tablet.action()


def _within(page: Page) -> str:
    """A value between the bounds shown before typing, with a decimal comma."""
    box = page.locator("[data-quantity]").first
    low, high = box.get_attribute("data-min"), box.get_attribute("data-max")
    numbers = [float(x.replace(",", ".")) for x in (low, high) if x]
    value = 1.0
    if numbers:
        value = sum(numbers) / 2 if len(numbers) == 2 else numbers[0] * (1.2 if low else 0.5)
    return f"{value:.1f}".replace(".", ",")


def _until_passed(tablet: Tablet, code: str) -> None:
    """A machine value may not be there yet (inerting, heating): the step is tried again as a person would."""
    deadline = time.monotonic() + LONGEST_S
    while _step(tablet.page) == code and re.search(r"/gestes/\d+/", tablet.page.url):
        if time.monotonic() > deadline:
            raise AssertionError(f"step {code} does not pass: {tablet.page.inner_text('main')[:600]}")
        time.sleep(0.7)
        if _step(tablet.page) == code:
            tablet.action()


def wedge(page: Page, code: str) -> None:
    """What a reader does: keys three milliseconds apart by their own hour, however late they are served, then Enter."""
    keyboard = page.context.new_cdp_session(page)
    begun = time.time()
    for number, key in enumerate([*code, "Enter"]):
        pressed = {"key": key, "text": "\r" if key == "Enter" else key, "timestamp": begun + number * 0.003}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **pressed})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})
    keyboard.detach()


def wait_on(tablet: Tablet, address: str, words: str) -> None:
    """Look again and again at a page until these words are on it."""
    deadline = time.monotonic() + LONGEST_S
    while True:
        tablet.go(address)
        if words in tablet.page.inner_text("body"):
            return
        if time.monotonic() > deadline:
            raise AssertionError(
                f"« {words} » never came on {address}: {tablet.page.inner_text('main')[:800]}"
            )
        time.sleep(0.7)


def until(holds: Callable[[], bool], tablet: Tablet, address: str) -> None:
    """Look at this page again and again until it holds."""
    deadline = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < deadline, tablet.page.inner_text("main")[:600]
        time.sleep(0.5)
        tablet.go(address)
