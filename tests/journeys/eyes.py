"""What somebody sees of a part in the viewers: the place of the eye, the pixels, how long a drawing took."""

import io
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from strate.kernels.geometry import samples
from tests.journeys.tablet import PATIENCE_S, Tablet

AWAKE_MS = 120_000
# A gliding eye moves at every frame, however slowly the frames come.
AT_REST = """async (left) => {
  const see = document.querySelector(".see"), until = performance.now() + 60_000;
  for (let still = 0, last = left; still < 6;) {
    await new Promise(requestAnimationFrame);
    const now = see.dataset.eye;
    still = now && now === last && now !== left ? still + 1 : 0;
    last = now;
    if (performance.now() > until) throw new Error(`the eye never left ${left}`);
  }
  return see.dataset.eye;
}"""
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
    left = before and " ".join(f"{side:.2f}" for side in before)
    return [float(side) for side in page.evaluate(AT_REST, left).split()]


def seen_when(page: Page, what: str, holds: Callable[[Any], bool]) -> Any:
    """The pixels of a drawing, once they are as they must become."""
    until = time.monotonic() + PATIENCE_S
    while not holds(shot := seen(page, what)):
        assert time.monotonic() < until, f"{what} never looks as it should"
        page.wait_for_timeout(100)
    return shot


def differs(other: Any) -> Callable[[Any], float]:
    """How far, in the mean of its pixels, a drawing is from this one."""
    return lambda shot: float(np.abs(shot - other).mean())


def measured(page: Page, name: str) -> list[float]:
    found: list[float] = page.evaluate(f"performance.getEntriesByName('{name}').map((e) => e.duration)")
    return found
