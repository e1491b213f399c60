"""A hand on a tablet: taps, types, scans, looks; every tap and typed field is counted, gesture by gesture."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# How long a person waits for what they expect to see: a busy computer answers late, and that is no defect.
PATIENCE_S = 120.0
# A notice goes by itself after 7 s: whoever looks for one may look later than that.
NOTICES_STAY = """
const later = window.setTimeout;
window.setTimeout = (act, wait, ...more) => (wait === 7000 ? 0 : later(act, wait, ...more));
"""
LARGE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
PIN = "271828"
BADGES = {
    "amina": "STRATE-01",
    "bruno": "STRATE-02",
    "chloe": "STRATE-03",
    "driss": "STRATE-04",
    "ines": "STRATE-05",
    "elsa": "STRATE-06",
    "farid": "STRATE-07",
    "gaelle": "STRATE-08",
    "hugo": "STRATE-09",
    "leon": "STRATE-10",
    "maud": "STRATE-11",
}


@dataclass
class Effort:
    """What a gesture cost: taps and fields typed."""

    taps: int = 0
    fields: int = 0


@dataclass
class Tablet:
    """One tablet of the workshop, as a person uses it."""

    page: Page
    shots: Path
    efforts: dict[str, Effort] = field(default_factory=dict)
    gesture: str = "start"
    errors: list[str] = field(default_factory=list)
    _shot: int = 0

    def __post_init__(self) -> None:
        self.page.context.set_default_timeout(1000 * PATIENCE_S)

    def watch(self) -> None:
        """Anything the browser complains of, or the server fails at, is a defect."""
        self.page.on("response", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.page.on("console", self._said)

    def _heard(self, response: object) -> None:
        status, url = response.status, response.url
        if status >= 500:
            self.errors.append(f"{status} {url}")

    def _said(self, message: object) -> None:
        text = message.text
        # A refusal answers 409 and an unreadable form 422: the browser logs them, they are what is wanted.
        if message.type == "error" and not re.search(r"status of (409|422|403)", text):
            self.errors.append(f"console: {text}")

    @contextmanager
    def doing(self, gesture: str) -> Iterator[None]:
        """What is done inside counts for this gesture."""
        before, self.gesture = self.gesture, gesture
        self.efforts.setdefault(gesture, Effort())
        yield
        self.gesture = before

    def tap(self, what: str | Locator, *, within: str = "") -> None:
        """Tap a link or a button by its words (or a place found before)."""
        target = what if isinstance(what, Locator) else self.named(what, within)
        target.first.click()
        self.efforts.setdefault(self.gesture, Effort()).taps += 1
        self.answered()

    def answered(self) -> None:
        """What was sent is answered, and the page that answers stands: a form being sent says so until then."""
        expect(self.page.locator("form[data-sending]")).to_have_count(0)
        self.page.wait_for_load_state("load")

    def named(self, words: str, within: str = "") -> Locator:
        """A link, a button or a choice that bears these words."""
        place = self.page.locator(within) if within else self.page.locator("body")
        pattern = re.compile(re.escape(words))
        link, button = place.get_by_role("link", name=pattern), place.get_by_role("button", name=pattern)
        return link.or_(button).or_(place.locator("label").filter(has_text=pattern))

    def action(self) -> None:
        """The big button at thumb's reach."""
        self.tap(self.page.locator(".action:visible"))

    def type(self, name: str, text: str) -> None:
        """Type into a field, by its name."""
        box = self.page.locator(f"[name='{name}']:not([type=hidden])").first
        box.fill(text)
        self.efforts.setdefault(self.gesture, Effort()).fields += 1

    def choose(self, name: str, value: str) -> None:
        """Pick one of the choices of a field."""
        radio = self.page.locator(f"input[name='{name}'][value='{value}']")
        if radio.count():
            radio.first.check(force=True)
        else:
            self.page.locator(f"select[name='{name}']").select_option(value)
        self.efforts.setdefault(self.gesture, Effort()).taps += 1

    def scan(self, name: str, ref: str) -> None:
        """A label scanned: it lands in its field."""
        self.page.locator(f"[name='{name}']").first.fill(ref)
        self.efforts.setdefault(self.gesture, Effort()).taps += 1

    def go(self, address: str) -> None:
        """Straight to a page (as a bookmark would)."""
        self.page.goto(address)

    def sees(self, *words: str) -> None:
        """These words are on the screen, or come to it."""
        for each in words:
            # A space typed in a test stands for any space of French typography.
            pattern = re.escape(each).replace("\\ ", r"\s")
            expect(self.page.locator("body")).to_contain_text(re.compile(pattern))

    def shot(self, name: str) -> None:
        """Keep a screenshot at both sizes, when pictures are asked for: drawing them takes as long as the work."""
        self._shot += 1
        for size, label in ((PHONE, "390"), (LARGE, "1280")) if os.environ.get("STRATE_PICTURES") else ():
            self.page.set_viewport_size(size)
            path = self.shots / f"{self._shot:02d}-{name}-{label}.png"
            self.page.screenshot(path=str(path), full_page=label == "390")

    def sign_in(self, who: str) -> None:
        """Change operator: badge, then PIN."""
        self.page.goto("/poste/changer/")
        self.page.locator("[name='badge']").first.fill(BADGES[who])
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")
        self.pin()
        self.page.wait_for_url(lambda url: "/poste/" not in url)
        self.page.wait_for_load_state("load")

    def pin(self) -> None:
        """Six taps on the PIN pad."""
        box = self.page.locator("[name='pin']").first
        box.fill(PIN)
        self.efforts.setdefault(self.gesture, Effort()).taps += len(PIN)
