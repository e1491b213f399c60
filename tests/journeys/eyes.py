"""What somebody sees of a part in the viewers: the place of the eye, the pixels, how long a drawing took."""

import io
import time
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from strate.kernels.geometry import samples
from tests.journeys.tablet import Tablet

AWAKE_MS = 120_000
RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def torn_bracket() -> bytes:
    """A bracket from which three triangles were taken, and two written twice."""
    soup = np.frombuffer(samples.bracket()[84:], RECORD)["corners"].astype(float)
    soup = np.concatenate([np.delete(soup, [10, 11, 40], axis=0), soup[5:7]])
    return samples.stl_bytes(soup)


def opened(tablet: Tablet, address: str) -> Page:
    """The page with both viewers awake."""
    page = tablet.page
    page.goto(address)
    page.wait_for_selector(".see[data-state=awake]", timeout=AWAKE_MS)
    page.locator(".layers").scroll_into_view_if_needed()
    page.wait_for_selector(".layers[data-drawn]", timeout=AWAKE_MS)
    page.locator(".see").scroll_into_view_if_needed()
    return page


def seen(page: Page, what: str) -> Any:
    """The pixels of a drawing, as they stand on the screen."""
    return np.asarray(Image.open(io.BytesIO(page.locator(what).screenshot())).convert("RGB"), float)


def eye(page: Page, before: list[float] | None = None) -> list[float]:
    """Where the part is looked at from, once the eye has left the place before and come to rest."""
    deadline, last = time.monotonic() + 20, before
    while time.monotonic() < deadline:
        page.wait_for_timeout(250)
        now = [float(side) for side in (page.locator(".see").get_attribute("data-eye") or "").split()]
        if now == last != before:
            return now
        last = now
    raise AssertionError(f"the eye never left {before}")


def measured(page: Page, name: str) -> list[float]:
    found: list[float] = page.evaluate(f"performance.getEntriesByName('{name}').map((e) => e.duration)")
    return found
